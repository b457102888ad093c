import { CsvError, parse } from 'csv-parse/sync'
import { UserError } from '../../../base/index.js'

/** A row with the line on which it begins, counted from 1. */
export interface ParsedRow {
  readonly line: number
  readonly values: readonly string[]
  /** A field is quoted only in part: Python takes the quotes away, and here they stay. */
  readonly isOddlyQuoted: boolean
}

/** What a text holds, and whether its last quote was never closed: Python reads on to the end. */
export interface ParsedCsv {
  readonly rows: readonly ParsedRow[]
  readonly isUnclosed: boolean
}

/** How the parser calls a quote that is never closed. */
const UNCLOSED = /QUOTE_NOT_CLOSED/

/**
 * Reads CSV as Python's `csv.reader` does: rows of any length, quotes inside of unquoted fields, empty lines
 * as rows without values.
 *
 * Errors: DATA_CSV_INVALID.
 */
export function parseCsv(text: string, file: string): ParsedCsv {
  try {
    return { rows: rowsOf(text), isUnclosed: false }
  } catch (error) {
    if (error instanceof CsvError && UNCLOSED.test(error.code)) {
      return { rows: rowsOf(`${text}"`), isUnclosed: true }
    }
    throw new UserError('DATA_CSV_INVALID', `${file} is no CSV: ${messageOf(error)}`, {
      place: { file },
      hint: 'Odoo refuses the file as well; correct it.',
      cause: error,
    })
  }
}

const READING = {
  relax_quotes: true,
  relax_column_count: true,
  skip_empty_lines: false,
} as const
const LINE_BREAKS = /\r\n|\r|\n/g

function rowsOf(text: string): readonly ParsedRow[] {
  const records: readonly (readonly string[])[] = parse(text, READING)
  let line = 1
  return records.map((values) => {
    const row = { line, values, isOddlyQuoted: values.some((value) => isOdd(value, text)) }
    for (const value of values) line += breaksIn(value)
    line += 1
    return values.length === 1 && values[0] === '' ? { ...row, values: [] } : row
  })
}

function breaksIn(value: string): number {
  const breaks = value.includes('\n') || value.includes('\r') ? value.match(LINE_BREAKS) : null
  return breaks?.length ?? 0
}

/** A value that begins with a quote, and that the text does not quote as a whole. */
function isOdd(value: string, text: string): boolean {
  return value.startsWith('"') && !text.includes(`"${value.replaceAll('"', '""')}"`)
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
