/** Installs modules into an empty database by what is read of a release's source, or by the release's own code. */
export { installByOdoo, type OdooInstallTarget } from './install-by-odoo.js'
export { installModules } from './install-modules.js'
export type { InstallReport, InstallTarget } from './install-report.js'
export { type InstallPlan, type InstallRequest, planInstall } from './plan-install.js'
