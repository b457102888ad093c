import { definersOf, type RegistryModel } from '../../odoo/registry/index.js'
import type { Release } from '../../odoo/release/index.js'
import { knowsGuards } from './effects/unlink-guards.js'

/** A change of records that a script made in sets, without the code of their model. */
export interface ScriptedChange {
  readonly kind: 'create' | 'write' | 'unlink'
  readonly model: string
}

/**
 * Whether the code of a model does more to records that are created or deleted than fields and relations tell: a
 * method of its own, a rule against deleting that is not known in SQL, or columns that it computes.
 */
export function needsModels(
  model: RegistryModel,
  { kind }: ScriptedChange,
  release: Release,
): boolean {
  if (kind === 'unlink') {
    return definersOf(model, 'unlink').length > 0 || !knowsGuards(model, release)
  }
  if (kind === 'create') return definersOf(model, 'create').length > 0 || computesColumns(model)
  return false
}

function computesColumns({ fields }: RegistryModel): boolean {
  return [...fields.values()].some(
    ({ store, compute, related }) => store && compute !== undefined && related === undefined,
  )
}
