/** Pure readers and writers of text: SQL quoting and splitting. */
export { quoteIdentifier, quoteLiteral } from './sql-quoting.js'
