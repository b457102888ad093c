import { type DatabaseHost, filestoreOf } from '../../databases/manager/index.js'
import type { AddonsTree } from '../../odoo/addons/index.js'
import type { OdooGuestOptions } from '../../scripts/hosts/index.js'
import type { HopRequest, UpgradeRequest } from '../planning/index.js'

/** What the release's own code is started for. */
export interface OdooGuestGiven {
  readonly host: DatabaseHost
  readonly database: string
  readonly upgrade: UpgradeRequest
  readonly request: HopRequest
  readonly tree: AddonsTree
  /** Folder with the package `odoo`. */
  readonly root: string
  readonly cache: string
}

/** How the release's own code is started for a hop. */
export function odooGuestOptions(given: OdooGuestGiven): OdooGuestOptions {
  const { host, database, upgrade, request, tree, root, cache } = given
  const { python, scriptMemory } = upgrade
  return {
    interpreter:
      python.interpreter === 'embedded' ? 'embedded' : { executable: python.interpreter },
    release: request.to,
    odoo: root,
    addonsPaths: tree.folders,
    upgradePaths: request.upgradePath,
    packages: request.packages ?? [],
    ...(python.openupgradelib !== undefined && { library: { folder: python.openupgradelib } }),
    filestore: filestoreOf(host, database),
    cacheDirectory: cache,
    environment: environmentOf(upgrade),
    ...(scriptMemory !== undefined && { memory: scriptMemory }),
  }
}

/** OPENUPGRADE_* variables of the request, for addons that read them. */
function environmentOf(upgrade: UpgradeRequest): Readonly<Record<string, string>> {
  const { targetVersion, useDemo, renamedModules, mergedModules } = upgrade
  const json = (name: string, value: object): Record<string, string> =>
    Object.keys(value).length === 0 ? {} : { [name]: JSON.stringify(value) }
  return {
    ...(targetVersion !== undefined && { OPENUPGRADE_TARGET_VERSION: targetVersion }),
    ...(useDemo && { OPENUPGRADE_USE_DEMO: 'yes' }),
    ...json('OPENUPGRADE_RENAMED_MODULES', renamedModules),
    ...json('OPENUPGRADE_MERGED_MODULES', mergedModules),
  }
}
