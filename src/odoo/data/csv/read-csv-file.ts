import { posix } from 'node:path'
import type { Finding } from '../../../base/index.js'
import type { CsvDataFile } from '../data-file.js'
import { decodeUtf8 } from '../decode-utf8.js'
import { parseCsv } from './parse-csv.js'

export interface CsvFileSource {
  readonly path: string
  readonly file: string
  readonly content: Uint8Array
}

/**
 * Reads a CSV data file: a header, then records of the model that the file's name tells. Quotes that Python
 * reads differently are a finding DATA_CSV_QUOTES.
 *
 * Errors: DATA_NOT_UTF8, DATA_CSV_INVALID (as findings where a module is read).
 */
export function readCsvFile({ path, file, content }: CsvFileSource): CsvDataFile {
  const { rows, isUnclosed } = parseCsv(decodeUtf8(content, file), file)
  const [header, ...records] = rows
  const odd = rows.filter((row) => row.isOddlyQuoted)
  const last = rows.at(-1)
  const findings = [
    ...odd.map((row) => quotes({ path, file }, row.line, 'a value is quoted only in part')),
    ...(isUnclosed ? [quotes({ path, file }, last?.line ?? 1, 'a quote is never closed')] : []),
  ]
  return {
    kind: 'csv',
    path,
    file,
    findings,
    model: modelOf(path),
    columns: header?.values ?? [],
    rows: records
      .filter(({ values }) => values.some((value) => value !== ''))
      .map(({ line, values }) => ({ line, values })),
  }
}

/** `res.country.state-ch.csv` holds records of `res.country.state`. */
function modelOf(path: string): string {
  const name = posix.basename(path)
  const dot = name.lastIndexOf('.')
  return (dot > 0 ? name.slice(0, dot) : name).split('-')[0] ?? ''
}

function quotes(
  { path, file }: { readonly path: string; readonly file: string },
  line: number,
  what: string,
): Finding {
  return {
    code: 'DATA_CSV_QUOTES',
    severity: 'warning',
    message: `${path}: ${what}`,
    place: { file, line },
    hint: 'Quote the whole value, and double the quotes inside of it.',
  }
}
