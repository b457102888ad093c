import type { ModuleColumns } from './module-columns.js'

/** What a manifest says about a module that nothing but the module list shows. */
export interface ModuleFacts {
  readonly shortdesc: string
  readonly summary: string
  readonly description: string
  readonly author: string | false
  readonly maintainer: string | false
  readonly contributors: string | false
  readonly website: string | false
  readonly license: string
  readonly icon: string | false
  readonly url: string | false
  readonly sequence: number
  readonly application: boolean
}

const COLUMNS = [
  'shortdesc',
  'summary',
  'description',
  'author',
  'maintainer',
  'contributors',
  'website',
  'license',
  'icon',
  'url',
  'sequence',
  'application',
] as const satisfies readonly (keyof ModuleFacts)[]

/** One column to write: its name, its type in the set of records, and the expression that gives its value. */
export interface FactColumn {
  readonly name: string
  readonly recordType: string
  /** Of the record `n`; a translated column keeps the other languages of the row `m`. */
  readonly value: string
  readonly mergedValue: string
}

/** The columns of the list's descriptions that the table has now. */
export function factColumns(columns: ModuleColumns): readonly FactColumn[] {
  return COLUMNS.filter((name) => columns.has(name)).map((name) => {
    const type = columns.get(name) ?? 'text'
    const recordType = type === 'jsonb' ? 'text' : type
    const value = type === 'jsonb' ? `jsonb_build_object('en_US', n.${name})` : `n.${name}`
    const mergedValue = type === 'jsonb' ? `coalesce(m.${name}, '{}') || ${value}` : value
    return { name, recordType, value, mergedValue }
  })
}

/** The facts as a record's members; what Odoo stores as NULL is null. */
export function factValues(facts: ModuleFacts): Record<string, unknown> {
  return Object.fromEntries(
    COLUMNS.map((name) => [name, facts[name] === false ? null : facts[name]]),
  ) as Record<string, unknown>
}
