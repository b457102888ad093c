import { id, join, type Session, type Sql, sql } from '../../../../db/index.js'
import type { RegistryField, RegistryModel } from '../../../../odoo/registry/index.js'
import type { ModelRegistry } from '../../loader-source.js'
import type { ByLanguage, ModuleTexts } from '../files/module-texts.js'
import { type Languages, mergeTerms } from '../terms/merge-terms.js'
import type { TermRules } from '../terms/term-rules.js'
import { translationKind } from '../translation-kind.js'

/** What came of terms that were to come in. */
export interface WrittenTerms {
  /** Terms that keep another wording than the given. */
  readonly kept: number
  /** Values whose markup is not understood, by `model,field`; they stay as they are. */
  readonly left: ReadonlyMap<string, number>
}

interface Column {
  readonly model: RegistryModel
  readonly field: RegistryField
  readonly texts: ReadonlyMap<string, ReadonlyMap<string, ByLanguage>>
}

type Found = {
  readonly n: number
  readonly id: number
  readonly xml_id: string
  readonly value: string
}

/** Puts translations of terms into their columns: all values in one SELECT, the changes of a column in one UPDATE. */
export async function writeTerms(
  session: Session,
  texts: Pick<ModuleTexts, 'terms'>,
  registry: ModelRegistry,
  rules: TermRules,
): Promise<WrittenTerms> {
  const columns = columnsOf(texts, registry)
  const left = new Map<string, number>()
  if (columns.length === 0) return { kept: 0, left }
  const { rows } = await session.query<Found>(sql`${join(columns.map(selectOf), ' UNION ALL ')}`)
  let kept = 0
  const changes = columns.map((): { readonly id: number; readonly value: Languages }[] => [])
  for (const { n, id: number, xml_id, value } of rows) {
    const column = columns[n]
    const given = column?.texts.get(xml_id)
    const kind = column && translationKind(column.field)
    if (column === undefined || given === undefined || kind === undefined || kind === 'whole')
      continue
    const before = JSON.parse(value) as Languages
    const merged = mergeTerms(before, given, { kind, rules })
    if (merged === undefined) {
      const name = `${column.model.name},${column.field.name}`
      if (before.en_US) left.set(name, (left.get(name) ?? 0) + 1)
      continue
    }
    kept += merged.kept
    if (isChanged(before, merged.value)) changes[n]?.push({ id: number, value: merged.value })
  }
  // One statement for each column: two changes of a row in one statement would be one change.
  for (const [n, column] of columns.entries()) {
    if (changes[n]?.length) await session.query(updateOf(column, JSON.stringify(changes[n])))
  }
  return { kept, left }
}

function columnsOf(
  { terms }: Pick<ModuleTexts, 'terms'>,
  registry: ModelRegistry,
): readonly Column[] {
  return [...terms].flatMap(([name, records]) => {
    const model = registry.models.get(name)
    if (model === undefined) return []
    const byField = new Map<string, Map<string, ReadonlyMap<string, ByLanguage>>>()
    for (const [xmlId, { fields }] of records) {
      for (const [fieldName, found] of fields) {
        const known = byField.get(fieldName) ?? new Map<string, ReadonlyMap<string, ByLanguage>>()
        byField.set(fieldName, known.set(xmlId, found))
      }
    }
    return [...byField].flatMap(([fieldName, texts]): readonly Column[] => {
      const field = model.fields.get(fieldName)
      return field === undefined ? [] : [{ model, field, texts }]
    })
  })
}

function selectOf({ model, field, texts }: Column, n: number): Sql {
  const names = JSON.stringify([...texts.keys()].map((xmlId) => xmlId.split(/\.(.*)/s).slice(0, 2)))
  const column = id('t', field.name)
  return sql`SELECT ${n}::int AS n, t.id, concat(d.module, '.', d.name) AS xml_id, ${column}::text AS value
      FROM jsonb_array_elements(${names}::jsonb) x
      JOIN ir_model_data d ON d.module = x ->> 0 AND d.name = x ->> 1 AND d.model = ${model.name}
      JOIN ${id(model.table)} t ON t.id = d.res_id
     WHERE ${column} IS NOT NULL`
}

function isChanged(before: Languages, after: Languages): boolean {
  const names = new Set([...Object.keys(before), ...Object.keys(after)])
  return [...names].some((name) => before[name] !== after[name])
}

function updateOf({ model, field }: Column, changes: string): Sql {
  return sql`
    UPDATE ${id(model.table)} t SET ${id(field.name)} = w.value
      FROM jsonb_to_recordset(${changes}::jsonb) AS w(id integer, value jsonb) WHERE t.id = w.id`
}
