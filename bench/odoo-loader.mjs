// The whole upgrade of a backup by the release's own loader: time, statements, memory, and the upgraded backup
// for a comparison. Usage: npm run build && node bench/odoo-loader.mjs SOURCE.zip --odoo DIR [--addons DIR,…]
//   [--openupgrade DIR] [--library DIR] [--packages DIR,…] [--python PROGRAM] [--engine managed|embedded]
//   [--out FILE.zip] [--modules NAME,…] [--log FILE]
// --openupgrade names the folder with openupgrade_framework and openupgrade_scripts.
import { createWriteStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { Emitter, Progress } from '../dist/base/index.js'
import {
  backupDatabase,
  filestoreOf,
  restoreDatabase,
  withBackupFile,
} from '../dist/databases/manager/index.js'
import { EmbeddedCluster, startManaged } from '../dist/db/index.js'
import { runOdooLoader } from '../dist/upgrade/odoo-loader/index.js'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    odoo: { type: 'string' },
    release: { type: 'string', default: '16.0' },
    addons: { type: 'string', default: '' },
    openupgrade: { type: 'string' },
    library: { type: 'string' },
    packages: { type: 'string', default: '' },
    python: { type: 'string', default: 'embedded' },
    engine: { type: 'string', default: 'managed' },
    modules: { type: 'string', default: 'all' },
    out: { type: 'string' },
    log: { type: 'string' },
    cache: { type: 'string', default: join(tmpdir(), 'moult-bench-cache') },
  },
})
const [source] = positionals
if (source === undefined || values.odoo === undefined)
  throw new Error('SOURCE and --odoo are needed')
const folders = (text) => text.split(',').filter((part) => part !== '')
const home = await mkdtemp(join(tmpdir(), 'moult-bench-'))
const cluster =
  values.engine === 'managed'
    ? await startManaged({ directory: join(home, 'managed') })
    : new EmbeddedCluster({
        directory: join(home, 'embedded'),
        cacheDirectory: values.cache,
        operation: 'bench',
      })
try {
  await measure({ cluster, filestoreRoot: join(home, 'filestore') })
} finally {
  await cluster.close()
  await rm(home, { recursive: true, force: true })
}

async function measure(host) {
  const database = 'bench'
  const progress = new Progress()
  await timed('restore', () =>
    withBackupFile(source, progress, (file) =>
      restoreDatabase(host, file, progress, { name: database, whereabouts: 'moved' }),
    ),
  )
  const events = new Emitter()
  const log = values.log === undefined ? undefined : createWriteStream(values.log)
  const lines = { warning: 0, error: 0, critical: 0 }
  events.on('log', ({ level, logger, text, module }) => {
    if (level in lines) lines[level] += 1
    log?.write(`${level.toUpperCase()} ${module ?? '-'} ${logger}: ${text}\n`)
  })
  events.on('moduleFinished', ({ module, index, total, milliseconds, statements }) => {
    log?.write(`# ${module} (${index}/${total}) ${Math.round(milliseconds)} ms, ${statements}\n`)
  })
  let commits = 0
  const memory = watchMemory()
  const report = await timed('upgrade', () =>
    cluster.withSession(database, (session) =>
      runOdooLoader({
        guest: {
          interpreter: values.python === 'embedded' ? 'embedded' : { executable: values.python },
          release: values.release,
          odoo: values.odoo,
          addonsPaths: [
            ...folders(values.addons),
            ...(values.openupgrade === undefined ? [] : [values.openupgrade]),
          ],
          packages: folders(values.packages),
          ...(values.library !== undefined && { library: { folder: values.library } }),
          filestore: filestoreOf(host, database),
          cacheDirectory: values.cache,
        },
        profile: values.openupgrade === undefined ? 'odoo' : 'openupgrade',
        session,
        update: folders(values.modules),
        init: [],
        finished: [],
        onCommit: async () => {
          commits += 1
        },
        allowScriptCommit: false,
        events,
        limits: {},
        signal: new AbortController().signal,
      }),
    ),
  ).finally(() => log?.end())
  const seconds = (milliseconds) => `${(milliseconds / 1000).toFixed(1)} s`
  console.log(
    [
      `start ${seconds(report.startMilliseconds)}`,
      `database ${seconds(report.sqlMilliseconds)}`,
      `${report.statements} statements`,
      `${report.modules.length} modules`,
      `${report.models} models`,
      `${commits} commits`,
      `peak memory ${memory()} MB`,
      `log: ${lines.critical} critical, ${lines.error} errors, ${lines.warning} warnings`,
    ].join('\n'),
  )
  if (values.out === undefined) return
  const options = { file: values.out, format: 'zip', overwrite: true }
  await timed('backup', () => backupDatabase(host, database, progress, options))
}

async function timed(what, body) {
  const started = performance.now()
  try {
    return await body()
  } finally {
    console.log(`${what} ${((performance.now() - started) / 1000).toFixed(1)} s`)
  }
}

/** The largest resident size of this process so far, in megabytes. */
function watchMemory() {
  let peak = 0
  const timer = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage.rss())
  }, 200)
  timer.unref()
  return () => Math.round(peak / 1024 / 1024)
}
