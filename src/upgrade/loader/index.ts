/**
 * Brings modules to a release by what is read of its source, in sets: schema, reflection, data. Writes to the
 * database; reaches Python through a port only.
 */

export type { FileStore } from '../../scripts/orm/index.js'
export type { CustomParts } from './custom-models.js'
export { LoaderEffects } from './effects/loader-effects.js'
export type { PictureFitter } from './effects/pictures.js'
export type {
  DataFunction,
  EvaluatedDefault,
  FieldReference,
  Guest,
  ModuleHook,
  WantedDefault,
} from './guest.js'
export { LoadedXmlIds } from './loaded-xml-ids.js'
export type { ImportedFile, LoadedModule, LoaderHop, LoaderPart } from './loader-part.js'
export type { FactValue, LoaderFact, LoaderScope } from './loader-scope.js'
export type { LoaderSource, ModelRegistry } from './loader-source.js'
export {
  type EarlierWork,
  type ModuleTurn,
  NativeLoader,
  type NativeLoaderOptions,
} from './native-loader.js'
export { type Need, type NeedKind, Needs } from './needs.js'
export type { ScriptedChange } from './needs-models.js'
export { type OpenLoaderOptions, openNativeLoader } from './open-native-loader.js'
