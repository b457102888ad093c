import type { Release } from '../../../odoo/release/index.js'

/**
 * The name under which a script keeps an old column or table: `openupgrade_legacy_16_0_state`. Not
 * shortened; PostgreSQL cuts names after 63 bytes.
 */
export function legacyName(release: Release, name: string): string {
  return `openupgrade_legacy_${release.major}_${release.minor}_${name}`
}
