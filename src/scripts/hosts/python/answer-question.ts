import { CancelledError, UserError } from '../../../base/index.js'
import { DatabaseError } from '../../../db/index.js'
import {
  decodeValue,
  encodeValue,
  type GuestAnswer,
  GuestError,
  type GuestOperations,
  type GuestValue,
} from '../../values/index.js'
import type { LogLevel, ScriptLog } from '../script-host.js'
import { databaseErrorFields } from './database-error-fields.js'

/** What a question of the guest is answered with, and who hears of what it did. */
export interface Desk {
  readonly operations: GuestOperations
  readonly log: (line: ScriptLog) => void
  /** An operation failed; the script may catch what it is told. */
  readonly failed: (error: unknown) => void
}

interface Question {
  readonly op: string
  readonly args: readonly GuestValue[]
  readonly keywords: ReadonlyMap<string, GuestValue>
}

/** The guest is told to stop: KeyboardInterrupt in Python. */
export const CANCEL_ANSWER = '{"e":{"kind":"cancel"}}'

/**
 * Answers one question of the guest with JSON. The guest is not trusted: a question that is none is
 * answered with an error, as is one for an operation that there is not.
 */
export async function answerQuestion(text: string, desk: Desk): Promise<string> {
  try {
    const raw: unknown = JSON.parse(text)
    if (isLog(raw)) return takeLog(raw, desk)
    const { op, args, keywords } = readQuestion(raw)
    const operation = Object.hasOwn(desk.operations, op) ? desk.operations[op] : undefined
    if (operation === undefined) throw new GuestError('value', `The host has no operation '${op}'`)
    return writeAnswer(await operation(args, keywords))
  } catch (error) {
    desk.failed(error)
    return writeError(error, desk)
  }
}

/** The operation's name and its first argument where that is text: what a script is doing. */
export function describeQuestion(text: string): string | undefined {
  try {
    const { op, a } = JSON.parse(text) as { op?: unknown; a?: unknown }
    const [first] = Array.isArray(a) ? (a as readonly unknown[]) : []
    return typeof first === 'string' ? `${String(op)}: ${first}` : String(op)
  } catch {
    return undefined
  }
}

function readQuestion(raw: unknown): Question {
  if (!isObject(raw)) throw notAQuestion()
  const { op, a: args, k: keywords } = raw
  if (typeof op !== 'string' || !Array.isArray(args) || !isObject(keywords)) throw notAQuestion()
  return {
    op,
    args: args.map(decodeValue),
    keywords: new Map(Object.entries(keywords).map(([name, value]) => [name, decodeValue(value)])),
  }
}

function writeAnswer(answer: GuestAnswer): string {
  if (answer.kind === 'value') return JSON.stringify({ v: encodeValue(answer.value) })
  const { columns, rows, count, tag } = answer.result
  return JSON.stringify({ c: columns, r: rows, n: count, s: tag })
}

function writeError(error: unknown, desk: Desk): string {
  if (error instanceof DatabaseError) {
    return JSON.stringify({ e: { kind: 'sql', ...databaseErrorFields(error) } })
  }
  if (error instanceof GuestError) {
    const { kind, message, detail } = error
    // `cls` is the name of the exception class, `detail` whatever the kind says it is.
    const more = detail === undefined ? {} : kind === 'user' ? { cls: detail, detail } : { detail }
    return JSON.stringify({ e: { kind, message, ...more } })
  }
  if (error instanceof CancelledError) return CANCEL_ANSWER
  if (!(error instanceof UserError)) {
    const shown = error instanceof Error ? (error.stack ?? error.message) : String(error)
    desk.log({ level: 'error', logger: 'moult', text: shown })
  }
  const message = error instanceof Error ? error.message : String(error)
  return JSON.stringify({ e: { kind: 'host', message } })
}

function isLog(raw: unknown): raw is { readonly a: readonly unknown[] } {
  return isObject(raw) && raw.op === 'log' && Array.isArray(raw.a)
}

function takeLog(raw: { readonly a: readonly unknown[] }, desk: Desk): string {
  const [lines] = raw.a
  if (!Array.isArray(lines)) throw notAQuestion()
  for (const line of lines) desk.log(readLogLine(line))
  return '{"v":null}'
}

const LEVELS: readonly string[] = ['debug', 'info', 'warning', 'error', 'critical']

function readLogLine(raw: unknown): ScriptLog {
  if (!Array.isArray(raw)) throw notAQuestion()
  const [level, logger, text, file, line] = raw as readonly unknown[]
  if (typeof level !== 'string' || typeof logger !== 'string' || typeof text !== 'string') {
    throw notAQuestion()
  }
  return {
    level: LEVELS.includes(level) ? (level as LogLevel) : 'info',
    logger,
    text,
    ...(typeof file === 'string' && { file }),
    ...(typeof line === 'number' && { line }),
  }
}

function isObject(raw: unknown): raw is Record<string, unknown> {
  return typeof raw === 'object' && raw !== null && !Array.isArray(raw)
}

function notAQuestion(): GuestError {
  return new GuestError('value', 'The message to the host is none')
}
