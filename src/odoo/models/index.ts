/** Reads the Python part of modules without running it: model classes, fields, constants. */
export { executeModules } from './execution/execute-modules.js'
export { ExpressionFolder, type ExpressionNames } from './folding/expression-folder.js'
export { reprOf, titleCase } from './folding/python-text.js'
export { type Linearization, linearize } from './linearize.js'
export type {
  ClassBody,
  CustomFieldClass,
  Decorator,
  FieldDefinition,
  FunctionDefinition,
  MethodDefinition,
  ModelClass,
  ModelKind,
  ModuleModels,
} from './model-class.js'
export type { ModuleFiles } from './reading/file-reader.js'
export { type ReadModulesOptions, readModules } from './reading/read-modules.js'
export {
  isTrue,
  isUnevaluated,
  itemsOf,
  type SourceBytes,
  type SourceDict,
  type SourceFloat,
  type SourceInteger,
  type SourcePlace,
  type SourceSet,
  type SourceTuple,
  type SourceValue,
  textIn,
  type Unevaluated,
  type UnevaluatedReason,
  type ValueShape,
} from './source-value.js'
