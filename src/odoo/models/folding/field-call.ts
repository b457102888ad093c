/** Parameters that a field's class takes by position; all others have only the label. */
const POSITIONS: ReadonlyMap<string, readonly string[]> = new Map([
  ['Selection', ['selection', 'string']],
  ['Reference', ['selection', 'string']],
  ['Float', ['string', 'digits']],
  ['Monetary', ['string', 'currency_field']],
  ['Many2one', ['comodel_name', 'string']],
  ['One2many', ['comodel_name', 'inverse_name', 'string']],
  ['Many2many', ['comodel_name', 'relation', 'column1', 'column2', 'string']],
])
const LABEL = ['string'] as const

/** The name of a positional argument; undefined where Python raises TypeError. */
export function nameOfPosition(fieldClass: string, index: number): string | undefined {
  return (POSITIONS.get(fieldClass) ?? LABEL)[index]
}

/**
 * Types of fields that `fields.Field.by_type` knows while `base` is imported, by release: `ttype` of
 * `ir.model.fields` is made of them.
 */
export function fieldTypesOf(major: number): readonly string[] {
  return [
    ...['boolean', 'integer', 'float', 'monetary', 'char', 'text', 'html', 'date', 'datetime'],
    ...['binary', 'selection', 'reference', 'many2one', 'many2one_reference', 'one2many'],
    'many2many',
    ...(major >= 16 ? ['json', 'properties', 'properties_definition'] : []),
  ]
}
