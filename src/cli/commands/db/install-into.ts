import type { ResolvedConnection } from '../../../config/index.js'
import type { Staging } from '../../../databases/manager/index.js'
import type { Cluster } from '../../../db/index.js'
import { findPackages } from '../../../odoo/packages/index.js'
import {
  type InstallPlan,
  type InstallReport,
  installByOdoo,
  installModules,
} from '../../../upgrade/installing/index.js'
import { FilestoreFiles } from '../../../upgrade/runner/index.js'
import { type CommandContext, type GivenOptions, textOption } from '../../command.js'
import { scriptHostOptions } from '../upgrade/script-host-options.js'

/** Where a plan is carried out. */
export interface InstallPlace extends Staging {
  readonly cluster: Cluster
  readonly connection: ResolvedConnection
}

/** Installs what a plan says into a database under construction, by the loader that the options name. */
export async function installInto(
  plan: InstallPlan,
  { cluster, connection, database, filestore }: InstallPlace,
  options: GivenOptions,
  { progress, environment }: CommandContext,
): Promise<InstallReport> {
  const { cache } = connection
  const { signal } = progress
  if (textOption(options, 'loader') !== 'odoo') {
    const store = new FilestoreFiles(filestore)
    return cluster.withSession(
      database,
      (session) => installModules(plan, { session, store, progress, cache }),
      { signal },
    )
  }
  const interpreter = scriptHostOptions(options).interpreter ?? 'embedded'
  const given = (textOption(options, 'pythonPackages') ?? '').split(',').filter(Boolean)
  const { release, folders: trees } = plan.tree
  const packages =
    interpreter === 'embedded'
      ? (await findPackages({ release, folders: given, trees, environment })).folders
      : given
  return cluster.withSession(
    database,
    (session) =>
      installByOdoo(plan, { session, progress, cache, filestore, interpreter, packages }),
    { signal },
  )
}
