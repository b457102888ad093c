import { MoultError, messageOf, type Place } from '../../base/index.js'
import { paint, printable, type View, wrap } from './style.js'

const INDENT = ' '.repeat(7)
const SQL_STATE = / \(SQLSTATE \w+\)$/

/** The lines that tell a person what went wrong, where, and what to do. */
export function renderError(view: View, error: unknown, version: string): readonly string[] {
  if (!(error instanceof MoultError)) return renderDefect(view, error, version)
  if (error.tier === 'internal') return renderDefect(view, error, version)
  const lines = messageLines(view, error)
  if (error.place !== undefined) lines.push(`       at ${printable(describePlace(error.place))}`)
  for (const cause of causes(error))
    lines.push(...wrap(view, `because: ${printable(cause)}`, '       '))
  const statement = error.data.statement
  if (typeof statement === 'string') {
    lines.push(...statement.split('\n').map((line) => `       | ${printable(line)}`))
  }
  if (error.hint !== undefined) lines.push(...wrap(view, printable(error.hint), '       '))
  return lines
}

/** The message with its code behind it; what follows its first line is indented. */
function messageLines(view: View, { message, code }: MoultError): string[] {
  const [first = '', ...rest] = printable(message).trimEnd().split('\n')
  const [start = '', ...wrapped] = wrap(view, `${first}  ${code}`, INDENT).map((line) =>
    line.trimEnd(),
  )
  const head = [`${paint(view, ['red', 'bold'], 'error')}  ${start.trimStart()}`, ...wrapped]
  const last = head.pop() ?? ''
  head.push(last.endsWith(code) ? last.slice(0, -code.length) + paint(view, 'dim', code) : last)
  return [...head, ...rest.map((line) => INDENT + line)]
}

/** `dump.sql, line 12, res_partner` */
export function describePlace(place: Place): string {
  const line = place.line === undefined ? undefined : `line ${place.line}`
  return [place.file, line, place.object].filter(Boolean).join(', ')
}

function causes(error: Error): readonly string[] {
  const found: string[] = []
  let cause: unknown = error.cause
  while (cause instanceof Error && found.length < 3) {
    // A message that repeats its cause says nothing new.
    const told = error.message.includes(cause.message.replace(SQL_STATE, ''))
    if (!told && cause.message !== '') found.push(cause.message)
    cause = cause.cause
  }
  return found
}

/** A ready-made report: what moult's authors need to know. */
function renderDefect(view: View, error: unknown, version: string): readonly string[] {
  const stack = error instanceof Error ? (error.stack ?? error.message) : messageOf(error)
  return [
    `${paint(view, ['red', 'bold'], 'defect')} moult met a case that it was not made for. Please report it with these lines:`,
    `       moult ${version}, Node ${process.version}, ${process.platform} ${process.arch}`,
    ...stack.split('\n').map((line) => `       ${printable(line)}`),
    ...(error instanceof Error && error.cause instanceof Error
      ? [`       cause: ${printable(error.cause.message)}`]
      : []),
  ]
}
