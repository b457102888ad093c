// What the engine costs beside the scripts themselves: many modules with many scripts of one statement each,
// against the same statements sent one by one. Usage: npm run bench:engine -- [modules] [scripts] [language…]
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Emitter, Progress } from '../dist/base/index.js'
import { createEmptyDatabase } from '../dist/databases/manager/index.js'
import { EmbeddedCluster, raw, startManaged } from '../dist/db/index.js'
import { planPath, readModuleSnapshot } from '../dist/upgrade/planning/index.js'
import { upgradeDatabase } from '../dist/upgrade/runner/index.js'

const [moduleCount = 1000, scriptCount = 10] = process.argv.slice(2, 4).map(Number)
const languages = process.argv.length > 4 ? process.argv.slice(4) : ['sql', 'ts', 'py']
const STATEMENT = 'UPDATE bench SET value = value + 1 WHERE id = 1'
const SOURCES = {
  sql: `${STATEMENT};\n`,
  ts: `export async function migrate(cr: any, version: string) {\n  await cr.execute('${STATEMENT}')\n}\n`,
  py: `def migrate(cr, version):\n    cr.execute("${STATEMENT}")\n`,
}

const home = await mkdtemp(join(tmpdir(), 'moult-bench-'))
try {
  for (const kind of ['managed', 'embedded']) {
    const cluster =
      kind === 'managed'
        ? await startManaged({ directory: join(home, 'managed') })
        : new EmbeddedCluster({
            directory: join(home, 'embedded'),
            cacheDirectory: join(home, 'cache'),
            operation: 'bench',
          })
    try {
      for (const language of languages) await measure(cluster, language)
    } finally {
      await cluster.close()
    }
  }
} finally {
  await rm(home, { recursive: true, force: true })
}

async function measure(cluster, language) {
  const tree = join(home, language)
  await makeTree(tree, language)
  const host = { cluster, filestoreRoot: join(home, 'filestore') }
  const database = `bench_${language}`
  await createEmptyDatabase(host, database)
  await cluster.withSession(database, (session) => session.execute(raw(schema())))
  const request = requestOf(tree)
  const progress = new Progress()
  const begun = performance.now()
  const snapshot = await cluster.withSession(database, readModuleSnapshot)
  await planPath(snapshot, request, progress)
  const planned = performance.now() - begun
  const bare = await cluster.withSession(database, async (session) => {
    const count = Math.min(2000, moduleCount * scriptCount)
    const started = performance.now()
    await session.execute(raw('BEGIN'))
    for (let number = 0; number < count; number += 1) await session.send(STATEMENT)
    await session.execute(raw('COMMIT'))
    return (performance.now() - started) / count
  })
  const events = new Emitter()
  const marks = []
  events.on('scriptFinished', () => marks.push(performance.now()))
  const started = performance.now()
  await upgradeDatabase({ host, progress, events, cache: join(home, 'cache') }, database, request)
  const total = performance.now() - started
  const scripts = moduleCount * scriptCount
  const tenth = Math.floor(marks.length / 10)
  const rate = (from, to) => (marks[to - 1] - marks[from]) / (to - from - 1)
  process.stdout.write(
    `${cluster.kind} ${language}: plan ${(planned / 1000).toFixed(2)} s; ${(total / scripts).toFixed(2)} ms a script in all, bare statement ${bare.toFixed(2)} ms, overhead ${(rate(tenth, marks.length) - bare).toFixed(2)} ms; first tenth ${rate(1, tenth).toFixed(2)}, last tenth ${rate(marks.length - tenth, marks.length).toFixed(2)} ms\n`,
  )
}

async function makeTree(tree, language) {
  const addons = join(tree, 'odoo', 'addons')
  await mkdir(join(addons, 'base'), { recursive: true })
  await writeFile(join(tree, 'odoo', 'release.py'), "version_info = (17, 0, 0, 'final', 0, '')\n")
  await writeFile(
    join(addons, 'base', '__manifest__.py'),
    "{'name': 'Base', 'version': '1.3', 'license': 'LGPL-3'}",
  )
  for (let number = 0; number < moduleCount; number += 1) {
    const folder = join(tree, 'addons', `bench_${number}`)
    const scripts = join(folder, 'migrations', '17.0.2.0')
    await mkdir(scripts, { recursive: true })
    await writeFile(
      join(folder, '__manifest__.py'),
      `{'name': 'Bench ${number}', 'version': '2.0', 'depends': ['base'], 'license': 'LGPL-3'}`,
    )
    await Promise.all(
      Array.from({ length: scriptCount }, (_, at) =>
        writeFile(join(scripts, `pre-${at}.${language}`), SOURCES[language]),
      ),
    )
  }
}

function schema() {
  return `
    CREATE TABLE ir_module_module (
      id serial PRIMARY KEY, name varchar, state varchar, latest_version varchar, auto_install boolean,
      demo boolean, to_buy boolean, create_uid integer, create_date timestamp, write_uid integer, write_date timestamp);
    CREATE TABLE ir_module_module_dependency (
      id serial PRIMARY KEY, module_id integer, name varchar, auto_install_required boolean,
      create_uid integer, create_date timestamp, write_uid integer, write_date timestamp);
    CREATE TABLE ir_module_module_exclusion (
      id serial PRIMARY KEY, module_id integer, name varchar,
      create_uid integer, create_date timestamp, write_uid integer, write_date timestamp);
    CREATE TABLE ir_model_data (
      id serial PRIMARY KEY, module varchar, name varchar, model varchar, res_id integer, noupdate boolean,
      create_uid integer, create_date timestamp, write_uid integer, write_date timestamp, UNIQUE (module, name));
    CREATE TABLE bench (id integer PRIMARY KEY, value integer);
    INSERT INTO bench VALUES (1, 0);
    INSERT INTO ir_module_module (name, state, latest_version, auto_install, demo)
      SELECT 'base', 'installed', '17.0.1.3', false, false UNION ALL
      SELECT 'bench_' || n, 'installed', '17.0.1.0', false, false FROM generate_series(0, ${moduleCount - 1}) n;
    INSERT INTO ir_module_module_dependency (module_id, name, auto_install_required)
      SELECT id, 'base', true FROM ir_module_module WHERE name <> 'base'`
}

function requestOf(tree) {
  const hop = {
    to: '17.0',
    profile: 'odoo',
    addonsPath: [tree],
    upgradePath: [],
    update: ['all'],
    init: [],
  }
  return completeRequest({ source: 'bench', hops: [hop] })
}
