import type { Sql, SqlValue } from '../../../db/index.js'
import { quoteLiteral } from '../../../text/index.js'

/** A statement as text without parameters, for a session that gives the cells as PostgreSQL's text. */
export function statementText(statement: Sql): string {
  return statement.text.replace(/\$(\d+)/g, (_, n: string) =>
    literal(statement.values[Number(n) - 1] ?? null),
  )
}

function literal(value: SqlValue): string {
  if (value === null) return 'NULL'
  if (typeof value === 'string') return quoteLiteral(value)
  if (typeof value === 'boolean') return String(value)
  if (typeof value === 'number' || typeof value === 'bigint') return `(${value})`
  if (value instanceof Uint8Array) return quoteLiteral(`\\x${Buffer.from(value).toString('hex')}`)
  return quoteLiteral(arrayText(value))
}

function arrayText(items: readonly SqlValue[]): string {
  return `{${items.map(elementText).join(',')}}`
}

function elementText(item: SqlValue): string {
  if (item === null) return 'NULL'
  if (Array.isArray(item)) return arrayText(item)
  if (item instanceof Uint8Array) return elementText(`\\x${Buffer.from(item).toString('hex')}`)
  if (typeof item !== 'string') return String(item)
  return `"${item.replace(/["\\]/g, '\\$&')}"`
}
