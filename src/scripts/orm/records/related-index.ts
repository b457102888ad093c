import type { ModelCatalog } from '../model-catalog.js'
import type { ModelSchema } from '../model-schema.js'

/** A stored related field, with the fields that its path goes through, delegation and related fields resolved. */
export interface RelatedColumn {
  readonly model: string
  readonly field: string
  /** Fields of the path, the first one on the model itself; the last one gives the value. */
  readonly steps: readonly { readonly model: string; readonly field: string }[]
}

/** Longest path, after related fields in it are replaced by what they follow. */
const LONGEST = 20

const known = new WeakMap<ModelCatalog, Promise<readonly RelatedColumn[]>>()

/** The stored related fields of a database. Read once for a catalog: in a few round trips. */
export function relatedColumns(catalog: ModelCatalog): Promise<readonly RelatedColumn[]> {
  const before = known.get(catalog)
  if (before !== undefined) return before
  const reading = readRelatedColumns(catalog)
  known.set(catalog, reading)
  return reading
}

/** Forgets what was read, after changes of the catalog. */
export function forgetRelatedColumns(catalog: ModelCatalog): void {
  known.delete(catalog)
}

async function readRelatedColumns(catalog: ModelCatalog): Promise<readonly RelatedColumn[]> {
  const all = await catalog.storedRelated()
  await catalog.load(all.map(({ model }) => model))
  const columns: RelatedColumn[] = []
  for (const { model, field, path } of all) {
    const schema = await catalog.find(model)
    if (schema?.fields.get(field)?.kind !== 'column') continue
    const steps = await stepsOf(catalog, schema, path.split('.'))
    if (steps !== undefined) columns.push({ model, field, steps })
  }
  return columns
}

/** Undefined for a path that this database cannot follow. */
async function stepsOf(
  catalog: ModelCatalog,
  start: ModelSchema,
  path: readonly string[],
): Promise<RelatedColumn['steps'] | undefined> {
  const steps: { model: string; field: string }[] = []
  const rest = [...path]
  let schema: ModelSchema | undefined = start
  while (rest.length > 0 && steps.length < LONGEST) {
    const name = rest.shift() ?? ''
    const field = schema?.fields.get(name)
    if (schema === undefined || field === undefined) return undefined
    if (field.kind === 'related') {
      rest.unshift(...(field.related ?? '').split('.'))
      if (rest.length > LONGEST) return undefined
      continue
    }
    if (field.kind !== 'column') return undefined
    steps.push({ model: schema.model, field: name })
    if (rest.length > 0 && field.type !== 'many2one') return undefined
    schema = rest.length > 0 ? await catalog.find(field.relation ?? '') : undefined
  }
  return rest.length === 0 ? steps : undefined
}
