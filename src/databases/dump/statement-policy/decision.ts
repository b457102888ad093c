import type { Finding } from '../../../base/index.js'
import type { EngineKind } from '../../../db/index.js'

/** Where a dump is to be loaded. */
export interface RestoreTarget {
  /** `server_version_num`, such as 150018. */
  readonly serverVersion: number
  readonly engine: EngineKind
  /** Whether GRANT, REVOKE and ALTER DEFAULT PRIVILEGES are run; the roles must be there. */
  readonly keepGrants: boolean
  /** Names that `pg_available_extensions` lists. */
  readonly availableExtensions: ReadonlySet<string>
}

/** A table or other relation as a statement names it. */
export interface RelationName {
  readonly schema: string | undefined
  readonly name: string
}

/**
 * What a statement is about. `schema`: objects that rows need; `data`: rows; `sequence`: a sequence's
 * value; `other`: triggers, rules, policies and the like.
 *
 * The order of the dump is always a right one. Neighbouring `index` and `constraint` statements may run
 * side by side when their tables differ, neighbouring `foreignKey` statements too (each locks both of its
 * tables). Everything else waits for what stands before it: a view may need a primary key. Only `comment`
 * statements can all be left to the end.
 */
export type StatementClass = RunDecision['class']

/** What to do with a statement of a dump that is not trusted. */
export type StatementDecision = RunDecision | SkipDecision | RefuseDecision

/** Run `text`, which may differ from what the dump says, and which is one statement. */
export type RunDecision = RunInOrder | RunOnTable | RunForeignKey | RunExtension

export interface RunInOrder {
  readonly kind: 'run'
  readonly class: 'schema' | 'data' | 'sequence' | 'view' | 'setting' | 'comment' | 'other'
  readonly text: string
  /** What is not the same as in the dump. */
  readonly finding?: Finding
}

/** Statements about different tables may run at the same time. */
export interface RunOnTable {
  readonly kind: 'run'
  readonly class: 'index' | 'constraint'
  readonly text: string
  readonly table: RelationName
}

/** Needs the data of both tables and the keys of the second; locks both. */
export interface RunForeignKey {
  readonly kind: 'run'
  readonly class: 'foreignKey'
  readonly text: string
  readonly table: RelationName
  readonly references: RelationName
}

export interface RunExtension {
  readonly kind: 'run'
  readonly class: 'extension'
  readonly text: string
  readonly extension: string
  /**
   * It is well known and stays within its database, so that it may be created with more rights than the
   * rest of the dump has.
   */
  readonly harmless: boolean
}

/** Leave the statement out. */
export interface SkipDecision {
  readonly kind: 'skip'
  /** For logs: why. */
  readonly reason: string
  /** Absent where nobody needs to know. */
  readonly finding?: Finding
}

/** Give up on the whole dump. */
export interface RefuseDecision {
  readonly kind: 'refuse'
  readonly code: string
  readonly message: string
  readonly hint: string
}

export function run(kind: RunInOrder['class'], text: string, finding?: Finding): RunInOrder {
  return { kind: 'run', class: kind, text, ...(finding && { finding }) }
}

/** Leaves something out that nobody will miss. */
export function skip(reason: string): SkipDecision {
  return { kind: 'skip', reason }
}

/** Leaves something out and says so. */
export function skipAndTell(
  severity: 'info' | 'warning',
  code: string,
  message: string,
  hint?: string,
): SkipDecision {
  const finding: Finding = { code, severity, message, ...(hint !== undefined && { hint }) }
  return { kind: 'skip', reason: message, finding }
}

export function refuse(code: string, message: string, hint: string): RefuseDecision {
  return { kind: 'refuse', code, message, hint }
}

const BY_HAND =
  'pg_dump does not write this. If you trust the file, load it with psql into a database of its own and back that up.'

/** Refuses what has no place in a dump. */
export function unexpected(what: string): RefuseDecision {
  return refuse('UNEXPECTED_STATEMENT', `${what} has no place in a dump`, BY_HAND)
}

/** Refuses what PostgreSQL might read in another way than moult does. */
export function unreadable(): RefuseDecision {
  return refuse(
    'UNREADABLE_STATEMENT',
    'The dump holds a statement that cannot be read without doubt',
    'Dump again with an unmodified pg_dump.',
  )
}

/** Refuses what is about the server and its users, not about one database. */
export function aboutServer(
  code: 'ROLE_STATEMENT' | 'SERVER_STATEMENT',
  what: string,
): RefuseDecision {
  return refuse(
    code,
    `${what} is about the whole server, not about one database`,
    'Restore the output of pg_dump, not that of pg_dumpall; roles and settings of the server are the administrator’s.',
  )
}

/** Refuses what would reach files or programs of the server. */
export function reachesFiles(what: string): RefuseDecision {
  return refuse(
    'SERVER_FILE_ACCESS',
    `${what} reaches files or programs of the database server`,
    BY_HAND,
  )
}

/** Refuses what would reach other servers. */
export function reachesNetwork(what: string): RefuseDecision {
  return refuse(
    'NETWORK_ACCESS',
    `${what} reaches other servers`,
    'Drop it in the source database and dump again; create it by hand after the restore if it is still needed.',
  )
}

/** Leaves out an object that only a superuser can create, as the restore has no such rights. */
export function superuserOnly(what: string): SkipDecision {
  return skipAndTell(
    'warning',
    'SUPERUSER_OBJECT_SKIPPED',
    `${what} was left out: only a superuser can create it`,
    'Create it by hand as a superuser if something needs it.',
  )
}
