import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { completeRequest, type UpgradeRequest } from '../../src/upgrade/planning/index.js'

const data = resolve(import.meta.dirname, '../../../shared/data')
const odoo = process.env.MOULT_TEST_ODOO16 ?? ''
const openUpgrade = process.env.MOULT_TEST_OPENUPGRADE16 ?? ''

/** Real input that tests use where it is: a backup, Odoo's source, OpenUpgrade's scripts. */
export const material = {
  archive: join(data, 'odoo-15.0-demo.zip'),
  upgradePath: join(openUpgrade, 'openupgrade_scripts', 'scripts'),
  /** The folder that holds the package, for comparing with moult's own helpers. */
  openupgradelib: process.env.MOULT_TEST_OPENUPGRADELIB ?? '',
} as const

/** What of the material is not there. */
export const missingMaterial: readonly string[] = [
  material.archive,
  join(odoo, 'odoo', 'release.py'),
  material.upgradePath,
].filter((path) => !existsSync(path))

/** The upgrade of the 15.0 demo database to 16.0, as the reference was made, without loading modules. */
export function demoRequest(change: Partial<UpgradeRequest> = {}): UpgradeRequest {
  const hop = {
    to: '16.0',
    profile: 'openupgrade',
    addonsPath: [odoo],
    upgradePath: [material.upgradePath],
    update: ['all'],
    init: [],
  } as const
  return completeRequest({
    source: material.archive,
    // What scripts and helpers do by themselves.
    loader: 'none',
    hops: [hop],
    parity: true,
    keepGoing: true,
    ...change,
  })
}
