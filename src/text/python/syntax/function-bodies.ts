/** What is known of a function's body that was taken out. */
export interface FunctionBody {
  /** Counted from 1, in the text with all bodies. */
  readonly endLine: number
  readonly callsSuper: boolean
}

/** A text without the bodies of its functions. */
export interface HollowText {
  readonly text: string
  /** By the place of `def` or `async` in the hollow text. */
  readonly bodies: ReadonlyMap<number, FunctionBody>
  /** The line, counted from 1, that a place in the hollow text has in the whole one. */
  readonly lineOf: (at: number) => number
}

interface LogicalLine {
  /** First character that is no blank. */
  readonly start: number
  readonly end: number
  readonly indent: number
  /** The last character before a comment or the end. */
  readonly last: number
}

interface OpenFunction {
  /** In the hollow text. */
  readonly at: number
  readonly indent: number
  readonly lines: LogicalLine[]
}

const TAB = 9
const NEWLINE = 10
const FORM_FEED = 12
const SPACE = 32
const DOUBLE = 34
const HASH = 35
const SINGLE = 39
const COLON = 58
const BACKSLASH = 92
const TAB_STOP = 8
/** A body has to have a statement. */
const STUB = '0'
const OPENING: ReadonlySet<number> = new Set([...'([{'].map((char) => char.charCodeAt(0)))
const CLOSING: ReadonlySet<number> = new Set([...')]}'].map((char) => char.charCodeAt(0)))

/**
 * Takes out what functions do: most of a file, and nothing that defines a model. A body that is one
 * `return`, behind a docstring or not, stays. Line ends are `\n`.
 */
export function hollowFunctions(text: string): HollowText {
  const wholeLineOf = lineCounter(text)
  const bodies = new Map<number, FunctionBody>()
  const parts: string[] = []
  const cuts: Cut[] = [{ hollow: 0, whole: 0 }]
  let removed = 0
  let copied = 0
  let open: OpenFunction | undefined
  const close = (): void => {
    const first = open?.lines[0]
    const last = open?.lines.at(-1)
    if (open === undefined || first === undefined || last === undefined) return
    const body = text.slice(first.start, last.end)
    bodies.set(open.at, { endLine: wholeLineOf(last.end), callsSuper: body.includes('super(') })
    if (isKept(text, open.lines)) return
    parts.push(text.slice(copied, first.start), STUB)
    copied = last.end
    removed += body.length - STUB.length
    cuts.push({ hollow: copied - removed, whole: copied })
  }
  for (const line of logicalLines(text)) {
    if (open !== undefined) {
      if (line.indent > open.indent) {
        open.lines.push(line)
        continue
      }
      close()
      open = undefined
    }
    if (line.last === COLON && isFunction(text, line.start)) {
      open = { at: line.start - removed, indent: line.indent, lines: [] }
    }
  }
  close()
  parts.push(text.slice(copied))
  return { text: parts.join(''), bodies, lineOf: (at) => wholeLineOf(wholePlace(cuts, at)) }
}

/** A place in the hollow text behind which it goes on as the whole text does at `whole`. */
interface Cut {
  readonly hollow: number
  readonly whole: number
}

function wholePlace(cuts: readonly Cut[], at: number): number {
  const index = lastAtMost(cuts.length, (middle) => (cuts[middle]?.hollow ?? 0) <= at)
  const { hollow, whole } = cuts[index] ?? { hollow: 0, whole: 0 }
  return whole + at - hollow
}

/** The last index for which the condition holds; it holds for all before that one. */
function lastAtMost(length: number, holds: (index: number) => boolean): number {
  let low = 0
  let high = length
  while (low < high) {
    const middle = (low + high) >> 1
    if (holds(middle)) low = middle + 1
    else high = middle
  }
  return low - 1
}

/** Lines of places in a text, from 1. */
function lineCounter(text: string): (at: number) => number {
  const ends: number[] = []
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) ends.push(at)
  return (place) => lastAtMost(ends.length, (index) => (ends[index] ?? 0) < place) + 2
}

function isFunction(text: string, at: number): boolean {
  return text.startsWith('def ', at) || /^async\s+def\s/.test(text.slice(at, at + 20))
}

function isKept(text: string, lines: readonly LogicalLine[]): boolean {
  const first = lines[0]
  if (first === undefined || lines.length > 2) return false
  const only = lines.length === 1 ? first : lines[1]
  if (only === undefined || !/^return[\s([{'"]/.test(text.slice(only.start, only.start + 7))) {
    return false
  }
  return lines.length === 1 || /^[rRuU]?['"]/.test(text.slice(first.start, first.start + 2))
}

/** Lines as Python sees them: a bracket, a string of three quotes and a backslash go over line ends. */
function* logicalLines(text: string): Generator<LogicalLine> {
  let at = 0
  while (at < text.length) {
    let indent = 0
    for (; ; at += 1) {
      const code = text.charCodeAt(at)
      if (code === SPACE) indent += 1
      else if (code === TAB) indent += TAB_STOP - (indent % TAB_STOP)
      else if (code === FORM_FEED) indent = 0
      else break
    }
    const code = text.charCodeAt(at)
    if (code === NEWLINE) {
      at += 1
      continue
    }
    if (code === HASH) {
      at = endOfPhysicalLine(text, at)
      continue
    }
    if (at >= text.length) return
    const { end, last } = scanLine(text, at)
    yield { start: at, end, indent, last }
    at = end + 1
  }
}

function scanLine(text: string, start: number): { readonly end: number; readonly last: number } {
  let depth = 0
  let last = 0
  let at = start
  while (at < text.length) {
    const code = text.charCodeAt(at)
    if (code === NEWLINE) {
      if (depth <= 0) return { end: at, last }
      at += 1
    } else if (code === SINGLE || code === DOUBLE) {
      at = endOfString(text, at, code)
      last = code
    } else if (code === HASH) {
      at = endOfPhysicalLine(text, at)
    } else if (code === BACKSLASH) {
      at += 2
    } else {
      if (OPENING.has(code)) depth += 1
      else if (CLOSING.has(code)) depth -= 1
      if (code !== SPACE && code !== TAB) last = code
      at += 1
    }
  }
  return { end: text.length, last }
}

function endOfPhysicalLine(text: string, at: number): number {
  const end = text.indexOf('\n', at)
  return end < 0 ? text.length : end
}

/** Behind the closing quotes; an unclosed string of one quote ends with its line. */
function endOfString(text: string, start: number, quote: number): number {
  const isLong = text.charCodeAt(start + 1) === quote && text.charCodeAt(start + 2) === quote
  let at = start + (isLong ? 3 : 1)
  for (; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    if (code === BACKSLASH) at += 1
    else if (code === NEWLINE && !isLong) return at
    else if (code === quote) {
      if (!isLong) return at + 1
      if (text.charCodeAt(at + 1) === quote && text.charCodeAt(at + 2) === quote) return at + 3
    }
  }
  return text.length
}
