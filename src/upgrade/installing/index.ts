/** Installs modules into an empty database by what is read of a release's source, without running it. */
export { type InstallReport, type InstallTarget, installModules } from './install-modules.js'
export { type InstallPlan, type InstallRequest, planInstall } from './plan-install.js'
