import { readPythonExpression } from './python-expression.js'
import { PythonLiteralError } from './python-literal-error.js'
import { tokenizePython } from './python-tokens.js'
import type { PythonValue } from './python-value.js'

/** The file, for messages. */
export interface PythonLiteralOptions {
  readonly file?: string
}

/**
 * The value of a text that is one Python literal, by the rules of `ast.literal_eval`.
 *
 * Errors: PYTHON_SYNTAX_ERROR, PYTHON_INDENTATION_ERROR, PYTHON_NOT_A_LITERAL (ValueError),
 * PYTHON_UNHASHABLE (TypeError); PYTHON_LITERAL_UNSUPPORTED for complex numbers, `...` and characters
 * by name, which Python reads.
 */
export function parsePythonLiteral(text: string, options: PythonLiteralOptions = {}): PythonValue {
  const { file } = options
  const source = text.replace(/^[ \t]+/, '').replace(/\r\n?/g, '\n')
  if (source.includes('\0')) {
    const message = 'source code string cannot contain null bytes'
    throw new PythonLiteralError('SyntaxError', message, { ...(file && { file }), line: 1 })
  }
  const tokens = tokenizePython(source, file)
  const first = tokens[0]
  if (first !== undefined && first.kind !== 'end' && first.column > 0) {
    throw new PythonLiteralError('IndentationError', 'unexpected indent', {
      ...(file !== undefined && { file }),
      line: first.line,
    })
  }
  return readPythonExpression(tokens, file)
}
