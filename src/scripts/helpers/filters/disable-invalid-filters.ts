import { messageOf } from '../../../base/index.js'
import { DatabaseError, sql } from '../../../db/index.js'
import { isTruthy, iteratePython, type PythonValue } from '../../../text/index.js'
import { GuestError } from '../../values/index.js'
import type { HelperContext } from '../helper-context.js'
import { guestValueOf, readPythonText } from './python-text.js'

interface Filter extends Record<string, unknown> {
  readonly id: number
  readonly name: string
  readonly model: string
  readonly domain: string
  readonly context: string | null
  readonly actionGone: boolean
  readonly users: string | null
}

/** Why a filter is switched off; undefined when nothing is wrong, `unknown` when only Odoo can tell. */
type Verdict = { readonly reason: string } | 'unknown' | undefined

/**
 * Switches off saved filters whose domain, grouping or action does not exist any more. Filters whose texts
 * are no literals, or search fields that only Odoo's code can search, are left on and named in a finding.
 * On a path of several releases only the last one does it.
 */
export async function disableInvalidFilters(context: HelperContext): Promise<void> {
  if (context.pathTarget !== undefined && context.pathTarget.major !== context.release.major) {
    context.log(
      'info',
      'Deferring `disable_invalid_filters` until this migration reaches ' +
        `target version ${context.pathTarget.series}`,
    )
    return
  }
  const filters: Filter[] = []
  for (const filter of await readFilters(context)) {
    if ((await context.isLoaded?.(filter.model)) ?? true) filters.push(filter)
  }
  const fields = await readFields(context, filters)
  const invalid: number[] = []
  const unchecked: Filter[] = []
  for (const filter of filters) {
    const verdict = await judge(context, filter, fields.get(filter.model) ?? new Set())
    if (verdict === 'unknown') unchecked.push(filter)
    else if (verdict !== undefined) {
      context.log('warning', `${describe(filter)} ${verdict.reason}`)
      invalid.push(filter.id)
    }
  }
  if (invalid.length > 0) {
    await context.session.query(
      sql`UPDATE ir_filters SET active = false WHERE id = ANY(${invalid}::int[])`,
    )
  }
  reportUnchecked(context, unchecked)
}

async function readFilters(context: HelperContext): Promise<readonly Filter[]> {
  const { rows } = await context.session.query<Filter>(sql`
    SELECT f.id, COALESCE(to_jsonb(f.name) ->> 'en_US', f.name::text) AS name, f.model_id AS model, f.domain, f.context,
           to_jsonb(f) ->> 'user_id' AS users,
           f.action_id IS NOT NULL AND a.id IS NULL AS "actionGone"
      FROM ir_filters f
      JOIN ir_model m ON m.model = f.model_id
      LEFT JOIN ir_actions a ON a.id = f.action_id
     WHERE f.active AND f.domain <> '[]'
     ORDER BY f.id`)
  return rows
}

async function readFields(
  context: HelperContext,
  filters: readonly Filter[],
): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const models = [...new Set(filters.map((filter) => filter.model))]
  const { rows } = await context.session.query<{ model: string; names: readonly string[] }>(sql`
    SELECT model, array_agg(name::text) AS names FROM ir_model_fields
     WHERE model = ANY(${models}::text[]) GROUP BY model`)
  return new Map(rows.map((row) => [row.model, new Set(row.names)]))
}

async function judge(
  context: HelperContext,
  filter: Filter,
  fields: ReadonlySet<string>,
): Promise<Verdict> {
  const domain = await judgeDomain(context, filter)
  if (domain !== undefined && domain !== 'unknown') return domain
  const grouping = judgeContext(filter, fields)
  if (grouping !== undefined && grouping !== 'unknown') return grouping
  if (filter.actionGone) return { reason: 'as it contains an invalid action_id.' }
  return domain ?? grouping
}

async function judgeDomain(context: HelperContext, filter: Filter): Promise<Verdict> {
  const invalid = (detail: string): Verdict => ({
    reason: `as it contains an invalid domain ${filter.domain}. Detail: ${detail}`,
  })
  const read = readPythonText(filter.domain.replaceAll('%%', '%'))
  if (read.kind === 'unknown') return 'unknown'
  if (read.kind === 'wrong') return invalid(read.message)
  try {
    await context.session.savepoint(async () => {
      await context.orm.search(filter.model, guestValueOf(read.value), { limit: 1 })
    })
    return undefined
  } catch (error) {
    if (error instanceof GuestError && error.kind === 'needs-odoo') return 'unknown'
    if (error instanceof GuestError || error instanceof DatabaseError) {
      return invalid(messageOf(error))
    }
    throw error
  }
}

function judgeContext(filter: Filter, fields: ReadonlySet<string>): Verdict {
  const text = filter.context ?? ''
  const read = readPythonText(text)
  if (read.kind === 'unknown') return 'unknown'
  if (read.kind === 'wrong' || !(read.value instanceof Map)) {
    const detail = read.kind === 'wrong' ? read.message : 'not a dict'
    return { reason: `as it contains an invalid context ${text}. Detail: ${detail}` }
  }
  const groupings: ReadonlyMap<PythonValue, PythonValue> = read.value
  const wrong = ['group_by', 'col_group_by'].find((key) =>
    groupedBy(groupings.get(key)).some((name) => !fields.has(name)),
  )
  return wrong === undefined ? undefined : { reason: `as it contains an invalid ${wrong}.` }
}

/** The fields of a grouping, without their granularity. */
function groupedBy(value: PythonValue | undefined): readonly string[] {
  if (!isTruthy(value)) return []
  const items = typeof value === 'string' ? [value] : (iteratePython(value) ?? [])
  return items.map((item) => String(item).split(':')[0] ?? '')
}

function describe({ name, model, users }: Filter): string {
  const whose = users === null ? `Global Filter '${name}'` : `Filter '${name}' for user '${users}'`
  return `FILTER DISABLED: ${whose} for model '${model}' has been disabled`
}

function reportUnchecked(context: HelperContext, filters: readonly Filter[]): void {
  if (filters.length === 0) return
  context.findings.add({
    code: 'FILTERS_NOT_CHECKED',
    severity: 'info',
    message: `${filters.length} saved filters could not be checked and stay as they are`,
    hint: 'Open them once in the upgraded database: their domains are computed or search computed fields.',
    data: { filters: filters.map(({ id, name, model }) => ({ id, name, model })) },
  })
}
