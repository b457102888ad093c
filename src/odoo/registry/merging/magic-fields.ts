import type { FieldDefinition, ModelClass, SourcePlace, SourceValue } from '../../models/index.js'
import type { RegistryRules } from '../registry-rules.js'

const CONCURRENCY = '__last_update'

interface Origin {
  readonly module: string
  readonly place: SourcePlace
}

/**
 * Fields that a class gets which makes a model that is not abstract (MetaModel), from 15 on. `id` and
 * `__last_update` replace what the class has; the others yield to it.
 */
export function magicFieldsOf(
  definition: ModelClass,
  hasLog: boolean,
  rules: RegistryRules,
): readonly FieldDefinition[] {
  const own = new Set(definition.fields.map(({ name }) => name))
  const replaces = (name: string): boolean => name === 'id' || name === CONCURRENCY
  return magicFields(definition, hasLog, rules).filter(
    ({ name }) => replaces(name) || !(own.has(name) || name in definition.attributes),
  )
}

/** All magic fields, in the order in which they are added. */
export function magicFields(
  { module, place }: Origin,
  hasLog: boolean,
  rules: RegistryRules,
): readonly FieldDefinition[] {
  const make = (
    name: string,
    fieldClass: string,
    args: Readonly<Record<string, SourceValue>>,
  ): FieldDefinition => ({ name, fieldClass, module, place, args: { ...args, automatic: true } })
  const user = (string: string): Readonly<Record<string, SourceValue>> => ({
    comodel_name: 'res.users',
    string,
    readonly: true,
  })
  return [
    make('id', 'Id', {}),
    ...(rules.concurrencyField
      ? [
          make(CONCURRENCY, 'Datetime', {
            string: 'Last Modified on',
            compute: CONCURRENCY_COMPUTE,
          }),
        ]
      : []),
    make('display_name', 'Char', {
      string: 'Display Name',
      compute: '_compute_display_name',
      ...(rules.searchableDisplayName && { search: '_search_display_name' }),
    }),
    ...(hasLog
      ? [
          make('create_uid', 'Many2one', user('Created by')),
          make('create_date', 'Datetime', { string: 'Created on', readonly: true }),
          make('write_uid', 'Many2one', user('Last Updated by')),
          make('write_date', 'Datetime', { string: 'Last Updated on', readonly: true }),
        ]
      : []),
  ]
}

const CONCURRENCY_COMPUTE = '_compute_concurrency_field'
