/** Reads the Python part of modules without running it: model classes, fields, constants. */
export type {
  ClassBody,
  Decorator,
  FieldDefinition,
  FunctionDefinition,
  MethodDefinition,
  ModelClass,
  ModelKind,
  ModuleModels,
} from './model-class.js'
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
