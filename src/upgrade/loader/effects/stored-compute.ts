import type { Sql } from '../../../db/index.js'
import { isUnevaluated } from '../../../odoo/models/index.js'
import { definersOf, type RegistryField, type RegistryModel } from '../../../odoo/registry/index.js'

/** Stored computed fields of a model that one statement keeps right when its records change. */
export interface StoredCompute {
  /** Whose fields; by name or by what the model is. */
  readonly models: string | ((model: RegistryModel) => boolean)
  /** Methods that have been translated. */
  readonly methods: readonly string[]
  /** Modules whose versions of them have been looked at; another's may change them, and none of this holds. */
  readonly modules: readonly string[]
  /** First and last release, by major version, whose methods have been looked at. */
  readonly releases: readonly [from: number, to: number]
  /** Computed fields, each with the fields of the model that it depends on. */
  readonly fields: Readonly<Record<string, readonly string[]>>
  /** Computes some of the fields for records, an array of ids. */
  readonly update: (ids: Sql, fields: readonly string[], model: RegistryModel) => Sql
}

/** The fields of a compute that have a column in the model and depend on what has changed. */
export function concernedFields(
  { fields }: StoredCompute,
  model: RegistryModel,
  changed: ReadonlySet<string> | 'all',
): readonly string[] {
  const concerned = new Set<string>()
  for (const [name, depends] of Object.entries(fields)) {
    if (model.fields.get(name)?.column === undefined) continue
    const isChanged =
      changed === 'all' || depends.some((one) => changed.has(one) || concerned.has(one))
    if (isChanged) concerned.add(name)
  }
  return [...concerned]
}

/** Whether a compute is the model's, in the form that was translated. */
export function holdsFor(compute: StoredCompute, model: RegistryModel, major: number): boolean {
  const { models, methods, modules, releases } = compute
  const isIts = typeof models === 'string' ? models === model.name : models(model)
  if (!isIts || major < releases[0] || releases[1] < major) return false
  return methods.every((method) =>
    definersOf(model, method).every(({ module }) => modules.includes(module)),
  )
}

/** The method that computes a field, where it is named. */
export function methodOf(field: RegistryField | undefined): string | undefined {
  const compute = field?.compute
  return typeof compute === 'string' && !isUnevaluated(compute) ? compute : undefined
}
