import { OutsideError } from '../base/index.js'

/** What a server said when it could not do something. */
export interface ServerFault {
  /** Class of the exception, such as `odoo.exceptions.ValidationError`; `http` for a bare status. */
  readonly type: string
  readonly text: string
  /** The traceback's line that names the exception; empty where there is none. */
  readonly lastLine: string
  /** Where it was raised: the innermost `File "…", line …, in …`. */
  readonly raisedAt?: string
}

/** An answer that is an error of the server's, not of the way to it. */
export class ServerFaultError extends OutsideError {
  readonly fault: ServerFault

  constructor(fault: ServerFault) {
    super('ODOO_FAULT', `${fault.type}: ${fault.text}`, { data: { ...fault } })
    this.fault = fault
  }
}

/** Odoo's number for a session that is over. */
const SESSION_EXPIRED = 100
const SHOWN_TEXT = 1_000

/** Reads the `error` member of a JSON-RPC answer; all releases from 14 on write it alike. */
export function readFault(error: unknown): ServerFault {
  const { code, message, data } = objectOf(error)
  const { name, message: text, debug, arguments: given } = objectOf(data)
  const traceback = typeof debug === 'string' ? debug : ''
  const [first] = Array.isArray(given) ? (given as readonly unknown[]) : []
  const said = [text, first, message].find((one) => typeof one === 'string' && one.trim() !== '')
  return {
    type:
      typeof name === 'string' && name !== ''
        ? name
        : code === SESSION_EXPIRED
          ? 'odoo.http.SessionExpiredException'
          : 'error',
    text: String(said ?? 'The server gave no reason').slice(0, SHOWN_TEXT),
    ...tracebackFacts(traceback),
  }
}

/** What a status other than 200 comes to; error pages of Odoo hold the exception's text. */
export function statusFault(status: number, body: string): ServerFault {
  const page = /<(?:pre|code)[^>]*>([\s\S]*?)<\/(?:pre|code)>/i.exec(body)?.[1] ?? ''
  const traceback = plainText(page)
  const title = plainText(/<title>([\s\S]*?)<\/title>/i.exec(body)?.[1] ?? '')
  return {
    type: 'http',
    text: [`status ${status}`, title].filter(Boolean).join(', '),
    ...tracebackFacts(traceback),
  }
}

/** QWeb writes the template and the node behind it. */
const EXCEPTION = /^[A-Za-z_][\w.]*(?:Error|Exception|Warning|Denied|Violation)\b/

const CHAINED = /^(?:The above exception was|During handling of the above)/

function tracebackFacts(traceback: string): Pick<ServerFault, 'lastLine' | 'raisedAt'> {
  const lines = traceback.split('\n').filter((line) => line.trim() !== '')
  // Of exceptions that caused each other, the first is what really happened.
  const end = lines.findIndex((line) => CHAINED.test(line))
  const first = end < 0 ? lines : lines.slice(0, end)
  const raisedAt = first.findLast((line) => /^\s*File ".*", line \d+/.test(line))?.trim()
  return {
    lastLine: (lines.findLast((line) => EXCEPTION.test(line)) ?? lines.at(-1) ?? '')
      .trim()
      .slice(0, SHOWN_TEXT),
    ...(raisedAt !== undefined && { raisedAt }),
  }
}

const ENTITIES: Readonly<Record<string, string>> = {
  lt: '<',
  gt: '>',
  quot: '"',
  '#34': '"',
  '#39': "'",
  amp: '&',
}

function plainText(html: string): string {
  return html
    .replaceAll(/<[^>]*>/g, '')
    .replaceAll(/&(lt|gt|quot|#34|#39|amp);/g, (_, name: string) => ENTITIES[name] ?? '')
    .trim()
}

function objectOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
}
