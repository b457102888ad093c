import { sql } from '../../../db/index.js'
import { addressOf } from './address.js'
import { isNoMember, isUserSchema } from './catalog-scope.js'
import type { CatalogSource } from './catalog-source.js'
import type { Draft } from './draft.js'
import type { Relation, Relations } from './relations.js'
import { formatOptions, withOptions } from './storage-options.js'
import { tableAlterations } from './table-alterations.js'

interface ViewRow {
  readonly oid: number
  readonly rule: number
  readonly query: string
  readonly [column: string]: unknown
}

const CHECK_OPTION = 'check_option='

/**
 * Views and materialized views. A view whose query must wait (it groups by a primary key, which is
 * made after the rows) begins as a placeholder with the same columns, as pg_dump does it.
 */
export async function readViews(source: CatalogSource, relations: Relations): Promise<Draft[]> {
  const rows = await source.query<ViewRow>(sql`
    SELECT c.oid, r.oid AS rule, pg_get_viewdef(c.oid) AS query
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      JOIN pg_rewrite r ON r.ev_class = c.oid AND r.rulename = '_RETURN'
     WHERE c.relkind IN ('v', 'm') AND ${isUserSchema} AND ${isNoMember('relation', sql`c.oid`)}`)
  return rows.flatMap((row) => {
    const view = relations.get(row.oid)
    if (view === undefined) return []
    const query = row.query.replace(/;\s*$/, '')
    return view.kind === 'v'
      ? [draftView(source, view, row.rule, query)]
      : draftMaterializedView(source, view, row.rule, query)
  })
}

function draftView(source: CatalogSource, view: Relation, rule: number, query: string): Draft {
  const given = view.options ?? []
  const options = withOptions(
    formatOptions(
      source,
      given.filter((option) => !option.startsWith(CHECK_OPTION)),
    ),
  )
  const check = given.find((option) => option.startsWith(CHECK_OPTION))?.slice(CHECK_OPTION.length)
  const ending = check === undefined ? ';' : `\n  WITH ${check.toUpperCase()} CHECK OPTION;`
  const body = addressOf('rule', rule)
  return {
    address: addressOf('relation', view.oid),
    section: 'pre-data',
    description: 'VIEW',
    namespace: view.schema,
    tag: view.name,
    parts: [
      {
        address: body,
        section: 'post-data',
        description: 'RULE',
        namespace: view.schema,
        tag: `${view.name} _RETURN`,
        needs: [addressOf('relation', view.oid)],
        definition: `CREATE OR REPLACE VIEW ${view.qualified}${options} AS\n${query}${ending}`,
      },
    ],
    definition: (isApart) =>
      isApart(body)
        ? `CREATE VIEW ${view.qualified} AS\n${placeholder(view)};`
        : `CREATE VIEW ${view.qualified}${options} AS\n${query}${ending}`,
  }
}

/** A query with the view's columns and no rows to speak of. */
function placeholder(view: Relation): string {
  const columns = view.columns.map(({ quoted, type, collation }) => {
    const collate = collation === null ? '' : ` COLLATE ${collation}`
    return `NULL::${type}${collate} AS ${quoted}`
  })
  return `SELECT\n    ${columns.join(',\n    ')}`
}

function draftMaterializedView(
  source: CatalogSource,
  view: Relation,
  rule: number,
  query: string,
): Draft[] {
  const options = withOptions([
    ...formatOptions(source, view.options),
    ...formatOptions(source, view.toastOptions, 'toast.'),
  ])
  const create = `CREATE MATERIALIZED VIEW ${view.qualified}${options} AS\n${query}\n  WITH NO DATA;`
  const address = addressOf('relation', view.oid)
  const draft: Draft = {
    address,
    section: 'pre-data',
    description: 'MATERIALIZED VIEW',
    namespace: view.schema,
    tag: view.name,
    includes: [addressOf('rule', rule)],
    definition: [create, ...tableAlterations(source, view, () => false)].join('\n\n'),
  }
  if (!view.populated) return [draft]
  return [
    draft,
    {
      address: addressOf('relation', view.oid, 'refresh'),
      section: 'post-data',
      description: 'MATERIALIZED VIEW DATA',
      namespace: view.schema,
      tag: view.name,
      needs: [address],
      definition: `REFRESH MATERIALIZED VIEW ${view.qualified};`,
    },
  ]
}
