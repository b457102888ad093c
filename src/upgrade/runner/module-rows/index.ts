export { completeModule } from './complete-module.js'
export { type RecordRemoval, removeModules } from './remove-modules.js'
export { RowLoader } from './row-loader.js'
