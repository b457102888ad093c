/** Pure readers and writers of text: SQL quoting and splitting. */
export { type ClientEncoding, clientEncoding, type TextReader } from './client-encoding.js'
export { type IniFile, readIni } from './ini.js'
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
export { type SqlToken, SqlTokenizer, type SqlTokenKind, tokenizeSql } from './sql-tokens.js'
