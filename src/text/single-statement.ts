import type { SqlToken } from './sql-tokens.js'
import { StatementShape } from './statement-shape.js'

/** Whether no semicolon among the tokens ends a statement before the last of them. */
export function isSingleStatement(tokens: readonly SqlToken[]): boolean {
  const shape = new StatementShape()
  return tokens.every((token, at) => {
    const before = tokens[at - 1]
    if (token.kind === 'word') shape.word(token.value, before?.value === '.')
    else if (token.kind !== 'symbol') shape.quoted()
    else if (token.value === '(') shape.depth += 1
    else if (token.value === ')') shape.depth = Math.max(0, shape.depth - 1)
    else if (token.value === ';') return !shape.endsHere
    return true
  })
}
