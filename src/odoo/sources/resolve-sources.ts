import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Environment } from '../../config/index.js'
import { readRecord, type SourceRecord, sourceFolder } from './source-record.js'
import { SCRIPTS_FOLDER } from './verify-source.js'

/** What the sources that were added give an upgrade to a release. */
export interface ReleaseSources {
  /** The root of Odoo's tree, then the checkout of OpenUpgrade: its scripts import from it. */
  readonly addonsPath: readonly string[]
  readonly upgradePath: readonly string[]
  readonly odoo: SourceRecord | undefined
  readonly openupgrade: SourceRecord | undefined
}

/** The sources of a release (`16.0`); paths are empty where nothing was added. */
export async function resolveSources(
  series: string,
  { cache }: Pick<Environment, 'cache'>,
): Promise<ReleaseSources> {
  const [odoo, openupgrade] = await Promise.all([
    findSource(cache, series, 'odoo'),
    findSource(cache, series, 'openupgrade'),
  ])
  return {
    addonsPath: [odoo, openupgrade].flatMap((record) => record?.tree ?? []),
    upgradePath: openupgrade === undefined ? [] : [join(openupgrade.tree, SCRIPTS_FOLDER)],
    odoo,
    openupgrade,
  }
}

async function findSource(
  cache: string,
  series: string,
  kind: SourceRecord['kind'],
): Promise<SourceRecord | undefined> {
  const record = await readRecord(sourceFolder(cache, series, kind))
  return record !== undefined && existsSync(record.tree) ? record : undefined
}
