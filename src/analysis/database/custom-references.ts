import { type Row, type Session, sql } from '../../db/index.js'
import type { ReleaseComparison } from '../compare/compare-releases.js'
import { linesOf } from '../texts/analysis-text.js'

/** A field made in the database (Studio, settings) that refers to something that goes away. */
export interface CustomReference {
  readonly model: string
  readonly field: string
  /** `vanishes`, or `becomes other.model`. */
  readonly what: string
  readonly target: string
}

/** Custom fields of a database whose comodel or related path the new release no longer has. */
export async function customReferences(
  session: Session,
  { modules, apriori }: Pick<ReleaseComparison, 'modules' | 'apriori'>,
): Promise<readonly CustomReference[]> {
  const lines = [...modules.values()].flatMap(linesOf)
  const goneModels = new Set(
    lines
      .filter(({ section, text }) => section === 'models' && text.startsWith('obsolete'))
      .map(({ model }) => model),
  )
  const goneFields = new Set(
    lines
      .filter(
        ({ section, kind, attributes }) =>
          section === 'fields' && kind === 'deleted' && attributes?.mode === undefined,
      )
      .map(({ model, field }) => `${model} ${field}`),
  )
  const { rows } = await session.query<CustomField>(sql`
    SELECT model, name AS field, relation, related, state FROM ir_model_fields
     WHERE state = 'manual' OR relation IS NOT NULL`)
  const relations = new Map(
    rows.map(({ model, field, relation }) => [`${model} ${field}`, relation]),
  )
  return rows
    .filter(({ state }) => state === 'manual')
    .flatMap((custom) => [
      ...modelReference(custom, goneModels, apriori.renamedModels),
      ...pathReference(custom, goneFields, relations),
    ])
}

interface CustomField extends Row {
  readonly model: string
  readonly field: string
  readonly relation: string | null
  readonly related: string | null
  readonly state: string
}

function modelReference(
  { model, field, relation }: CustomField,
  gone: ReadonlySet<string>,
  renamed: ReadonlyMap<string, string>,
): readonly CustomReference[] {
  if (relation === null || !gone.has(relation)) return []
  const now = renamed.get(relation)
  const what = now === undefined ? 'vanishes' : `becomes ${now}`
  return [{ model, field, what, target: `the model ${relation}` }]
}

/** Follows `partner_id.name` from model to model as far as the database knows its fields. */
function pathReference(
  { model, field, related }: CustomField,
  gone: ReadonlySet<string>,
  relations: ReadonlyMap<string, string | null>,
): readonly CustomReference[] {
  if (!related) return []
  let at: string | null | undefined = model
  for (const step of related.split('.')) {
    if (!at) return []
    if (gone.has(`${at} ${step}`)) {
      return [{ model, field, what: 'vanishes', target: `the field ${step} of ${at}` }]
    }
    at = relations.get(`${at} ${step}`)
  }
  return []
}
