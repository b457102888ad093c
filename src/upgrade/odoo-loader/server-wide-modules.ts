import type { OdooLoaderOptions } from './odoo-loader-options.js'

const SERVER_WIDE = {
  odoo: ['base', 'web'],
  openupgrade: ['base', 'web', 'openupgrade_framework'],
}

/** Modules that are imported before the registry is made, as in `--load`. */
export function serverWideModules(profile: OdooLoaderOptions['profile']): readonly string[] {
  return SERVER_WIDE[profile]
}
