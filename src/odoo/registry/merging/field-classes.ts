import type { CustomFieldClass } from '../../models/index.js'
import type { FieldType } from '../registry-field.js'
import type { RegistryRules } from '../registry-rules.js'

interface FieldClass {
  readonly type: FieldType
  /** The class whose arguments it takes over when it replaces it. */
  readonly base?: string
  /** `udt_name`; undefined for those without a column. */
  readonly column?: string
}

const CLASSES: ReadonlyMap<string, FieldClass> = new Map<string, FieldClass>([
  ['Id', { type: 'integer', column: 'int4' }],
  ['Boolean', { type: 'boolean', column: 'bool' }],
  ['Integer', { type: 'integer', column: 'int4' }],
  ['Float', { type: 'float', column: 'float8' }],
  ['Monetary', { type: 'monetary', column: 'numeric' }],
  ['Char', { type: 'char', column: 'varchar' }],
  ['Text', { type: 'text', column: 'text' }],
  ['Html', { type: 'html', column: 'text' }],
  ['Date', { type: 'date', column: 'date' }],
  ['Datetime', { type: 'datetime', column: 'timestamp' }],
  ['Binary', { type: 'binary', column: 'bytea' }],
  ['Image', { type: 'binary', column: 'bytea', base: 'Binary' }],
  ['Selection', { type: 'selection', column: 'varchar' }],
  ['Reference', { type: 'reference', column: 'varchar', base: 'Selection' }],
  ['Many2one', { type: 'many2one', column: 'int4' }],
  ['Many2oneReference', { type: 'many2one_reference', column: 'int4', base: 'Integer' }],
  ['Json', { type: 'json', column: 'jsonb' }],
  ['Properties', { type: 'properties', column: 'jsonb' }],
  ['PropertiesDefinition', { type: 'properties_definition', column: 'jsonb' }],
  ['One2many', { type: 'one2many' }],
  ['Many2many', { type: 'many2many' }],
  ['Serialized', { type: 'serialized', column: 'text' }],
])
const TRANSLATED: ReadonlySet<string> = new Set(['char', 'text', 'html'])
/** Types that may depend on the company from 18 on. */
const PER_COMPANY: ReadonlySet<string> = new Set([
  ...['char', 'float', 'boolean', 'integer', 'text', 'many2one', 'date', 'datetime'],
  ...['selection', 'html'],
])

/** A class of fields, by its name and what it says of itself. */
export interface FieldClassName {
  readonly fieldClass: string
  readonly customClass?: CustomFieldClass | undefined
}

/** Whether the framework or a module defines the class. */
export function isKnownClass({ fieldClass, customClass }: FieldClassName): boolean {
  return customClass !== undefined || CLASSES.has(fieldClass)
}

/** The type word; a class that is not known has its name in lower case. */
export function typeOfClass({ fieldClass, customClass }: FieldClassName): FieldType {
  const known = CLASSES.get(customClass?.base ?? fieldClass)
  return customClass?.type ?? known?.type ?? fieldClass.toLowerCase()
}

/** Whether what was given to `older` still counts under `newer`: it is the same class or one above. */
export function keepsArguments(older: FieldClassName, newer: FieldClassName): boolean {
  return chainOf(newer).includes(older.fieldClass)
}

/** What decides about the column of a field. */
export interface ColumnTraits {
  readonly className: FieldClassName
  readonly translate: boolean
  readonly companyDependent: boolean
  readonly attachment: boolean
  readonly hasDigits: boolean
}

/** `udt_name` of the field's column; undefined when its class has none. */
export function columnTypeOf(traits: ColumnTraits, rules: RegistryRules): string | undefined {
  const { className, translate, companyDependent, attachment, hasDigits } = traits
  const type = typeOfClass(className)
  const own = className.customClass?.columnType
  const base = CLASSES.get(className.customClass?.base ?? className.fieldClass)?.column
  const column = own === undefined ? base : (own ?? undefined)
  if (companyDependent && rules.companyDependentColumns && PER_COMPANY.has(type)) return 'jsonb'
  if (translate && rules.jsonTranslations && TRANSLATED.has(type)) return 'jsonb'
  if (type === 'binary' && attachment) return undefined
  return type === 'float' && hasDigits && own === undefined ? 'numeric' : column
}

function chainOf({ fieldClass, customClass }: FieldClassName): readonly string[] {
  const chain = [fieldClass]
  let next = customClass === undefined ? CLASSES.get(fieldClass)?.base : customBase(customClass)
  while (next !== undefined && !chain.includes(next)) {
    chain.push(next)
    next = CLASSES.get(next)?.base
  }
  return chain
}

function customBase({ base }: CustomFieldClass): string | undefined {
  return base === 'Field' ? undefined : base
}
