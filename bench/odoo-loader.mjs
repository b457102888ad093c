// The whole upgrade of a backup by the release's own loader: time, statements, memory, and the upgraded backup
// for a comparison. Usage: npm run build && node bench/odoo-loader.mjs SOURCE.zip --odoo DIR [--addons DIR,…]
//   [--openupgrade DIR] [--library DIR] [--packages DIR,…] [--python PROGRAM] [--engine managed|embedded]
//   [--out FILE.zip] [--modules NAME,…] [--log FILE] [--interrupt N,…] [--reference]
// --openupgrade names the folder with openupgrade_framework and openupgrade_scripts. --interrupt fails at these
// commits, counted over all attempts, and resumes: the result must be that of an undisturbed run. --reference runs
// Odoo's own server program in PROGRAM instead, with psycopg2: what the others are compared with.
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
import { EmbeddedCluster, raw, startManaged } from '../dist/db/index.js'
import { runOdooLoader } from '../dist/upgrade/odoo-loader/index.js'
import { runServer } from './loader/run-server.mjs'
import { watchProcesses } from './loader/watch-processes.mjs'

const print = (line) => process.stdout.write(`${line}\n`)
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
    interrupt: { type: 'string', default: '' },
    reference: { type: 'boolean', default: false },
    cache: { type: 'string', default: join(tmpdir(), 'moult-bench-cache') },
  },
})
const SEQUENCES = raw(`
  SELECT json_object_agg(format('%I.%I', schemaname, sequencename), last_value)::text AS positions
    FROM pg_sequences`)

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
  if (values.reference) await measureReference(database)
  else await measureGuest(host, database)
  if (values.out === undefined) return
  const options = { file: values.out, format: 'zip', overwrite: true }
  await timed('backup', () => backupDatabase(host, database, progress, options))
}

async function measureReference(database) {
  const figures = watchProcesses()
  await timed('upgrade', () =>
    runServer({
      ...values,
      database,
      environment: cluster.environment(database),
      data: home,
      addons: folders(values.addons),
      modules: folders(values.modules),
    }),
  )
  print(processLines(figures()).join('\n'))
}

async function measureGuest(host, database) {
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
  const interrupts = new Set(folders(values.interrupt).map(Number))
  const journal = { commits: 0, finished: [], sequences: undefined }
  const figures = watchProcesses()
  const attempt = () =>
    cluster.withSession(database, async (session) => {
      if (journal.sequences === undefined) journal.sequences = await readSequences(session)
      else await session.query(setSequences(journal.sequences))
      return runOdooLoader({
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
        finished: journal.finished,
        onCommit: async ({ kind, module, state }) => {
          journal.commits += 1
          if (interrupts.has(journal.commits)) throw new Error(`Interrupted in ${module ?? kind}`)
          journal.sequences = await readSequences(session)
          if (kind === 'module' || kind === 'removal') journal.finished.push(state)
        },
        allowScriptCommit: false,
        events,
        limits: {},
        signal: new AbortController().signal,
      })
    })
  const report = await timed('upgrade', async () => {
    for (const number of interrupts) {
      await attempt().then(
        () => print(`there was no commit ${number}`),
        (error) => print(error.message),
      )
    }
    return attempt()
  }).finally(() => log?.end())
  const seconds = (milliseconds) => `${(milliseconds / 1000).toFixed(1)} s`
  print(
    [
      `start ${seconds(report.startMilliseconds)}`,
      `database ${seconds(report.sqlMilliseconds)}`,
      `${report.statements} statements`,
      `${report.modules.length} modules`,
      `${report.models} models`,
      `${journal.commits} commits`,
      ...processLines(figures()),
      `log: ${lines.critical} critical, ${lines.error} errors, ${lines.warning} warnings`,
    ].join('\n'),
  )
}

function processLines({ processorSeconds, peakOwn, peakChildren }) {
  return [
    `processor ${processorSeconds.toFixed(1)} s`,
    `peak memory ${peakOwn} MB, of processes that were started ${peakChildren} MB`,
  ]
}

async function timed(what, body) {
  const started = performance.now()
  try {
    return await body()
  } finally {
    print(`${what} ${((performance.now() - started) / 1000).toFixed(1)} s`)
  }
}

async function readSequences(session) {
  const { rows } = await session.query(SEQUENCES)
  return rows[0].positions
}

/** Sequences do not roll back; an interrupted attempt has moved them. */
function setSequences(positions) {
  return raw(`
    SELECT setval(s.seqrelid::regclass, coalesce(p.value::bigint, s.seqstart), p.value IS NOT NULL)
      FROM json_each_text('${positions}') AS p(key, value)
      JOIN pg_sequence s ON s.seqrelid = to_regclass(p.key)`)
}
