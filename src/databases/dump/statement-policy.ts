import { isSingleStatement, SqlTokenizer, tokenizeSql } from '../../text/index.js'
import { decideAlter } from './statement-policy/alter-statements.js'
import { decideComment } from './statement-policy/comments.js'
import { decideCreate } from './statement-policy/create-statements.js'
import { callRefused, isDangerousCall } from './statement-policy/dangerous-functions.js'
import { decideCopy, decideRowChange } from './statement-policy/data-statements.js'
import {
  aboutServer,
  type RestoreTarget,
  reachesFiles,
  reachesNetwork,
  refuse,
  run,
  type StatementDecision,
  skip,
  skipAndTell,
  unexpected,
  unreadable,
} from './statement-policy/decision.js'
import { decideDrop } from './statement-policy/drops.js'
import { decideGrant } from './statement-policy/grants.js'
import { decideInsert } from './statement-policy/inserts.js'
import { decideSelect } from './statement-policy/selects.js'
import { decideReset, decideSet } from './statement-policy/settings.js'
import { StatementCursor } from './statement-policy/statement-cursor.js'

export type {
  RefuseDecision,
  RelationName,
  RestoreTarget,
  RunDecision,
  RunExtension,
  RunForeignKey,
  RunInOrder,
  RunOnTable,
  SkipDecision,
  StatementClass,
  StatementDecision,
} from './statement-policy/decision.js'
export { decideMetaCommand } from './statement-policy/meta-commands.js'

type Rule = (cursor: StatementCursor, target: RestoreTarget) => StatementDecision

/** By the first keyword. */
const RULES: Readonly<Record<string, Rule>> = {
  abort: rollback,
  alter: decideAlter,
  analyze: maintenance,
  begin: () => skip('moult decides about its transactions'),
  checkpoint: maintenance,
  cluster: maintenance,
  comment: decideComment,
  commit: (cursor) =>
    cursor.has('prepared') ? rollback(cursor) : skip('moult decides about its transactions'),
  copy: decideCopy,
  create: decideCreate,
  delete: decideRowChange,
  do: () => refuseBlock(),
  drop: decideDrop,
  end: () => skip('moult decides about its transactions'),
  grant: decideGrant,
  import: () => reachesNetwork('IMPORT FOREIGN SCHEMA'),
  load: () => reachesFiles('LOAD'),
  lock: () => skip('nobody else uses the database'),
  reassign: () => aboutServer('ROLE_STATEMENT', 'REASSIGN OWNED'),
  refresh: (cursor) => run('view', cursor.text),
  reindex: maintenance,
  release: () => skip('moult decides about its transactions'),
  reset: decideReset,
  revoke: decideGrant,
  rollback,
  savepoint: () => skip('moult decides about its transactions'),
  security: () =>
    skipAndTell('info', 'SECURITY_LABEL_SKIPPED', 'Security labels are not taken over'),
  select: decideSelect,
  set: decideSet,
  show: () => skip('it shows something and changes nothing'),
  start: () => skip('moult decides about its transactions'),
  truncate: decideRowChange,
  update: decideRowChange,
  vacuum: maintenance,
}

/** Verbs of statements that name functions without calling them. */
const NAMES_FUNCTIONS: ReadonlySet<string> = new Set(['comment', 'drop', 'grant', 'revoke'])

/**
 * Decides about one statement of a dump that is not trusted: run it (perhaps rewritten for the target),
 * leave it out, or give up. What pg_dump writes of an honest database is never refused without need; what
 * it never writes is. This is the first of two lines: the second is that the dump runs as a role without
 * rights.
 */
export function decideStatement(text: string, target: RestoreTarget): StatementDecision {
  const first = new SqlTokenizer(text).next()
  const verb = first?.kind === 'word' ? first.value : ''
  if (verb === 'insert') return decideInsert(text)
  const tokens = tokenizeSql(text)
  if (tokens.length === 0) return skip('it is empty')
  if (tokens.some(({ kind }) => kind === 'broken' || kind === 'unicodeName')) return unreadable()
  if (!isSingleStatement(tokens)) return unreadable()
  const cursor = new StatementCursor(text, tokens)
  const rule = Object.hasOwn(RULES, verb) ? RULES[verb] : undefined
  if (rule === undefined) return unexpected(describe(verb))
  const decision = rule(cursor, target)
  if (decision.kind !== 'run' || NAMES_FUNCTIONS.has(verb)) return decision
  if (isRoutine(cursor)) return decision
  const call = tokens.find((token, at) => isDangerousCall(token, tokens[at + 1]))
  return call === undefined ? decision : callRefused(call.value)
}

/** Whether an index or other statement calls `unaccent`, which must be marked immutable first. */
export function usesUnaccent(text: string): boolean {
  if (!/unaccent/i.test(text)) return false
  const tokens = tokenizeSql(text)
  return tokens.some(
    ({ kind, value }, at) =>
      (kind === 'word' || kind === 'quotedName') &&
      value === 'unaccent' &&
      tokens[at + 1]?.value === '(',
  )
}

/** Definitions of routines name functions that they do not call yet, their own first of all. */
function isRoutine({ text, tokens }: StatementCursor): boolean {
  const cursor = new StatementCursor(text, tokens)
  if (!cursor.accept('create')) return false
  cursor.accept('or', 'replace')
  return ['function', 'procedure', 'aggregate'].includes(cursor.word)
}

function rollback(cursor: StatementCursor): StatementDecision {
  const [first] = cursor.tokens
  return refuse(
    'TRANSACTION_STATEMENT',
    `${first?.value.toUpperCase()} has no place in a dump: it would undo part of the restore`,
    'Remove it from the file; pg_dump does not write it.',
  )
}

function refuseBlock(): StatementDecision {
  return refuse(
    'DO_BLOCK',
    'The dump holds a DO block, a program that would run during the restore',
    'pg_dump does not write it. If you trust the file, load it with psql into a database of its own and back that up.',
  )
}

function maintenance(): StatementDecision {
  return skip('moult does that itself')
}

function describe(verb: string): string {
  return /^[a-z]+$/.test(verb) ? verb.toUpperCase() : 'This statement'
}
