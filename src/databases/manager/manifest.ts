import { UserError } from '../../base/index.js'
import { parseRelease, type Release, versionInfo } from '../../odoo/release/index.js'
import type { OdooFacts } from './odoo-facts.js'

/** `manifest.json` of a backup, as Odoo's `dump_db_manifest` writes it. Other tools leave things out. */
export interface BackupManifest {
  readonly odoo_dump?: string | undefined
  readonly db_name?: string | undefined
  readonly version?: string | undefined
  readonly version_info?: readonly (string | number)[] | undefined
  readonly major_version?: string | undefined
  readonly pg_version?: string | undefined
  readonly modules?: Readonly<Record<string, string | null>> | undefined
}

const INDENT = 4
/** Nobody's manifest is larger; a hostile one must not fill the memory. */
export const LARGEST_MANIFEST = 16 * 1024 * 1024

/** Errors: MANIFEST_INVALID with the file and what is wrong. */
export async function parseManifest(text: string, file: string): Promise<BackupManifest> {
  const invalid = (reason: string): UserError =>
    new UserError('MANIFEST_INVALID', `The backup's manifest.json is not valid: ${reason}`, {
      place: { file, object: 'manifest.json' },
      hint: 'The archive was damaged or made by hand. Remove manifest.json from it to restore without one.',
    })
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch (error) {
    throw invalid(error instanceof Error ? error.message : 'no JSON')
  }
  const parsed = (await manifestSchema()).safeParse(json)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw invalid(`${issue?.path.join('.') || 'top level'}: ${issue?.message}`)
}

async function manifestSchema() {
  // Loaded when there is a manifest to check: the other commands start sooner without it.
  const { z } = await import('zod')
  const text = z.string().optional()
  return z.looseObject({
    odoo_dump: text,
    db_name: text,
    version: text,
    version_info: z.array(z.union([z.string(), z.number()])).optional(),
    major_version: text,
    pg_version: text,
    modules: z.record(z.string(), z.string().nullable()).optional(),
  })
}

/** The release that a manifest names. */
export function releaseOf(manifest: BackupManifest): Release | undefined {
  return parseRelease(manifest.version ?? '') ?? parseRelease(manifest.major_version ?? '')
}

/** The text of a manifest in Odoo's form. `pg_version` has a minor of 0 from PostgreSQL 10 on. */
export function manifestText(database: string, facts: OdooFacts, serverVersion: number): string {
  const { release, modules } = facts
  const manifest = {
    odoo_dump: '1',
    db_name: database,
    version: release.series,
    version_info: versionInfo(release),
    major_version: `${release.major}.${release.minor}`,
    pg_version: `${Math.floor(serverVersion / 10_000)}.0`,
    modules,
  }
  return JSON.stringify(manifest, null, INDENT)
}
