import { extname } from 'node:path'
import { MoultError } from '../../base/index.js'
import { readCsvFile } from './csv/read-csv-file.js'
import type { DataFile } from './data-file.js'
import { decodeUtf8 } from './decode-utf8.js'
import { readXmlFile, type XmlFileSource } from './xml/read-xml-file.js'

export type DataFileSource = XmlFileSource

/**
 * Reads one data file by its extension. A file that Odoo would refuse is `unread`, with the reason as a finding
 * of severity error.
 */
export function readDataFile(source: DataFileSource): DataFile {
  try {
    return readByExtension(source)
  } catch (error) {
    if (!(error instanceof MoultError)) throw error
    const { path, file } = source
    const { code, message, place = { file }, hint } = error
    const finding = { code, severity: 'error', message, place, ...(hint && { hint }) } as const
    return { kind: 'unread', path, file, findings: [finding] }
  }
}

function readByExtension(source: DataFileSource): DataFile {
  const { path, file, content } = source
  switch (extname(path).toLowerCase()) {
    case '.xml':
      return readXmlFile(source)
    case '.csv':
      return readCsvFile(source)
    case '.sql':
      return { kind: 'sql', path, file, findings: [], text: decodeUtf8(content, file) }
    case '.js':
      return { kind: 'unread', path, file, findings: [] }
    default:
      return { kind: 'unread', path, file, findings: [unknownKind(path, file)] }
  }
}

function unknownKind(path: string, file: string) {
  return {
    code: 'DATA_KIND_UNKNOWN',
    severity: 'error',
    message: `${path} is no data file that Odoo can load`,
    place: { file },
    hint: 'Data files are .xml, .csv or .sql.',
  } as const
}
