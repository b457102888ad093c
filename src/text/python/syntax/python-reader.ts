import type { Parser } from 'web-tree-sitter'
import { decodePython } from './decode-python.js'
import { hollowFunctions } from './function-bodies.js'
import { firstErrorIn, plainTree } from './plain-node.js'
import { loadPythonGrammar } from './python-grammar.js'
import type { PythonFile } from './python-syntax.js'
import { ExpressionReader } from './read-expression.js'
import { readStatements } from './read-statements.js'

/** A generated file can be so large; none that a person writes is. */
const LARGEST_FILE = 8_000_000
const LONGEST_PARSE_MS = 10_000

/** Reads Python files: what they import and define, without what their functions do. */
export interface PythonReader {
  /** Never throws for what the file says: a `problem` tells why it could not be read. */
  read(bytes: Uint8Array): PythonFile
}

/** Loads the grammar, which takes a tenth of a second. */
export async function loadPythonReader(): Promise<PythonReader> {
  const parser = await loadPythonGrammar()
  return { read: (bytes) => readPythonFile(bytes, parser) }
}

function readPythonFile(bytes: Uint8Array, parser: Parser): PythonFile {
  if (bytes.length > LARGEST_FILE) {
    return { statements: [], problem: `the file has more than ${LARGEST_FILE / 1e6} MB` }
  }
  const { text: decoded, warning, problem } = decodePython(bytes)
  if (problem !== undefined) return { statements: [], problem }
  const text = decoded.includes('\r') ? decoded.replace(/\r\n?/g, '\n') : decoded
  const read = readText(text, parser)
  return warning === undefined ? read : { ...read, warning }
}

function readText(text: string, parser: Parser): PythonFile {
  const hollow = hollowFunctions(text)
  const deadline = performance.now() + LONGEST_PARSE_MS
  const tree = parser.parse(hollow.text, null, {
    progressCallback: () => performance.now() > deadline,
  })
  if (tree === null) {
    parser.reset()
    return { statements: [], problem: 'the file takes too long to parse' }
  }
  try {
    const { lineOf, bodies } = hollow
    const errors = [firstErrorIn(tree)].flatMap((at) => at ?? [])
    const root = plainTree(tree, hollow.text)
    const expressions = new ExpressionReader(hollow.text, lineOf)
    const statements = readStatements(root, {
      ...{ expressions, bodies, lineOf },
      refuse: ({ start }) => errors.push(start),
    })
    return errors.length === 0
      ? { statements }
      : { statements, errorLine: lineOf(Math.min(...errors)) }
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    return { statements: [], problem: 'the file is nested too deeply' }
  } finally {
    tree.delete()
  }
}
