import type { ModuleRow } from '../../../odoo/modules/index.js'
import type { Release } from '../../../odoo/release/index.js'
import type { CommandContext, CommandInput } from '../../command.js'
import { connectionOf, withHost } from '../../hosts.js'
import {
  modulesOfDatabase,
  modulesOfFile,
  refuseAmbiguous,
  releaseOfModules,
  upgradeSource,
} from '../upgrade/upgrade-source.js'

const INSTALLED = new Set(['installed', 'to upgrade', 'to remove'])

/**
 * The modules that a database or backup has installed, and its release.
 *
 * Errors: SOURCE_MISSING, SOURCE_AMBIGUOUS, NOT_AN_ODOO_DATABASE, RELEASE_UNKNOWN, those of opening it.
 */
export async function installedModules(
  input: CommandInput,
  context: CommandContext,
): Promise<{ readonly modules: readonly string[]; readonly from: Release }> {
  const source = await upgradeSource(input, context)
  const name = source.kind === 'file' ? source.file : source.name
  const rows = await readRows(source, input, context)
  const installed = rows.filter(({ state }) => INSTALLED.has(state))
  return {
    modules: installed.map((row) => row.name).sort(),
    from: releaseOfModules(rows, name),
  }
}

async function readRows(
  source: Awaited<ReturnType<typeof upgradeSource>>,
  { options }: CommandInput,
  context: CommandContext,
): Promise<readonly ModuleRow[]> {
  if (source.kind === 'file') return (await modulesOfFile(source.file, context)).rows
  const connection = await connectionOf(options, context, source.url)
  const database = source.name
  const request = { progress: context.progress, operation: `coverage ${database}`, database }
  return withHost(connection, request, async (host) => {
    await refuseAmbiguous(host, source)
    return (await modulesOfDatabase(host, database)).rows
  })
}
