/** Pure readers and writers of text: SQL quoting and splitting, INI, Python literals and syntax. */

export { type ClientEncoding, clientEncoding, type TextReader } from './client-encoding.js'
export { escapeHtml } from './escape-html.js'
export { type IniFile, readIni } from './ini.js'
export { type PythonLiteralOptions, parsePythonLiteral } from './python/parse-python-literal.js'
export { readPythonAssignments } from './python/python-assignments.js'
export { type PythonErrorClass, PythonLiteralError } from './python/python-literal-error.js'
export {
  hashKey,
  isTruthy,
  iteratePython,
  type PythonDict,
  PythonFloat,
  type PythonList,
  type PythonSet,
  PythonTuple,
  type PythonValue,
} from './python/python-value.js'
export { loadPythonGrammar } from './python/syntax/python-grammar.js'
export { loadPythonReader, type PythonReader } from './python/syntax/python-reader.js'
export type {
  PlainConstant,
  PythonCall,
  PythonClass,
  PythonClause,
  PythonComprehension,
  PythonDictEntry,
  PythonExpression,
  PythonFile,
  PythonFunction,
  PythonInterpolation,
  PythonLambda,
  PythonParameter,
  PythonSlot,
  PythonStatement,
  PythonTarget,
} from './python/syntax/python-syntax.js'
export {
  loadPythonBodyReader,
  type PythonBodyReader,
  type PythonCode,
  type PythonFunctionBody,
} from './python/syntax/read-body.js'
export { isSingleStatement } from './single-statement.js'
export type {
  SqlCopy,
  SqlDump,
  SqlDumpItem,
  SqlDumpMarks,
  SqlMetaCommand,
  SqlStatement,
} from './sql-dump-item.js'
export { type SplitOptions, splitSqlDump } from './sql-dump-splitter.js'
export { quoteIdentifier, quoteLiteral } from './sql-quoting.js'
export { type ScriptStatement, splitSqlScript } from './sql-script.js'
export { type SqlToken, SqlTokenizer, type SqlTokenKind, tokenizeSql } from './sql-tokens.js'
