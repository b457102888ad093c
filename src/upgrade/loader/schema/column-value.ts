import { id, lit, raw, type Sql, sql } from '../../../db/index.js'
import {
  isTrue,
  isUnevaluated,
  type SourceValue,
  type Unevaluated,
} from '../../../odoo/models/index.js'
import type { RegistryField, RegistryModel } from '../../../odoo/registry/index.js'
import type { SchemaRules } from './schema-rules.js'

/**
 * What `_init_column` writes into a column for a default:
 *
 * - `none`: nothing, the rows stay NULL
 * - `constant`: an expression that any statement may hold
 * - `query`: an expression that reads other tables
 * - `unknown`: only Python knows
 */
export type ColumnValue =
  | { readonly kind: 'none' }
  | { readonly kind: 'constant'; readonly expression: Sql }
  | { readonly kind: 'query'; readonly expression: Sql }
  | { readonly kind: 'unknown' }

export interface ValueScope {
  readonly models: ReadonlyMap<string, RegistryModel>
  readonly rules: SchemaRules
}

const NONE: ColumnValue = { kind: 'none' }
const UNKNOWN: ColumnValue = { kind: 'unknown' }
const SUPERUSER = 1
/** Digits of a precision that nobody has set (`decimal.precision`). */
const DEFAULT_DIGITS = 2

/** The value of a field's default in its column, as odoo/models.py `_init_column` converts it. */
export function defaultValue(field: RegistryField, scope: ValueScope): ColumnValue {
  const given = field.default
  if (given === undefined || given === null || field.column === undefined) return NONE
  // From 18 on such a column holds a value per company, and only where it differs from ir.default.
  if (field.companyDependent) return UNKNOWN
  return isUnevaluated(given) ? evaluated(given, field, scope) : literal(given, field)
}

function evaluated(value: Unevaluated, field: RegistryField, scope: ValueScope): ColumnValue {
  switch (value.shape) {
    case 'constant':
      return value.value === undefined ? UNKNOWN : literal(value.value, field)
    case 'context':
      return literal(null, field)
    case 'today':
    case 'context_today':
    case 'now':
      return moment(field)
    case 'company':
      return followed('res.company', superuser('company_id'), value.path ?? [], field, scope)
    case 'user':
      return followed('res.users', raw(String(SUPERUSER)), value.path ?? [], field, scope)
    case 'ref':
      return value.path === undefined || value.path.every((name) => name === 'id')
        ? referred(value.argument ?? '', field)
        : UNKNOWN
    default:
      return UNKNOWN
  }
}

/** The interpreter's clock is UTC, and so are columns; fractions of seconds are dropped. */
function moment(field: RegistryField): ColumnValue {
  const now = "now() AT TIME ZONE 'UTC'"
  if (field.type === 'date') return { kind: 'constant', expression: raw(`(${now})::date`) }
  if (field.type !== 'datetime') return UNKNOWN
  return { kind: 'constant', expression: raw(`date_trunc('second', ${now})`) }
}

function superuser(column: string): Sql {
  return sql`(SELECT ${id(column)} FROM res_users WHERE id = ${raw(String(SUPERUSER))})`
}

function referred(xmlId: string, field: RegistryField): ColumnValue {
  const [module = '', name = ''] = xmlId.split('.', 2)
  if (field.type !== 'many2one' || name === '') return UNKNOWN
  return {
    kind: 'query',
    expression: sql`(SELECT res_id FROM ir_model_data WHERE module = ${lit(module)} AND name = ${lit(name)})`,
  }
}

/** Reads field by field from a record, where all of them are columns. */
function followed(
  model: string,
  record: Sql,
  path: readonly string[],
  field: RegistryField,
  { models }: ValueScope,
): ColumnValue {
  let current = models.get(model)
  let expression = record
  let type: string = 'many2one'
  for (const name of path) {
    if (name === 'id') continue
    const step = current?.fields.get(name)
    if (current === undefined || step?.column === undefined || step.translate) return UNKNOWN
    expression = sql`(SELECT ${id(name)} FROM ${id(current.table)} WHERE id = ${expression})`
    current = step.comodel === undefined ? undefined : models.get(step.comodel)
    type = step.type
  }
  return type === field.type ? { kind: 'query', expression } : UNKNOWN
}

function literal(value: SourceValue, field: RegistryField): ColumnValue {
  const text = textOf(value)
  switch (field.type) {
    case 'boolean':
      // False counts as NULL: "an expensive query on large tables" is saved.
      return isTrue(value) ? constant(raw('true')) : NONE
    case 'integer':
      return isTrue(value) ? number(text) : constant(raw('0'))
    case 'float':
    case 'monetary':
      return isTrue(value) ? decimal(text, field) : constant(raw('0'))
    case 'many2one':
    case 'many2one_reference':
      return isTrue(value) ? number(text) : NONE
    case 'char':
    case 'text':
    case 'html':
    case 'selection':
    case 'reference':
      return characters(value, text, field)
    case 'date':
    case 'datetime':
      if (!isTrue(value)) return NONE
      return typeof value === 'string' ? constant(lit(value)) : UNKNOWN
    default:
      return isTrue(value) ? UNKNOWN : NONE
  }
}

function characters(
  value: SourceValue,
  text: string | undefined,
  field: RegistryField,
): ColumnValue {
  if (value === null || value === false) return NONE
  if (text === undefined) return UNKNOWN
  // An empty selection is nothing; an empty text is a text.
  if (text === '' && (field.type === 'selection' || field.type === 'reference')) return NONE
  const kept = field.size === undefined ? text : [...text].slice(0, field.size).join('')
  return field.column?.type === 'jsonb'
    ? constant(sql`${lit(JSON.stringify({ en_US: kept }))}::jsonb`)
    : constant(lit(kept))
}

function number(text: string | undefined): ColumnValue {
  return text !== undefined && /^-?\d+$/.test(text) ? constant(raw(text)) : UNKNOWN
}

function decimal(text: string | undefined, field: RegistryField): ColumnValue {
  if (text === undefined || !/^-?\d+(\.\d+)?(e[+-]?\d+)?$/i.test(text)) return UNKNOWN
  if (field.column?.type !== 'numeric' || field.type === 'monetary') return constant(raw(text))
  const digits = field.args.digits
  if (typeof digits === 'string') {
    const known = sql`(SELECT digits FROM decimal_precision WHERE name = ${lit(digits)})`
    return {
      kind: 'query',
      expression: sql`round(${raw(text)}::numeric, coalesce(${known}, ${raw(String(DEFAULT_DIGITS))}))`,
    }
  }
  const scale = scaleOf(digits)
  return constant(scale === undefined ? raw(text) : raw(`round(${text}::numeric, ${scale})`))
}

function scaleOf(digits: SourceValue | undefined): number | undefined {
  if (typeof digits !== 'object' || digits === null || !('kind' in digits)) return undefined
  const scale = digits.kind === 'tuple' ? digits.items[1] : undefined
  return typeof scale === 'number' ? scale : undefined
}

function constant(expression: Sql): ColumnValue {
  return { kind: 'constant', expression }
}

function textOf(value: SourceValue): string | undefined {
  if (typeof value === 'string' || typeof value === 'number') return String(value)
  if (typeof value !== 'object' || value === null || !('kind' in value)) return undefined
  if (value.kind === 'float') return String(value.value)
  return value.kind === 'integer' ? value.digits : undefined
}
