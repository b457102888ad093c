import { definersOf, type RegistryModel } from '../../odoo/registry/index.js'

/** A change of records that a script made in sets, without the code of their model. */
export interface ScriptedChange {
  readonly kind: 'create' | 'write' | 'unlink'
  readonly model: string
}

/**
 * Whether the code of a model does more to records that are created or deleted than fields and relations tell: a
 * method of its own, a rule against deleting, or columns that it computes.
 */
export function needsModels(model: RegistryModel, { kind }: ScriptedChange): boolean {
  if (kind === 'unlink') return definersOf(model, 'unlink').length > 0 || forbidsDeleting(model)
  if (kind === 'create') return definersOf(model, 'create').length > 0 || computesColumns(model)
  return false
}

function forbidsDeleting({ classes }: RegistryModel): boolean {
  return classes.some((definition) =>
    [definition, ...definition.pythonBases].some(({ methods }) =>
      methods.some(({ decorators }) => decorators.some(({ name }) => name === 'api.ondelete')),
    ),
  )
}

function computesColumns({ fields }: RegistryModel): boolean {
  return [...fields.values()].some(
    ({ store, compute, related }) => store && compute !== undefined && related === undefined,
  )
}
