/** What was asked for, by options, configuration files and the environment, made complete. */
export {
  type ConnectionOptions,
  type ResolvedConnection,
  resolveConnection,
  type ServerTarget,
} from './connection.js'
export { type Environment, readEnvironment } from './environment.js'
export { expandPath, splitPaths } from './expand-path.js'
export { type FoundConf, findOdooConf } from './find-odoo-conf.js'
export {
  type ConfValue,
  confFlag,
  confText,
  NO_CONF,
  type OdooConf,
  readOdooConf,
} from './odoo-conf.js'
export { type OpenUpgradeStanza, readOpenUpgradeStanza } from './openupgrade-stanza.js'
export { type OpenUpgradeVariables, readOpenUpgradeVariables } from './openupgrade-variables.js'
export {
  findProjectFile,
  loadProjectConfig,
  PROJECT_FILES,
} from './project/load-project-config.js'
export {
  type AutoInstallChoice,
  defineConfig,
  type MissingModuleChoice,
  type ProjectConfig,
  type ReleaseConfig,
} from './project/project-config.js'
export {
  type DraftRelease,
  type ProjectDraft,
  renderProjectConfig,
} from './project/render-project-config.js'
export type { ResolvedProject, ResolvedRelease } from './project/resolved-project.js'
export {
  type PathOrigin,
  type ResolvedUpgradeOptions,
  resolveUpgradeOptions,
  type UpgradeContext,
  type UpgradeOptions,
} from './upgrade-options.js'
export { validateUpgradePath } from './upgrade-path.js'
