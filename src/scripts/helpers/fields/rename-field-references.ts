import { id, join, type Sql, sql } from '../../../db/index.js'
import type { HelperContext } from '../helper-context.js'
import { runLoggedTogether, type TableChange } from '../run-logged.js'
import { type KnownColumns, readColumns } from '../schema/column-exists.js'

export type FieldReferenceRename = readonly [model: string, from: string, to: string]

/** Keys of a filter's context whose lists hold field names. */
const LIST_KEYS = [
  'group_by',
  'col_group_by',
  'graph_groupbys',
  'pivot_measures',
  'pivot_row_groupby',
  'pivot_column_groupby',
]
/** Tables whose texts name fields. */
export const REFERRING_TABLES = ['ir_exports_line', 'ir_filters', 'mail_alias'] as const
const GRANULARITY = '(:day|:week|:month|:year)?'

/**
 * Renames a field where saved texts name it: export profiles, domains and contexts of favourites, defaults
 * of mail aliases. Every quoted word of a domain equal to the old name is replaced, values included, as
 * openupgradelib does; paths (`partner_id.city`) are not.
 */
export async function renameFieldReferences(
  context: HelperContext,
  renames: readonly FieldReferenceRename[],
): Promise<void> {
  const known = await readColumns(context.session, REFERRING_TABLES)
  for (const rename of renames) {
    await runLoggedTogether(context, referenceStatements(known, rename))
  }
}

/** What renames a field in the texts of tables whose columns are known. */
export function referenceStatements(
  known: KnownColumns,
  [model, from, to]: FieldReferenceRename,
): readonly TableChange[] {
  const statements: TableChange[] = []
  if (known.has('ir_exports_line', 'name', 'export_id')) {
    statements.push({
      table: 'ir_exports_line',
      statement: sql`
      UPDATE ir_exports_line l SET name = ${to}
        FROM ir_exports e
       WHERE e.id = l.export_id AND l.name = ${from} AND e.resource = ${model}`,
    })
  }
  const texts = [
    ...(known.has('ir_filters', 'domain') ? [rewritten('domain', [inDomain(from, to)])] : []),
    ...(known.has('ir_filters', 'context') ? [rewritten('context', inContext(from, to))] : []),
  ]
  if (texts.length > 0) {
    statements.push({
      table: 'ir_filters',
      statement: sql`
      UPDATE ir_filters SET ${join(texts.map(({ assignment }) => assignment))}
       WHERE model_id = ${model} AND (${join(
         texts.flatMap(({ matches }) => matches),
         ' OR ',
       )})`,
    })
  }
  if (known.has('mail_alias', 'alias_defaults', 'alias_model_id')) {
    statements.push({
      table: 'mail_alias',
      statement: sql`
      UPDATE mail_alias a SET alias_defaults = replace(alias_defaults, ${`'${from}'`}, ${`'${to}'`})
        FROM ir_model m
       WHERE m.id = a.alias_model_id AND m.model = ${model} AND strpos(a.alias_defaults, ${`'${from}'`}) > 0`,
    })
  }
  return statements
}

interface Replacement {
  readonly pattern: string
  readonly replacement: string
}

/** A column with all replacements, one after the other, and when the first of them has something to do. */
function rewritten(
  column: string,
  replacements: readonly Replacement[],
): { readonly assignment: Sql; readonly matches: readonly Sql[] } {
  const name = id(column)
  const text = replacements.reduce(
    (before, { pattern, replacement }) =>
      sql`regexp_replace(${before}, ${pattern}, ${replacement}, 'g')`,
    name,
  )
  return {
    assignment: sql`${name} = ${text}`,
    matches: replacements.map(({ pattern }) => sql`${name} ~ ${pattern}`),
  }
}

function inDomain(from: string, to: string): Replacement {
  return {
    pattern: `(['"])${escapePattern(from)}(['"])`,
    replacement: `\\1${escapeReplacement(to)}\\2`,
  }
}

/** One for each key: a pattern over all of them would change the first only. */
function inContext(from: string, to: string): readonly Replacement[] {
  const name = `'${escapePattern(from)}${GRANULARITY}'`
  const lists = LIST_KEYS.map((key) => ({
    pattern: `('${key}'):([\\s*][^\\]]*)${name}(.*?\\])`,
    replacement: `\\1:\\2'${escapeReplacement(to)}\\3'\\4`,
  }))
  const measure = {
    pattern: `'graph_measure':([\\s*])${name}`,
    replacement: `'graph_measure':\\1'${escapeReplacement(to)}\\2'`,
  }
  return [...lists, measure]
}

function escapePattern(name: string): string {
  return name.replace(/\W/g, '\\$&')
}

function escapeReplacement(name: string): string {
  return name.replaceAll('\\', '\\\\')
}
