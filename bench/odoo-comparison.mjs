// What a release's own code makes of a database, as a guest and on its own: views, sanitised values, templates,
// reports and computed fields, outcome by outcome. The reference is CPython with psycopg2 and a compiled lxml;
// the guests are the embedded Python and a CPython without lxml, over moult's cursor.
// Usage: npm run build && node bench/odoo-comparison.mjs BACKUP.zip --odoo DIR [--release 16.0] [--addons DIR,…]
//   [--packages DIR,…] [--python PROGRAM] [--measures views,values,templates,computes]
//   [--guests embedded,cpython] [--out FILE.json]
// DIR of --odoo holds the package `odoo`; PROGRAM has what Odoo needs; --packages are its folders of packages.
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { Progress } from '../dist/base/index.js'
import { filestoreOf, restoreDatabase, withBackupFile } from '../dist/databases/manager/index.js'
import { startManaged } from '../dist/db/index.js'
import { compareGroups } from './comparison/compare-groups.mjs'
import { runGuest } from './comparison/run-guest.mjs'
import { runReference } from './comparison/run-reference.mjs'
import { showComparison } from './comparison/show-comparison.mjs'

const list = (text) => text.split(',').filter((part) => part !== '')
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    odoo: { type: 'string' },
    release: { type: 'string', default: '16.0' },
    addons: { type: 'string', default: '' },
    packages: { type: 'string', default: '/usr/lib/python3/dist-packages' },
    python: { type: 'string', default: '/usr/bin/python3' },
    measures: { type: 'string', default: 'views,values,templates,computes' },
    guests: { type: 'string', default: 'embedded,cpython' },
    out: { type: 'string' },
    cache: { type: 'string', default: join(tmpdir(), 'moult-bench-cache') },
  },
})
const [source] = positionals
if (source === undefined || values.odoo === undefined) {
  throw new Error('BACKUP and --odoo are needed')
}

const print = (line) => process.stdout.write(`${line}\n`)
const home = await mkdtemp(join(tmpdir(), 'moult-comparison-'))
const cluster = await startManaged({ directory: join(home, 'managed') })
try {
  await compareAll({ cluster, filestoreRoot: join(home, 'filestore') })
} finally {
  await cluster.close()
  await rm(home, { recursive: true, force: true })
}

async function compareAll(host) {
  const name = 'comparison'
  await withBackupFile(source, new Progress(), (file) =>
    restoreDatabase(host, file, new Progress(), { name, whereabouts: 'moved' }),
  )
  const run = {
    cluster,
    home,
    odoo: values.odoo,
    release: values.release,
    addons: list(values.addons),
    packages: list(values.packages),
    python: values.python,
    cache: values.cache,
    measures: list(values.measures),
    filestore: filestoreOf(host, name),
  }
  // Numbers of sequences are part of some outcomes: every run has a database that no other has used.
  const onCopy = async (what, body) => {
    // Some texts hold the database's name.
    const copy = `${name}_run`
    await maintain(`CREATE DATABASE "${copy}" TEMPLATE "${name}"`)
    try {
      const started = performance.now()
      const result = await body({ ...run, database: copy })
      print(`${what}: ${((performance.now() - started) / 1000).toFixed(1)} s, lxml ${result.lxml}`)
      return result
    } finally {
      await maintain(`DROP DATABASE "${copy}" WITH (FORCE)`)
    }
  }
  const reference = await onCopy('reference', runReference)
  // What the reference itself does not repeat is the clock's, or chance.
  const again = await onCopy('reference_again', runReference)
  const report = {}
  for (const guest of list(values.guests)) {
    const result = await onCopy(guest, (options) => runGuest(guest, options))
    report[guest] = compareGroups({ reference, again, guest: result })
  }
  for (const line of showComparison(report)) print(line)
  if (values.out !== undefined) await writeFile(values.out, JSON.stringify(report, null, 1))
}

function maintain(statement) {
  return cluster.withSession(cluster.maintenanceDatabase, (session) => session.send(statement))
}
