import type { DatabaseError } from '../../../db/index.js'

const FIELDS = [
  'severity',
  'detail',
  'hint',
  'where',
  'schema',
  'table',
  'column',
  'constraint',
  'dataType',
  'internalPosition',
  'internalQuery',
  'file',
  'line',
  'routine',
] as const

/** What psycopg2's exceptions have: PostgreSQL's own fields, and the statement that failed. */
export function databaseErrorFields(error: DatabaseError): Readonly<Record<string, unknown>> {
  const cause: unknown = error.cause
  const source = typeof cause === 'object' && cause !== null ? cause : {}
  const present = FIELDS.flatMap((field) => {
    const value: unknown = Reflect.get(source, field)
    return typeof value === 'string' && value !== '' ? [[field, value] as const] : []
  })
  return {
    code: error.sqlState,
    message: cause instanceof Error ? cause.message : error.message,
    ...Object.fromEntries(present),
    ...(error.position !== undefined && { position: error.position }),
    sql: error.statement,
  }
}
