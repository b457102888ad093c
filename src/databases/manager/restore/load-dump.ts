import { type Finding, Findings, type Progress, type Step, UserError } from '../../../base/index.js'
import {
  DatabaseError,
  hasSqlState,
  type RunElevated,
  raw,
  type Session,
} from '../../../db/index.js'
import {
  type DumpCopy,
  type DumpItem,
  type DumpStatement,
  decideMetaCommand,
  decideStatement,
  type RefuseDecision,
  type RestoreTarget,
  type RunDecision,
  type SkipDecision,
  type StatementDecision,
  usesUnaccent,
} from '../../dump/index.js'
import { UNACCENT_IMMUTABLE } from '../create-database.js'
import { inFile } from './in-file.js'
import { mergeAlterations } from './merge-alterations.js'

export interface LoadOptions {
  readonly session: Session
  readonly elevated: RunElevated
  /** What statements are decided for. */
  readonly target: RestoreTarget
  /** Shown in errors: the file, or the member of an archive. */
  readonly file: string
  readonly progress: Progress
  /** Bytes of the dump, for the bar; undefined when they are not known. */
  readonly size?: number
}

/** Statements are sent in groups of about this many characters, each group a transaction. */
const GROUP_LENGTH = 128 * 1024
const SETTINGS = raw(`
  SET statement_timeout = 0; SET lock_timeout = 0; SET idle_in_transaction_session_timeout = 0;
  SET standard_conforming_strings = on; SET check_function_bodies = off; SET xmloption = content;
  SET client_min_messages = warning; SET row_security = off; SET search_path = ''`)

interface Decided {
  readonly item: DumpStatement
  readonly decision: RunDecision
}

/**
 * Loads a dump into an empty database. Statements are decided one by one (a dump may be a stranger's),
 * sent in groups, and when a group fails one by one again, so that the error names the statement and its
 * line.
 *
 * Errors: DUMP_STATEMENT_FAILED, DUMP_STATEMENT_REFUSED and what the reader of the dump raises.
 */
export async function loadDump(
  items: AsyncIterable<DumpItem>,
  options: LoadOptions,
): Promise<readonly Finding[]> {
  const loader = new DumpLoader(options)
  const { progress, size } = options
  const step = { unit: 'bytes', ...(size !== undefined && { total: size }) }
  await progress.step('Loading the dump', step, (running) => loader.load(items, running))
  return loader.findings.list()
}

class DumpLoader {
  readonly findings = new Findings()
  readonly #options: LoadOptions
  #group: Decided[] = []
  #length = 0

  constructor(options: LoadOptions) {
    this.#options = options
  }

  async load(items: AsyncIterable<DumpItem>, step: Step): Promise<void> {
    await this.#options.session.execute(SETTINGS)
    for await (const item of items) {
      if (item.kind === 'statement') {
        this.#take(item)
        step.advance(item.text.length)
        if (this.#length >= GROUP_LENGTH) await this.#flush()
      } else if (item.kind === 'copy') {
        await this.#flush()
        await this.#copy(item, step)
      } else {
        this.#takeMeta(item.text, item.line)
      }
    }
    await this.#flush()
  }

  #take(item: DumpStatement): void {
    const decision = this.#decide(item.text, item.line)
    if (decision.kind === 'skip') return
    this.#group.push({ item, decision })
    this.#length += decision.text.length
  }

  #decide(text: string, line: number): RunDecision | SkipDecision {
    return this.#settle(decideStatement(text, this.#options.target), text, line)
  }

  #settle<D extends StatementDecision>(
    decision: D,
    text: string,
    line: number,
  ): Exclude<D, RefuseDecision> {
    const place = { file: this.#options.file, line }
    if (decision.kind === 'refuse') {
      const { code, message, hint } = decision
      throw new UserError(code, message, { place, hint, data: { statement: excerpt(text) } })
    }
    const { finding } = decision as { readonly finding?: Finding }
    // A dump says the same of every large object; once is enough.
    const known = this.findings.list().some(({ message }) => message === finding?.message)
    if (finding !== undefined && !known) this.findings.add({ place, ...finding })
    return decision as Exclude<D, RefuseDecision>
  }

  async #flush(): Promise<void> {
    const group = this.#group
    this.#group = []
    this.#length = 0
    if (group.length === 0) return
    try {
      await this.#run(mergeAlterations(group.map(({ decision }) => decision)).join(';\n'))
    } catch (error) {
      if (!(error instanceof DatabaseError)) throw error
      for (const statement of group) await this.#runAlone(statement)
    }
    const created = group.map(({ decision }) => 'extension' in decision && decision.extension)
    if (created.includes('unaccent')) await this.#makeUnaccentImmutable()
  }

  #run(text: string): Promise<void> {
    const { session } = this.#options
    return session.transaction(() => session.execute(raw(text)))
  }

  async #runAlone({ item, decision }: Decided): Promise<void> {
    const { text } = decision
    try {
      await this.#run(text)
    } catch (error) {
      if (!(error instanceof DatabaseError)) throw error
      // pg_dump does not record that a superuser had declared unaccent() immutable.
      if (hasSqlState(error, '42P17') && usesUnaccent(text)) {
        this.findings.add({
          code: 'INDEX_NOT_CREATED',
          severity: 'warning',
          message: `An index needs an immutable unaccent(), which only a superuser can declare: ${excerpt(text)}`,
          place: { file: this.#options.file, line: item.line },
          hint: 'Have a superuser run: ALTER FUNCTION public.unaccent(text) IMMUTABLE; Odoo makes the index at its next update.',
        })
        return
      }
      // PostgreSQL 12 lets only superusers create any extension.
      if (hasSqlState(error, '42501') && decision.class === 'extension' && decision.harmless) {
        await this.#options.elevated(raw(text))
        return
      }
      throw statementFailed(error, this.#options.file, item.line, item.text)
    }
  }

  async #makeUnaccentImmutable(): Promise<void> {
    try {
      await this.#options.elevated(UNACCENT_IMMUTABLE)
    } catch (error) {
      if (!(error instanceof DatabaseError)) throw error
    }
  }

  async #copy(item: DumpCopy, step: Step): Promise<void> {
    const decision = this.#decide(item.statement, item.line)
    if (decision.kind === 'skip') {
      for await (const chunk of item.data) step.advance(chunk.byteLength)
      return
    }
    const { file } = this.#options
    const table = /COPY\s+(?:ONLY\s+)?(\S+)/i.exec(item.statement)?.[1] ?? ''
    const counted = async function* (): AsyncIterable<Uint8Array> {
      for await (const chunk of inFile(file, item.data)) {
        yield chunk
        step.advance(chunk.byteLength, table)
      }
    }
    try {
      await this.#options.session.copyIn(raw(decision.text), counted())
    } catch (error) {
      if (!(error instanceof DatabaseError)) throw error
      throw statementFailed(error, this.#options.file, item.line, item.statement)
    }
  }

  /** psql is not involved: what it would do with its commands is left out, or the dump is refused. */
  #takeMeta(text: string, line: number): void {
    this.#settle(decideMetaCommand(text), text, line)
  }
}

function statementFailed(
  error: DatabaseError,
  file: string,
  line: number,
  statement: string,
): UserError {
  const where = error.data.where
  const copyLine = /COPY .*, line (\d+)/.exec(typeof where === 'string' ? where : '')?.[1]
  return new UserError('DUMP_STATEMENT_FAILED', `The dump could not be loaded: ${error.message}`, {
    cause: error,
    place: { file, line: line + Number(copyLine ?? 0) },
    hint: 'Nothing was left behind. Correct the dump, or make a new one, and restore again.',
    data: { sqlState: error.sqlState, statement: excerpt(statement) },
  })
}

function excerpt(text: string): string {
  const LENGTH = 300
  const trimmed = text.trim()
  return trimmed.length <= LENGTH ? trimmed : `${trimmed.slice(0, LENGTH)} …`
}
