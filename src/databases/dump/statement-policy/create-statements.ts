import { quoteIdentifier } from '../../../text/index.js'
import { decideCreateFunction } from './create-function.js'
import { decideCreateIndex } from './create-index.js'
import { decideCreateTable } from './create-table.js'
import {
  aboutServer,
  type RestoreTarget,
  reachesNetwork,
  run,
  type StatementDecision,
  skip,
  skipAndTell,
  superuserOnly,
  unexpected,
} from './decision.js'
import { decideCreateExtension } from './extensions.js'
import { isSymbol, isWord, nameText, type StatementCursor } from './statement-cursor.js'

type Rule = (cursor: StatementCursor, target: RestoreTarget) => StatementDecision

/** By the keyword behind CREATE, modifiers taken off; the cursor is behind it. */
const RULES: Readonly<Record<string, Rule>> = {
  access: (cursor) => superuserOnly(`The access method ${second(cursor)}`),
  aggregate: schema,
  cast: decideCast,
  collation: schema,
  conversion: schema,
  database: () =>
    skipAndTell(
      'info',
      'DATABASE_COMMAND_IGNORED',
      'CREATE DATABASE of the dump is not run: the database is the one you named',
    ),
  domain: schema,
  event: (cursor) => superuserOnly(`The event trigger ${second(cursor)}`),
  foreign: (cursor) => reachesNetwork(`CREATE FOREIGN ${cursor.word.toUpperCase()}`),
  function: decideCreateFunction,
  group: () => aboutServer('ROLE_STATEMENT', 'CREATE GROUP'),
  index: decideCreateIndex,
  language: decideLanguage,
  materialized: (cursor) => run('view', cursor.text),
  operator: (cursor) =>
    cursor.word === 'class' || cursor.word === 'family'
      ? superuserOnly(`The operator ${cursor.word} ${second(cursor)}`)
      : run('schema', cursor.text),
  policy: other,
  procedure: decideCreateFunction,
  publication: (cursor) => replication(`The publication ${nameText(cursor.name())}`),
  role: () => aboutServer('ROLE_STATEMENT', 'CREATE ROLE'),
  rule: (cursor) => run(cursor.name()?.name === '_RETURN' ? 'view' : 'other', cursor.text),
  schema: decideSchema,
  sequence: schema,
  server: () => reachesNetwork('CREATE SERVER'),
  statistics: other,
  subscription: (cursor) => replication(`The subscription ${nameText(cursor.name())}`),
  table: decideCreateTable,
  tablespace: () => aboutServer('SERVER_STATEMENT', 'CREATE TABLESPACE'),
  text: decideTextSearch,
  transform: () => superuserOnly('A transform'),
  trigger: other,
  type: schema,
  user: (cursor) =>
    cursor.word === 'mapping'
      ? reachesNetwork('CREATE USER MAPPING')
      : aboutServer('ROLE_STATEMENT', 'CREATE USER'),
  view: decideView,
}

const MODIFIERS = [
  ...['global', 'local', 'temporary', 'temp', 'unlogged', 'recursive', 'unique', 'constraint'],
  ...['default', 'trusted', 'procedural'],
]

export function decideCreate(cursor: StatementCursor, target: RestoreTarget): StatementDecision {
  cursor.accept('create')
  if (cursor.word === 'extension') return decideCreateExtension(cursor, target)
  cursor.accept('or', 'replace')
  while (cursor.acceptOne(...MODIFIERS) !== '');
  const what = cursor.word
  const rule = Object.hasOwn(RULES, what) ? RULES[what] : undefined
  if (rule === undefined) return unexpected(`CREATE ${what.toUpperCase()}`)
  cursor.at += 1
  return rule(cursor, target)
}

function schema(cursor: StatementCursor): StatementDecision {
  return run('schema', cursor.text)
}

function other(cursor: StatementCursor): StatementDecision {
  return run('other', cursor.text)
}

/** The name behind one more keyword (`EVENT TRIGGER name`). */
function second(cursor: StatementCursor): string {
  cursor.at += 1
  return nameText(cursor.name())
}

/** `CREATE SCHEMA name [AUTHORIZATION role]`, without the role, which need not exist. */
function decideSchema(cursor: StatementCursor): StatementDecision {
  cursor.accept('if', 'not', 'exists')
  const alone = cursor.accept('authorization')
  const name = cursor.name()
  const owned = alone || cursor.accept('authorization')
  if (owned && !alone) cursor.name()
  if (name === undefined || name.schema !== undefined || !cursor.done) {
    return unexpected('This form of CREATE SCHEMA')
  }
  if (name.name === 'public') return skip('every database has it')
  return run('schema', owned ? `CREATE SCHEMA ${quoteIdentifier(name.name)}` : cursor.text)
}

/**
 * Before `--clean` drops a view that others need, pg_dump replaces it by a picture of NULLs; on an empty
 * database that would come before the view's types.
 */
function decideView(cursor: StatementCursor): StatementDecision {
  const replaced = isWord(cursor.tokens[1], 'or')
  if (replaced && isPlaceholder(cursor)) return skip('it prepares the dropping of a view')
  return run('view', cursor.text)
}

function isPlaceholder(cursor: StatementCursor): boolean {
  cursor.name()
  if (cursor.accept('with')) cursor.parenthesized()
  if (!cursor.accept('as', 'select')) return false
  const { outside } = cursor
  const starts = [0, ...outside.flatMap((token, at) => (isSymbol(token, ',') ? [at + 1] : []))]
  return starts.every((at) => isWord(outside[at], 'null') && isSymbol(outside[at + 1], ':'))
}

/** Languages belong to the server: plpgsql is there, the others come as extensions. */
function decideLanguage(cursor: StatementCursor): StatementDecision {
  const name = cursor.acceptString() ?? cursor.name()?.name ?? '?'
  return name === 'plpgsql' ? skip('every database has it') : superuserOnly(`The language ${name}`)
}

/** Needs to own one of the types, so both must not be PostgreSQL's, and there must be a function. */
function decideCast(cursor: StatementCursor): StatementDecision {
  const types = cursor.parenthesized() ?? []
  const owned = types.some(
    (token, at) => isSymbol(token, '.') && types[at - 1]?.value !== 'pg_catalog',
  )
  if (owned && !cursor.accept('without', 'function')) return run('schema', cursor.text)
  return superuserOnly(`The cast (${types.map(({ value }) => value).join(' ')})`)
}

function decideTextSearch(cursor: StatementCursor): StatementDecision {
  cursor.accept('search')
  if (cursor.word === 'parser' || cursor.word === 'template') {
    return superuserOnly(`The text search ${cursor.word} ${second(cursor)}`)
  }
  return run('schema', cursor.text)
}

function replication(what: string): StatementDecision {
  return skipAndTell(
    'warning',
    'REPLICATION_SKIPPED',
    `${what} was left out: a restored database neither sends nor receives changes`,
    'Create it by hand when the database is to take part in replication.',
  )
}
