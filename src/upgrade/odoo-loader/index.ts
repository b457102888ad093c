/** The whole upgrade by the target release's own loader, as a guest, journalled module by module. */
export type { LoaderCommit, LoaderCommitKind } from './loader-commit.js'
export type { LoadedModule, OdooLoaderEvents } from './loader-events.js'
export type {
  ForeignScriptFile,
  OdooLoaderOptions,
  OdooLoaderReport,
} from './odoo-loader-options.js'
export { runOdooLoader } from './run-odoo-loader.js'
export { serverWideModules } from './server-wide-modules.js'
