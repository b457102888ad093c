import { reachesFiles, refuse, run, type StatementDecision, unexpected } from './decision.js'
import { isSystemName, isWord, nameText, type StatementCursor } from './statement-cursor.js'

/** INSERT, UPDATE, DELETE and TRUNCATE: `pg_dump --inserts`, and scripts appended by hand. */
export function decideRowChange(cursor: StatementCursor): StatementDecision {
  const verb = cursor.acceptOne('insert', 'update', 'delete', 'truncate')
  cursor.acceptOne('into', 'from', 'table')
  cursor.accept('only')
  const table = cursor.name()
  if (table === undefined) return unexpected(`This form of ${verb.toUpperCase()}`)
  if (isSystemName(table)) return systemTable(nameText(table))
  return run('data', cursor.text)
}

/** COPY: only what pg_dump writes, `COPY table (columns) FROM stdin`. */
export function decideCopy(cursor: StatementCursor): StatementDecision {
  cursor.accept('copy')
  const table = cursor.name()
  if (table === undefined) return unexpected('COPY of a query')
  cursor.parenthesized()
  if (cursor.rest.some((token) => isWord(token, 'oids'))) {
    return refuse(
      'OIDS_DATA',
      `The rows of ${nameText(table)} were dumped with their hidden column "oid"`,
      'Dump again without the option --oids (-o).',
    )
  }
  const direction = cursor.acceptOne('from', 'to')
  if (cursor.word === 'program') return reachesFiles('COPY … PROGRAM')
  if (cursor.next?.kind === 'string' || cursor.next?.kind === 'unicodeString') {
    return reachesFiles(`COPY of the file '${cursor.next.value}'`)
  }
  if (direction !== 'from' || !cursor.accept('stdin')) return unexpected('This form of COPY')
  if (isSystemName(table)) return systemTable(nameText(table))
  if (cursor.rest.some(({ value }) => value === 'binary'))
    return unexpected('COPY in binary format')
  return run('data', cursor.text)
}

function systemTable(name: string): StatementDecision {
  return refuse(
    'SYSTEM_CATALOG',
    `The dump writes into PostgreSQL's own table ${name}`,
    'Dump again with an unmodified pg_dump, without its option --binary-upgrade.',
  )
}
