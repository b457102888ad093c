import type { FieldFacts } from './loaded-views.js'
import type { ViewField } from './view-arch.js'

/** What `web_read` and `web_search_read` of 17.0 and newer take instead of names of fields. */
export type Specification = Readonly<Record<string, FieldSpecification>>
export interface FieldSpecification {
  readonly fields?: Specification
  readonly limit?: number
}

/**
 * What `onchange` takes up to 16.0: for each field, those of lines included (`order_line.product_id`),
 * whether the server has something to say when it changes.
 */
export function onchangeSpecificationOf(
  fields: readonly ViewField[],
  prefix = '',
): Readonly<Record<string, string>> {
  const entries = fields.flatMap(({ name, onChange, views }) => {
    const lines = views.get('list') ?? views.get('kanban') ?? []
    const below = Object.entries(onchangeSpecificationOf(lines, `${prefix}${name}.`))
    return [[prefix + name, onChange] as const, ...below]
  })
  return Object.fromEntries(entries)
}

/** Lines that the web client shows at once. */
export const LINES_SHOWN = 40

/** The specification of a view's fields, as the web client makes it. */
export function specificationOf(
  fields: readonly ViewField[],
  model: string,
  models: ReadonlyMap<string, ReadonlyMap<string, FieldFacts>>,
): Specification {
  const known = models.get(model)
  const entries = fields
    .filter(({ name }) => known?.has(name) ?? true)
    .map((field) => [field.name, specificationOfField(field, known?.get(field.name), models)])
  return Object.fromEntries(entries)
}

function specificationOfField(
  { views }: ViewField,
  facts: FieldFacts | undefined,
  models: ReadonlyMap<string, ReadonlyMap<string, FieldFacts>>,
): FieldSpecification {
  if (facts?.type === 'many2one') return { fields: { display_name: {} } }
  if (facts?.type === 'reference') return { fields: { display_name: {} } }
  if (facts?.type !== 'one2many' && facts?.type !== 'many2many') return {}
  const lines = views.get('list') ?? views.get('kanban')
  if (lines === undefined) return { fields: { display_name: {} } }
  return { fields: specificationOf(lines, facts.relation ?? '', models), limit: LINES_SHOWN }
}
