import type { Finding } from '../../base/index.js'
import type { XmlOperation, XmlScope } from './xml/xml-operation.js'

/** What every data file has: where it is, and what is wrong with it. */
export interface DataFileBase {
  /** As the manifest names it, relative to the module. */
  readonly path: string
  /** The file that was read. */
  readonly file: string
  readonly findings: readonly Finding[]
}

/** An XML data file: what it does, in order. */
export interface XmlDataFile extends DataFileBase {
  readonly kind: 'xml'
  /** Elements that surround operations (`odoo`, `data`), outermost first; operations name theirs by index. */
  readonly scopes: readonly XmlScope[]
  readonly operations: readonly XmlOperation[]
  /** Namespaces that the root declares: prefix → URI; serialised content may use them. */
  readonly namespaces: Readonly<Record<string, string>>
}

/** A row of a CSV file. */
export interface CsvRow {
  /** Line on which it begins, counted from 1. */
  readonly line: number
  readonly values: readonly string[]
}

/** A CSV data file: records of one model. */
export interface CsvDataFile extends DataFileBase {
  readonly kind: 'csv'
  /** The file's name up to the first `-`. */
  readonly model: string
  readonly columns: readonly string[]
  /** Without the header and without rows that are empty in every column. */
  readonly rows: readonly CsvRow[]
}

/** A SQL data file, given to the database as a whole. */
export interface SqlDataFile extends DataFileBase {
  readonly kind: 'sql'
  readonly text: string
}

/** A file that gives no data: `.js` is ignored by Odoo, any other extension is an error there. */
export interface UnreadDataFile extends DataFileBase {
  readonly kind: 'unread'
}

export type DataFile = XmlDataFile | CsvDataFile | SqlDataFile | UnreadDataFile
