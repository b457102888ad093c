export { completeModule } from './complete-module.js'
export { type RecordRemoval, removeModules } from './remove-modules.js'
export {
  listModules,
  RowLoader,
  type RowLoaderOptions,
  writeFirstModules,
  writeModuleList,
} from './row-loader.js'
