import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { UserError } from '../../../base/index.js'
import {
  type DatabaseHost,
  readOdooFacts,
  restoreDatabase,
  withBackupFile,
} from '../../../databases/manager/index.js'
import type { Release } from '../../../odoo/release/index.js'
import type { CommandContext, GivenOptions } from '../../command.js'
import { connectionOf, withHost } from '../../hosts.js'
import { refuseAmbiguous, type UpgradeSource } from '../upgrade/upgrade-source.js'

/** A database that a prompt can be opened on. */
export interface ShellPlace {
  readonly host: DatabaseHost
  readonly database: string
  readonly release: Release
  /** An upgrade of it has not come to its end. */
  readonly unfinished: boolean
}

const RESTORED = 'shell'

/**
 * Runs `body` with the database that the source is; a backup file is restored into a folder of its own, with
 * the embedded or the managed engine, and removed afterwards.
 *
 * Errors: NOT_AN_ODOO_DATABASE, and those of opening and restoring.
 */
export async function withShellPlace<T>(
  source: UpgradeSource,
  options: GivenOptions,
  context: CommandContext,
  body: (place: ShellPlace) => Promise<T>,
): Promise<T> {
  const { progress } = context
  const operation = `shell ${source.name}`
  if (source.kind === 'database') {
    const connection = await connectionOf(options, context, source.url)
    const request = { progress, operation, database: source.name }
    return withHost(connection, request, (host) => inDatabase(host, source.name, body))
  }
  const connection = await connectionOf(options, context)
  if (connection.server !== undefined) {
    await withHost(connection, { progress, operation }, (host) => refuseAmbiguous(host, source))
  }
  return withBackupFile(source.file, progress, async (backup) => {
    const folder = await mkdtemp(join(tmpdir(), 'moult-shell-'))
    try {
      const own = { server: undefined, home: folder, filestoreRoot: join(folder, 'filestore') }
      const request = { progress, operation, size: backup.expectedSize }
      return await withHost({ ...connection, ...own }, request, async (host) => {
        await restoreDatabase(host, backup, progress, { name: RESTORED, whereabouts: 'copy' })
        return inDatabase(host, RESTORED, body)
      })
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  })
}

async function inDatabase<T>(
  host: DatabaseHost,
  database: string,
  body: (place: ShellPlace) => Promise<T>,
): Promise<T> {
  const facts = await host.cluster.withSession(database, readOdooFacts)
  if (facts === undefined) {
    throw new UserError('NOT_AN_ODOO_DATABASE', `"${database}" is no database of Odoo`, {
      hint: 'It has no modules, or its module "base" has no version.',
    })
  }
  return body({ host, database, release: facts.release, unfinished: facts.upgrade !== undefined })
}
