import type { ClassBody, ModelClass, ModelKind, SourceValue } from '../models/index.js'

/** One of the framework's own classes, at the end of every resolution order. */
export interface FrameworkNode {
  readonly framework: 'BaseModel' | 'Model' | 'TransientModel'
  readonly attributes: Readonly<Record<string, SourceValue>>
}

/** A model itself as a member of resolution orders: what its definitions are merged into. */
export interface MergedNode {
  readonly merged: string
}

export type ClassNode = ClassBody | FrameworkNode | MergedNode

const BASE_MODEL: FrameworkNode = {
  framework: 'BaseModel',
  attributes: {
    ...{ _auto: false, _abstract: true, _transient: false, _order: 'id' },
    ...{ _parent_name: 'parent_id', _parent_store: false },
  },
}
const MODEL: FrameworkNode = {
  framework: 'Model',
  attributes: { _auto: true, _abstract: false, _transient: false },
}
const TRANSIENT_MODEL: FrameworkNode = {
  framework: 'TransientModel',
  attributes: { _auto: true, _abstract: false, _transient: true },
}
const FRAMEWORK: Readonly<Record<ModelKind, readonly FrameworkNode[]>> = {
  abstract: [BASE_MODEL],
  model: [MODEL, BASE_MODEL],
  transient: [TRANSIENT_MODEL, MODEL, BASE_MODEL],
}

/** The resolution order of one definition class: itself, its Python bases, the framework's classes. */
export function orderOfClass(definition: ModelClass): readonly ClassNode[] {
  const { pythonBases, kind } = definition
  const framework = FRAMEWORK[kind]
  return pythonBases.length === 0
    ? [definition, ...framework]
    : [definition, ...pythonBases, ...framework]
}

export function isBody(node: ClassNode): node is ClassBody {
  return 'className' in node
}

/** The first value of an attribute along a resolution order. */
export function lookUpAttribute(
  order: readonly ClassNode[],
  name: string,
): SourceValue | undefined {
  for (const node of order) {
    const value = 'attributes' in node ? node.attributes[name] : undefined
    if (value !== undefined) return value
  }
  return undefined
}
