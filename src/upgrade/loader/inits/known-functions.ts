import { quoteIdentifier, quoteLiteral } from '../../../text/index.js'
import { type CodeValue, isList, isTruthy, textOf, unreadable } from './code-value.js'
import type { Facts } from './facts.js'
import { identifier } from './format-text.js'

/** What functions of outside work with. */
export interface FunctionScope {
  readonly facts: Facts
  /** Takes a statement that changes something. */
  readonly effect: (statement: string) => void
}

/** A call, its first argument without the cursor. */
export interface KnownCall {
  readonly args: readonly CodeValue[]
  readonly keywords: ReadonlyMap<string, CodeValue>
}

type KnownFunction = (call: KnownCall, scope: FunctionScope) => CodeValue

/** Functions of odoo/tools/sql.py and of Python that methods of models use, by name. */
export const KNOWN_FUNCTIONS: Readonly<Record<string, KnownFunction>> = {
  drop_view_if_exists: ({ args: [view] }, { facts, effect }) => {
    const name = textOf(view ?? null)
    const kind = kindOf(name, facts)
    if (kind === 'v') effect(`DROP VIEW ${quoteIdentifier(name)} CASCADE`)
    if (kind === 'm') effect(`DROP MATERIALIZED VIEW ${quoteIdentifier(name)} CASCADE`)
    return null
  },
  table_exists: ({ args: [table] }, { facts }) =>
    kindOf(textOf(table ?? null), facts) !== undefined,
  table_kind: ({ args: [table] }, { facts }) => kindOf(textOf(table ?? null), facts) ?? null,
  column_exists: ({ args: [table, column] }, { facts }) =>
    facts.catalogRows(
      `SELECT 1 AS found FROM information_schema.columns WHERE table_name = ${literal(table)} AND column_name = ${literal(column)}`,
    ).length > 0,
  index_exists: ({ args: [index] }, { facts }) => hasIndex(index, facts),
  create_column: ({ args: [table, column, type] }, { effect }) => {
    const isBoolean = textOf(type ?? null).toUpperCase() === 'BOOLEAN'
    effect(
      `ALTER TABLE ${name(table)} ADD COLUMN ${name(column)} ${textOf(type ?? null)}${isBoolean ? ' DEFAULT false' : ''}`,
    )
    return null
  },
  create_index: ({ args, keywords }, { facts, effect }) => {
    const [index, table, expressions] = args
    if (hasIndex(index, facts)) return null
    const method = args[3] ?? keywords.get('method') ?? 'btree'
    const where = args[4] ?? keywords.get('where') ?? ''
    effect(
      `CREATE INDEX IF NOT EXISTS ${name(index)} ON ${name(table)} USING ${textOf(method)} (${listed(expressions)})${isTruthy(where) ? ` WHERE ${textOf(where)}` : ''}`,
    )
    return null
  },
  create_unique_index: ({ args: [index, table, expressions] }, { facts, effect }) => {
    if (hasIndex(index, facts)) return null
    effect(
      `CREATE UNIQUE INDEX IF NOT EXISTS ${name(index)} ON ${name(table)} (${listed(expressions)})`,
    )
    return null
  },
  drop_index: ({ args: [index] }, { effect }) => {
    effect(`DROP INDEX IF EXISTS ${name(index)}`)
    return null
  },
  SQL: ({ args }) => {
    const [text, ...parameters] = args
    if (parameters.length > 0) return unreadable('SQL with parameters')
    return { kind: 'sql', text: textOf(text ?? '') }
  },
  Identifier: ({ args }) => identifier(args),
  Placeholder: ({ args: [value] }) => ({ kind: 'sql', text: `%(${textOf(value ?? null)})s` }),
  Literal: ({ args: [value] }) => ({ kind: 'sql', text: literal(value) }),
  len: ({ args: [value] }) =>
    isList(value ?? null) || typeof value === 'string'
      ? (value as readonly CodeValue[] | string).length
      : unreadable('len of an object'),
  str: ({ args: [value] }) => textOf(value ?? null),
  int: ({ args: [value] }) => {
    const number = Number(textOf(value ?? null))
    return Number.isInteger(number) ? number : unreadable('int')
  },
  list: ({ args: [value] }) => sequence(value),
  tuple: ({ args: [value] }) => sequence(value),
  sorted: ({ args: [value] }) => [...sequence(value)].sort(),
  bool: ({ args: [value] }) => isTruthy(value ?? null),
  hasattr: () => unreadable('hasattr'),
}

function sequence(value: CodeValue | undefined): readonly CodeValue[] {
  return value !== undefined && isList(value) ? value : unreadable('a list of an object')
}

function kindOf(table: string, facts: Facts): string | undefined {
  const [row] = facts.catalogRows(
    `SELECT c.relkind::text AS kind FROM pg_class c WHERE c.relname = ${quoteLiteral(table)} AND c.relnamespace = 'public'::regnamespace`,
  )
  return typeof row?.kind === 'string' ? row.kind : undefined
}

function hasIndex(index: CodeValue | undefined, facts: Facts): boolean {
  return (
    facts.catalogRows(`SELECT 1 AS found FROM pg_indexes WHERE indexname = ${literal(index)}`)
      .length > 0
  )
}

function literal(value: CodeValue | undefined): string {
  return quoteLiteral(textOf(value ?? null))
}

function name(value: CodeValue | undefined): string {
  return quoteIdentifier(textOf(value ?? null))
}

function listed(value: CodeValue | undefined): string {
  return sequence(value).map(textOf).join(', ')
}
