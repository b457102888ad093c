import { SqlTokenizer } from './sql-tokens.js'
import { StatementShape } from './statement-shape.js'

/** One statement of a script, without its semicolon. */
export interface ScriptStatement {
  readonly text: string
  /** Line on which it begins, counted from 1. */
  readonly line: number
}

/** Splits a script of statements; comments before the first word belong to no statement. */
export function splitSqlScript(script: string): readonly ScriptStatement[] {
  const tokenizer = new SqlTokenizer(script)
  const statements: ScriptStatement[] = []
  let shape = new StatementShape()
  let start = -1
  let end = 0
  let previous = ''
  const close = (): void => {
    if (start >= 0) {
      statements.push({ text: script.slice(start, end), line: lineOf(script, start) })
    }
    start = -1
    shape = new StatementShape()
  }
  for (let token = tokenizer.next(); token !== undefined; token = tokenizer.next()) {
    const isSymbol = token.kind === 'symbol'
    if (isSymbol && token.value === ';' && shape.endsHere) {
      close()
      previous = ''
      continue
    }
    if (token.kind === 'word') shape.word(token.value, previous === '.')
    else if (!isSymbol) shape.quoted()
    else if (token.value === '(') shape.depth += 1
    else if (token.value === ')') shape.depth = Math.max(0, shape.depth - 1)
    if (start < 0) start = token.start
    end = token.end
    previous = token.value
  }
  close()
  return statements
}

function lineOf(text: string, at: number): number {
  let line = 1
  for (let next = text.indexOf('\n'); next >= 0 && next < at; next = text.indexOf('\n', next + 1)) {
    line += 1
  }
  return line
}
