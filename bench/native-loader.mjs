// The whole upgrade of a database by moult's own loader: time, statements and memory by kind of step, beside the time
// that `psql -f` needs to restore the result's plain dump on the same server.
// Usage: npm run build && node bench/native-loader.mjs SOURCE.zip --addons DIR,… [--release 16.0] [--runs 2]
//   [--scale PARTNERS] [--engine managed|embedded] [--parity] [--cache DIR] [--json FILE]
// The first run reads the sources anew, unless --cache names a folder that has them; the others find them read.
// --scale multiplies partners and journal items before.
import { spawn } from 'node:child_process'
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'
import { Progress } from '../dist/base/index.js'
import { backupDatabase, restoreDatabase, withBackupFile } from '../dist/databases/manager/index.js'
import { EmbeddedCluster, raw, startManaged } from '../dist/db/index.js'
import { multiplyRows } from './loader/multiply-rows.mjs'
import { watchProcesses } from './loader/watch-processes.mjs'

const print = (line) => process.stdout.write(`${line}\n`)
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    addons: { type: 'string' },
    release: { type: 'string', default: '16.0' },
    runs: { type: 'string', default: '2' },
    scale: { type: 'string' },
    engine: { type: 'string', default: 'managed' },
    parity: { type: 'boolean', default: false },
    cache: { type: 'string' },
    json: { type: 'string' },
  },
})
const [source] = positionals
if (source === undefined || values.addons === undefined) {
  throw new Error('SOURCE and --addons are needed')
}
const PROGRAM = resolve(import.meta.dirname, '../bin/moult.js')
const COUNTER = new URL('loader/count-statements.mjs', import.meta.url).href
const MEGABYTE = 1024 * 1024

const home = await mkdtemp(join(tmpdir(), 'moult-bench-'))
const cacheDirectory = values.cache ?? join(home, 'cache')
// The server is this process's as well, so that it stays up between the runs.
const server =
  values.engine === 'managed' ? await startManaged({ directory: join(home, 'managed') }) : undefined
try {
  const report = await measure()
  if (values.json !== undefined) await writeFile(values.json, JSON.stringify(report, null, 2))
} finally {
  await server?.close()
  await rm(home, { recursive: true, force: true })
}

async function measure() {
  await withCluster(prepare)
  const runs = []
  for (let number = 1; number <= Number(values.runs); number += 1) {
    const run = await upgrade(`upgraded_${number}`)
    runs.push(run)
    show(number, run)
  }
  const restore = server === undefined ? undefined : await restoreTime('upgraded_1')
  if (restore === undefined) return { runs }
  print(`psql -f of the result's plain dump: ${seconds(restore)}`)
  for (const [at, { milliseconds }] of runs.entries()) {
    print(`run ${at + 1}: ${(milliseconds / restore).toFixed(2)} times that`)
  }
  return { runs, restore }
}

async function withCluster(body) {
  const cluster =
    server ??
    new EmbeddedCluster({ directory: join(home, 'embedded'), cacheDirectory, operation: 'bench' })
  try {
    return await body(cluster)
  } finally {
    if (server === undefined) await cluster.close()
  }
}

async function prepare(cluster) {
  const progress = new Progress()
  const host = { cluster, filestoreRoot: join(home, 'filestore') }
  await withBackupFile(source, progress, (file) =>
    restoreDatabase(host, file, progress, { name: 'source', whereabouts: 'moved' }),
  )
  if (values.scale === undefined) return
  await cluster.withSession('source', (session) =>
    session.execute(raw(multiplyRows(Number(values.scale)))),
  )
}

/** Runs the command as a user would, from the database to the upgraded copy. */
async function upgrade(into) {
  const countFile = join(home, 'counts.json')
  const figures = watchProcesses()
  const began = performance.now()
  const child = spawn(
    process.execPath,
    [
      ...['--import', COUNTER, PROGRAM, 'upgrade', 'source', '--into', into, '--json'],
      ...['--to', values.release, '--loader', 'native', '--keep-going'],
      ...['--engine', values.engine, '--addons-path', values.addons],
      ...(values.parity ? ['--parity'] : []),
    ],
    {
      env: {
        ...process.env,
        MOULT_HOME: home,
        MOULT_CACHE: cacheDirectory,
        MOULT_BENCH_COUNT: countFile,
      },
      stdio: ['ignore', 'pipe', 'ignore'],
    },
  )
  const steps = new Map()
  createInterface({ input: child.stdout }).on('line', (line) => {
    const event = line.startsWith('{') ? JSON.parse(line) : {}
    if (event.event === 'stepFinished') add(steps, event.name, { milliseconds: event.milliseconds })
  })
  const exit = await new Promise((done) => child.on('close', done))
  const milliseconds = performance.now() - began
  if (exit !== 0 && exit !== 1) throw new Error(`The upgrade ended with ${exit}`)
  const counts = JSON.parse(await readFile(countFile, 'utf8'))
  for (const [name, { messages, statements, milliseconds: database }] of Object.entries(counts)) {
    add(steps, name, { messages, statements, database })
  }
  const { peakChildren, processorSeconds } = figures()
  return { milliseconds, peakChildren, processorSeconds, steps: Object.fromEntries(steps) }
}

/** Steps of one kind are one line: all `load`, all `pre`. */
function add(steps, name, figures) {
  const kind = name.slice(name.lastIndexOf(':') + 1)
  const sum = steps.get(kind) ?? {}
  for (const [key, value] of Object.entries(figures)) sum[key] = (sum[key] ?? 0) + value
  steps.set(kind, sum)
}

function show(number, { milliseconds, peakChildren, processorSeconds, steps }) {
  const all = Object.values(steps)
  const total = (key) => all.reduce((sum, step) => sum + (step[key] ?? 0), 0)
  print(
    `run ${number}: ${seconds(milliseconds)}, ${total('messages')} messages with ${total('statements')} statements, ` +
      `peak memory ${peakChildren} MB, processor ${processorSeconds.toFixed(1)} s`,
  )
  for (const [kind, step] of Object.entries(steps)) {
    const time = step.milliseconds === undefined ? '' : `${seconds(step.milliseconds)}, `
    print(
      `  ${kind}: ${time}${step.messages ?? 0} messages, database ${seconds(step.database ?? 0)}`,
    )
  }
}

/** How long psql needs for the plain dump of a database; undefined without psql. */
async function restoreTime(database) {
  const file = join(home, 'result.sql')
  const host = { cluster: server, filestoreRoot: join(home, 'filestore') }
  await backupDatabase(host, database, new Progress(), { file, format: 'sql', overwrite: true })
  print(`plain dump ${((await stat(file)).size / MEGABYTE).toFixed(0)} MB`)
  await server.withSession(server.maintenanceDatabase, (session) =>
    session.execute(raw('CREATE DATABASE restored TEMPLATE template0')),
  )
  const began = performance.now()
  const args = ['--quiet', '--no-psqlrc', '--output', '/dev/null', '--file', file, 'restored']
  const done = await runTool('psql', args, server.environment('restored'))
  return done ? performance.now() - began : undefined
}

/** Runs a program, and says so where it is not there. */
async function runTool(program, args, environment) {
  const child = spawn(program, args, {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'ignore', 'ignore'],
  })
  const exit = await new Promise((done) => child.on('close', done).on('error', () => done(null)))
  if (exit === null) print(`${program} is not on the PATH: nothing to compare with`)
  else if (exit !== 0) throw new Error(`${program} ended with ${exit}`)
  return exit === 0
}

function seconds(milliseconds) {
  return `${(milliseconds / 1000).toFixed(1)} s`
}
