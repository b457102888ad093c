import type { Findings } from '../../base/index.js'
import { readPythonExpression } from './python-expression.js'
import { PythonLiteralError } from './python-literal-error.js'
import { type PythonToken, tokenizePython } from './python-tokens.js'
import type { PythonValue } from './python-value.js'

/**
 * The values that a Python file gives to names on its top level, as far as they are literals:
 * `NAME = literal`. Nothing is run; every other statement becomes a finding PYTHON_NOT_READ with its
 * line, docstrings and `pass` apart.
 *
 * Errors: PYTHON_SYNTAX_ERROR for what cannot be cut into tokens.
 */
export function readPythonAssignments(
  text: string,
  file: string,
  findings: Findings,
): ReadonlyMap<string, PythonValue> {
  const values = new Map<string, PythonValue>()
  for (const statement of statementsOf(tokenizePython(text.replace(/\r\n?/g, '\n'), file))) {
    if (isWithoutEffect(statement)) continue
    const line = statement[0]?.line ?? 1
    const assignment = splitAssignment(statement)
    const value = assignment && tryRead(assignment.expression, file)
    if (assignment !== undefined && value !== undefined && !(value instanceof Error)) {
      for (const name of assignment.names) values.set(name, value)
      continue
    }
    // What it had before is not what it has in Python.
    for (const name of assignment?.names ?? []) values.delete(name)
    findings.add({
      code: 'PYTHON_NOT_READ',
      severity: isImport(statement) ? 'info' : 'warning',
      message:
        value instanceof PythonLiteralError
          ? `${assignment?.names.join(', ')}: ${value.message}`
          : 'The statement is no assignment of a literal, so it has no effect here',
      place: { file, line: value instanceof PythonLiteralError ? value.line : line },
      hint: 'The file is read, not run: write the values as literals.',
    })
  }
  return values
}

/** Statements that begin at a line's first column; indented ones belong to one of them. */
function* statementsOf(tokens: readonly PythonToken[]): Generator<readonly PythonToken[]> {
  let statement: PythonToken[] = []
  let lineColumn = 0
  let depth = 0
  let isLineStart = true
  for (const token of tokens) {
    if (isLineStart) lineColumn = token.column
    isLineStart = token.kind === 'newline'
    if (token.kind === 'operator' && '([{'.includes(token.text)) depth += 1
    if (token.kind === 'operator' && ')]}'.includes(token.text)) depth -= 1
    const isEnd =
      token.kind === 'newline' || token.kind === 'end' || (token.text === ';' && depth === 0)
    if (!isEnd) {
      statement.push(token)
      continue
    }
    if (statement.length > 0 && lineColumn === 0) yield statement
    statement = []
  }
}

interface Assignment {
  readonly names: readonly string[]
  readonly expression: readonly PythonToken[]
}

/** `a = …`, `a = b = …` or `a: type = …`. */
function splitAssignment(statement: readonly PythonToken[]): Assignment | undefined {
  const names: string[] = []
  let at = 0
  while (statement[at]?.kind === 'name') {
    let equals = at + 1
    if (statement[equals]?.text === ':' && names.length === 0) {
      equals = statement.findIndex(({ text }) => text === '=')
    }
    if (equals < 0 || statement[equals]?.text !== '=') break
    names.push(statement[at]?.text ?? '')
    at = equals + 1
  }
  const last = statement.at(-1)
  if (names.length === 0 || last === undefined) return undefined
  const end: PythonToken = { kind: 'end', text: '', line: last.line, column: 0 }
  return { names, expression: [...statement.slice(at), end] }
}

function tryRead(
  expression: readonly PythonToken[],
  file: string,
): PythonValue | PythonLiteralError {
  try {
    return readPythonExpression(expression, file)
  } catch (error) {
    if (error instanceof PythonLiteralError) return error
    throw error
  }
}

function isWithoutEffect(statement: readonly PythonToken[]): boolean {
  return (
    statement.every(({ kind }) => kind === 'string') ||
    (statement.length === 1 && statement[0]?.text === 'pass')
  )
}

function isImport(statement: readonly PythonToken[]): boolean {
  return ['import', 'from'].includes(statement[0]?.text ?? '')
}
