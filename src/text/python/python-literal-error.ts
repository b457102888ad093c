import { type Place, UserError } from '../../base/index.js'

/** What Python's `ast.literal_eval` would raise. */
export type PythonErrorClass =
  | 'SyntaxError'
  | 'IndentationError'
  | 'ValueError'
  | 'TypeError'
  /** Python reads it, moult does not: complex numbers, `...`, characters by name. */
  | 'Unsupported'

const CODES = {
  SyntaxError: 'PYTHON_SYNTAX_ERROR',
  IndentationError: 'PYTHON_INDENTATION_ERROR',
  ValueError: 'PYTHON_NOT_A_LITERAL',
  TypeError: 'PYTHON_UNHASHABLE',
  Unsupported: 'PYTHON_LITERAL_UNSUPPORTED',
} as const

const HINTS: Readonly<Record<PythonErrorClass, string>> = {
  SyntaxError: 'Python refuses it as well; mend the line.',
  IndentationError: 'The first line must not be indented.',
  ValueError: 'Only literals are read here: no names, calls, operators or f-strings.',
  TypeError: 'Lists, dicts and sets cannot be keys of a dict or items of a set.',
  Unsupported: 'Write the value in another way.',
}

/** A text that is no Python literal; its code tells which error Python raises. */
export class PythonLiteralError extends UserError {
  readonly pythonClass: PythonErrorClass
  readonly line: number

  constructor(pythonClass: PythonErrorClass, message: string, place: Place & { line: number }) {
    super(CODES[pythonClass], message, {
      place,
      hint: HINTS[pythonClass],
      data: { python: pythonClass },
    })
    this.pythonClass = pythonClass
    this.line = place.line
  }
}
