// Measures `moult db restore` and `moult db backup` on a server against PostgreSQL's own programs, in pairs in
// one run, and prints the ratios. Needs the programs of a PostgreSQL server on this machine, and Info-ZIP.
//
//   npm run bench                          the synthetic database (1 GB, 20,000 files of 100 kB)
//   npm run bench -- --zip backup.zip      a backup of yours
//   npm run bench -- --megabytes 100 --files 2000 --runs 3
import { execFileSync, spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { performance } from 'node:perf_hooks'
import { parseArgs } from 'node:util'
import { findClientPrograms, findServerBinaries, raw, startManaged } from '../dist/db/index.js'

const { values } = parseArgs({
  options: {
    zip: { type: 'string' },
    megabytes: { type: 'string', default: '1000' },
    files: { type: 'string', default: '20000' },
    runs: { type: 'string', default: '3' },
    work: { type: 'string' },
  },
})
const work = mkdtempSync(join(values.work ?? tmpdir(), 'moult-bench-'))
const runs = Number(values.runs)
const moult = resolve(import.meta.dirname, '../bin/moult.js')
const print = (line) => process.stdout.write(`${line}\n`)

const binaries = (await findServerBinaries()).filter((found) => found.origin === 'system')
const server = binaries.at(-1)
if (server === undefined) throw new Error('no PostgreSQL server programs on this machine')
const psql = join(server.binDir, 'psql')
const pgDump = (await findClientPrograms(server.major))?.pgDump ?? join(server.binDir, 'pg_dump')

const cluster = await startManaged({ directory: join(work, 'server'), binaries: server })
let environment
try {
  const target = cluster.environment('postgres')
  environment = { ...process.env, ...target, MOULT_HOME: join(work, 'home') }
  delete environment.PGDATABASE
  print(
    `PostgreSQL ${server.version}, ${runs} pairs, medians; time and peak memory of the whole process`,
  )
  const source = values.zip === undefined ? await synthetic() : resolve(values.zip)
  await compare(source)
} finally {
  await cluster.close()
  rmSync(work, { recursive: true, force: true })
}

/** Makes the synthetic database and returns a backup of it. */
async function synthetic() {
  const megabytes = Number(values.megabytes)
  const rows = megabytes * 2600
  run('createdb', ['synthetic'])
  await cluster.withSession('synthetic', async (session) => {
    for (let table = 0; table < 10; table += 1) {
      await session.execute(
        raw(`
        CREATE TABLE move_line_${table} (id serial PRIMARY KEY, name varchar, ref text, partner_id integer,
          debit numeric, credit numeric, date date, create_date timestamp, note jsonb);
        INSERT INTO move_line_${table} (name, ref, partner_id, debit, credit, date, create_date, note)
          SELECT 'INV/2024/' || n, md5(n::text) || md5((n + 1)::text), n % 5000, n % 977, n % 571,
                 date '2020-01-01' + n % 1500, timestamp '2020-01-01' + n * interval '1 minute',
                 jsonb_build_object('en_US', 'Line ' || n, 'fr_FR', 'Ligne ' || n)
            FROM generate_series(1, ${Math.round(rows / 10)}) n;
        CREATE INDEX move_line_${table}_partner ON move_line_${table} (partner_id);
        CREATE INDEX move_line_${table}_date ON move_line_${table} (date, id)`),
      )
    }
    await session.execute(
      raw(`
      CREATE TABLE ir_attachment (id serial PRIMARY KEY, name varchar, store_fname varchar, checksum varchar);
      CREATE TABLE ir_module_module (id serial PRIMARY KEY, name varchar, state varchar, latest_version varchar);
      CREATE TABLE ir_config_parameter (id serial PRIMARY KEY, key varchar UNIQUE, value text, create_date timestamp,
        create_uid integer, write_date timestamp, write_uid integer);
      INSERT INTO ir_module_module (name, state, latest_version) VALUES ('base', 'installed', '16.0.1.3')`),
    )
  })
  const folder = join(work, 'data', 'filestore', 'synthetic')
  const names = Array.from({ length: Number(values.files) }, () => {
    const hash = randomBytes(20).toString('hex')
    mkdirSync(join(folder, hash.slice(0, 2)), { recursive: true })
    writeFileSync(join(folder, hash.slice(0, 2), hash), randomBytes(100_000))
    return `('${hash.slice(0, 2)}/${hash}', '${hash}')`
  })
  await cluster.withSession('synthetic', (session) =>
    session.execute(
      raw(`INSERT INTO ir_attachment (store_fname, checksum) VALUES ${names.join(',')}`),
    ),
  )
  const file = join(work, 'synthetic.zip')
  run(process.execPath, [moult, 'db', 'backup', 'synthetic', file, '-q', '-D', join(work, 'data')])
  return file
}

async function compare(zip) {
  const folder = join(work, 'unpacked')
  execFileSync('unzip', ['-q', zip, '-d', folder])
  const dump = join(folder, 'dump.sql')
  const data = join(work, 'restored')
  print(
    `dump.sql ${(statSync(dump).size / 1e6).toFixed(0)} MB, archive ${(statSync(zip).size / 1e6).toFixed(0)} MB`,
  )
  const drop = (name) => run('dropdb', ['--if-exists', '--force', name])
  const ours = (...args) => timed(process.execPath, [moult, 'db', ...args, '-q', '-D', data])

  pairs(
    'restore: moult dump.sql | psql -f dump.sql',
    () => {
      drop('ours')
      return ours('restore', dump, 'ours')
    },
    () => {
      drop('theirs')
      run('createdb', ['-T', 'template0', 'theirs'])
      return timed(psql, ['-q', '-X', '-d', 'theirs', '-f', dump])
    },
  )
  pairs(
    'restore: moult backup.zip | psql -f dump.sql',
    () => {
      drop('ours')
      rmSync(data, { recursive: true, force: true })
      return ours('restore', zip, 'ours')
    },
    () => {
      drop('theirs')
      run('createdb', ['-T', 'template0', 'theirs'])
      return timed(psql, ['-q', '-X', '-d', 'theirs', '-f', dump])
    },
  )
  for (const [format, file] of [
    ['c', 'x.dump'],
    ['p', 'x.sql'],
  ]) {
    pairs(
      `backup: moult ${file} | pg_dump -F${format}`,
      () => ours('backup', 'ours', join(work, file), '--overwrite', '--without-filestore'),
      () =>
        timed(pgDump, ['--no-owner', `-F${format}`, '-f', join(work, `theirs.${format}`), 'ours']),
    )
  }
  pairs(
    'backup: moult zip without filestore | pg_dump -Fp',
    () => ours('backup', 'ours', join(work, 'x.zip'), '--overwrite', '--without-filestore'),
    () => timed(pgDump, ['--no-owner', '-Fp', '-f', join(work, 'theirs.p'), 'ours']),
  )
  pairs(
    'backup: moult zip with filestore | pg_dump -Fp + zip -r -1',
    () => ours('backup', 'ours', join(work, 'x.zip'), '--overwrite'),
    () => {
      const dumped = timed(pgDump, [
        '--no-owner',
        '-Fp',
        '-f',
        join(data, 'filestore', 'ours', 'dump.sql'),
        'ours',
      ])
      rmSync(join(work, 'theirs.zip'), { force: true })
      const zipped = timed(
        'zip',
        ['-q', '-r', '-1', join(work, 'theirs.zip'), '.'],
        join(data, 'filestore', 'ours'),
      )
      rmSync(join(data, 'filestore', 'ours', 'dump.sql'))
      return {
        seconds: dumped.seconds + zipped.seconds,
        megabytes: Math.max(dumped.megabytes, zipped.megabytes),
      }
    },
  )
}

function pairs(title, a, b) {
  const measured = Array.from({ length: runs }, () => ({ a: a(), b: b() }))
  const median = (numbers) => numbers.sort((x, y) => x - y)[Math.floor(numbers.length / 2)]
  const seconds = (side) => median(measured.map((pair) => pair[side].seconds)).toFixed(2)
  const ratio = median(measured.map((pair) => pair.a.seconds / pair.b.seconds)).toFixed(2)
  const memory = Math.max(...measured.map((pair) => pair.a.megabytes)).toFixed(0)
  print(
    `${title.padEnd(62)} ${seconds('a')} s | ${seconds('b')} s  ratio ${ratio}  moult's memory ${memory} MB`,
  )
}

/** Runs a program under /usr/bin/time; its wall time in seconds and its peak memory in MB. */
function timed(program, args, cwd = work) {
  const report = join(work, 'time')
  const started = performance.now()
  const result = spawnSync('/usr/bin/time', ['-f', '%M', '-o', report, program, ...args], {
    cwd,
    env: environment,
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const seconds = (performance.now() - started) / 1000
  // Exit code 1 of moult: done, with findings (a dump alone has no attachments).
  if (result.status !== 0 && !(program === process.execPath && result.status === 1))
    throw new Error(`${program} ${args.join(' ')}: ${result.stderr}`)
  return {
    seconds,
    megabytes: Number(readFileSync(report, 'utf8').trim().split('\n').at(-1)) / 1000,
  }
}

function run(program, args) {
  const path = ['createdb', 'dropdb'].includes(program) ? join(server.binDir, program) : program
  execFileSync(path, args, { env: environment, stdio: ['ignore', 'ignore', 'inherit'] })
}
