import { decideAlterTable } from './alter-table.js'
import {
  aboutServer,
  type RestoreTarget,
  reachesNetwork,
  run,
  type StatementDecision,
  skip,
  skipAndTell,
  unexpected,
} from './decision.js'
import { decideDefaultPrivileges } from './grants.js'
import { isName, isSymbol, isWord, type StatementCursor } from './statement-cursor.js'

type Rule = (cursor: StatementCursor, target: RestoreTarget) => StatementDecision

/** By the keyword behind ALTER; the cursor is behind it. */
const RULES: Readonly<Record<string, Rule>> = {
  access: leftOut,
  aggregate: schema,
  collation: schema,
  conversion: schema,
  database: () =>
    skipAndTell(
      'info',
      'DATABASE_COMMAND_IGNORED',
      'Settings of the dumped database itself (ALTER DATABASE) are not taken over',
    ),
  default: decideDefaultPrivileges,
  domain: schema,
  event: leftOut,
  extension: () => skip('extensions are created as the server has them'),
  foreign: () => reachesNetwork('ALTER FOREIGN TABLE or DATA WRAPPER'),
  function: schema,
  group: role,
  index: (cursor) => (tablespace(cursor) ? skip('tablespaces are not taken over') : other(cursor)),
  language: leftOut,
  large: leftOut,
  materialized: (cursor) => (cursor.has('cluster', 'on') ? other(cursor) : view(cursor)),
  operator: (cursor) =>
    cursor.word === 'class' || cursor.word === 'family' ? leftOut() : schema(cursor),
  policy: other,
  procedural: leftOut,
  procedure: schema,
  publication: leftOut,
  role,
  routine: schema,
  rule: other,
  schema,
  sequence: schema,
  server: () => reachesNetwork('ALTER SERVER'),
  statistics: other,
  subscription: leftOut,
  system: () => aboutServer('SERVER_STATEMENT', 'ALTER SYSTEM'),
  table: decideAlterTable,
  tablespace: () => aboutServer('SERVER_STATEMENT', 'ALTER TABLESPACE'),
  text: schema,
  trigger: other,
  type: schema,
  user: (cursor) =>
    cursor.word === 'mapping' ? reachesNetwork('ALTER USER MAPPING') : role(cursor),
  view,
}

export function decideAlter(cursor: StatementCursor, target: RestoreTarget): StatementDecision {
  cursor.accept('alter')
  const what = cursor.word
  const rule = Object.hasOwn(RULES, what) ? RULES[what] : undefined
  if (rule === undefined) return unexpected(`ALTER ${what.toUpperCase()}`)
  cursor.at += 1
  return endsWithOwner(cursor) ? skip('objects belong to whoever restores') : rule(cursor, target)
}

/** `… OWNER TO role`, which pg_dump writes for every object unless asked not to. */
function endsWithOwner({ tokens, outside }: StatementCursor): boolean {
  const { length } = tokens
  if (outside.some((token) => isSymbol(token, ','))) return false
  const owner = isWord(tokens[length - 3], 'owner') && isWord(tokens[length - 2], 'to')
  return owner && isName(tokens[length - 1])
}

function schema(cursor: StatementCursor): StatementDecision {
  return run('schema', cursor.text)
}

function view(cursor: StatementCursor): StatementDecision {
  return run('view', cursor.text)
}

function other(cursor: StatementCursor): StatementDecision {
  return run('other', cursor.text)
}

function leftOut(): StatementDecision {
  return skip('what it is about is not restored')
}

function tablespace(cursor: StatementCursor): boolean {
  return cursor.has('set', 'tablespace')
}

/** `ALTER ROLE … IN DATABASE … SET` is what `pg_dump --create` writes; the rest is not its business. */
function role(cursor: StatementCursor): StatementDecision {
  if (!cursor.has('in', 'database')) return aboutServer('ROLE_STATEMENT', 'ALTER ROLE')
  return skipAndTell(
    'info',
    'DATABASE_COMMAND_IGNORED',
    'Settings of roles within the dumped database (ALTER ROLE … IN DATABASE) are not taken over',
  )
}
