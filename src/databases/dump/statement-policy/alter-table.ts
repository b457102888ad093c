import { quoteIdentifier } from '../../../text/index.js'
import { PG18, virtualColumn, virtualRefused } from './create-table.js'
import {
  type RelationName,
  type RestoreTarget,
  run,
  type StatementDecision,
  skip,
  unexpected,
} from './decision.js'
import { asCheck, notNullConstraint } from './not-null-constraints.js'
import { accessMethodIgnored } from './settings.js'
import { isSymbol, isWord, nameText, StatementCursor } from './statement-cursor.js'

const COMPRESSION_SINCE = 140_000

/** ALTER TABLE; the cursor is behind that keyword. */
export function decideAlterTable(
  cursor: StatementCursor,
  target: RestoreTarget,
): StatementDecision {
  cursor.accept('if', 'exists')
  cursor.accept('only')
  if (cursor.word === 'all') return skip('tablespaces are not taken over')
  const table = cursor.name()
  if (table === undefined) return unexpected('This form of ALTER TABLE')
  cursor.acceptSymbol('*')
  if (target.serverVersion < PG18) {
    const virtual = virtualColumn(cursor.rest)
    if (virtual !== undefined) return virtualRefused(`${nameText(table)}.${virtual}`)
  }
  if (cursor.outside.some((token) => isSymbol(token, ','))) return decideSeveral(cursor)
  return decideAction(cursor, table, target)
}

/** Several actions at once come from people, not from pg_dump, and stay in their order. */
function decideSeveral(cursor: StatementCursor): StatementDecision {
  const keys = cursor.has('add', 'constraint') || cursor.has('key') || cursor.has('add', 'unique')
  return run(keys ? 'other' : 'schema', cursor.text)
}

function decideAction(
  cursor: StatementCursor,
  table: RelationName,
  target: RestoreTarget,
): StatementDecision {
  const { text } = cursor
  switch (cursor.word) {
    case 'add':
      return decideAdd(cursor, table, target)
    case 'alter':
      return decideAlterColumn(cursor, target)
    case 'drop':
      return cursor.wordAt(1) === 'constraint' ? dropped() : run('schema', text)
    case 'detach':
      return dropped()
    case 'validate':
      return run('other', text)
    case 'enable':
    case 'disable':
      return decideEnable(cursor)
    case 'force':
    case 'no':
    case 'cluster':
    case 'replica':
      return run(cursor.wordAt(1) === 'inherit' ? 'schema' : 'other', text)
    case 'set':
      return decideTableSet(cursor)
    default:
      return run('schema', text)
  }
}

/** `pg_dump --clean` drops what a fresh database does not have. */
function dropped(): StatementDecision {
  return skip('the database is empty')
}

function decideAdd(
  cursor: StatementCursor,
  table: RelationName,
  target: RestoreTarget,
): StatementDecision {
  const { text } = cursor
  const start = cursor.at
  cursor.accept('add')
  const constraint = cursor.rest
  if (cursor.accept('constraint')) cursor.name()
  switch (cursor.word) {
    case 'primary':
    case 'unique':
    case 'exclude':
    case 'check':
      return { kind: 'run', class: 'constraint', text, table }
    case 'foreign': {
      const references = referencedTable(cursor)
      if (references === undefined) return unexpected('This foreign key')
      return { kind: 'run', class: 'foreignKey', text, table, references }
    }
    case 'not': {
      const notNull = notNullConstraint(constraint)
      if (target.serverVersion >= PG18 || notNull === undefined) return run('schema', text)
      const action = notNull.notValid
        ? `ADD ${asCheck(notNull)}`
        : `ALTER COLUMN ${quoteIdentifier(notNull.column)} SET NOT NULL`
      return run('schema', text.slice(0, cursor.tokens[start]?.start) + action)
    }
    default:
      return run('schema', text)
  }
}

function referencedTable(cursor: StatementCursor): RelationName | undefined {
  const at = cursor.tokens.findIndex(
    (token, index) => index > cursor.at && isWord(token, 'references'),
  )
  if (at < 0) return undefined
  const behind = new StatementCursor(cursor.text, cursor.tokens.slice(at + 1))
  behind.accept('only')
  return behind.name()
}

function decideAlterColumn(cursor: StatementCursor, target: RestoreTarget): StatementDecision {
  if (cursor.has('drop', 'default')) return dropped()
  if (cursor.has('set', 'compression')) return decideCompression(cursor, target)
  return run('schema', cursor.text)
}

/** How large values are compressed changes nothing about them, and not every build knows lz4. */
function decideCompression(cursor: StatementCursor, target: RestoreTarget): StatementDecision {
  const known = target.serverVersion >= COMPRESSION_SINCE
  return known && (target.engine === 'server' || cursor.has('compression', 'pglz'))
    ? run('schema', cursor.text)
    : skip('the target compresses in its own way')
}

/** ALL and USER triggers are switched by `--disable-triggers`, around rows. */
function decideEnable(cursor: StatementCursor): StatementDecision {
  const which = cursor.wordAt(2)
  return cursor.wordAt(1) === 'trigger' && (which === 'all' || which === 'user')
    ? skip('rows are loaded before there are triggers')
    : run('other', cursor.text)
}

function decideTableSet(cursor: StatementCursor): StatementDecision {
  cursor.accept('set')
  if (cursor.word === 'tablespace') return skip('tablespaces are not taken over')
  if (cursor.accept('without', 'oids') || cursor.accept('with', 'oids')) {
    return skip('tables have no hidden columns any more')
  }
  if (cursor.accept('access', 'method')) {
    const method = cursor.name()?.name ?? 'default'
    return method === 'heap' || method === 'default'
      ? skip('it is the default')
      : accessMethodIgnored(method)
  }
  return run('schema', cursor.text)
}
