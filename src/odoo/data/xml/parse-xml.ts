import { type ErrorDetail, ParseOption, XmlDocument, XmlLibError } from 'libxml2-wasm'
import { UserError } from '../../../base/index.js'

/**
 * Entities of the document itself are put in place, as lxml does; nothing outside is loaded, neither from the
 * disk nor from the network. libxml2 refuses depths over 256 and entities that multiply.
 */
const SAFE = ParseOption.XML_PARSE_NO_XXE | ParseOption.XML_PARSE_NONET
const READING = SAFE | ParseOption.XML_PARSE_NOENT | ParseOption.XML_PARSE_BIG_LINES

/** An entity whose text is elsewhere; a document type alone is not loaded, and harmless. */
const OUTSIDE = /<!ENTITY\s[^>]*?\s(?:SYSTEM|PUBLIC)\s/

/**
 * Parses a document, hands it to `body`, and gives its memory back.
 *
 * Errors: DATA_XML_INVALID with the line of the first mistake, DATA_XML_OUTSIDE.
 */
export function withXml<T>(
  content: Uint8Array,
  file: string,
  body: (document: XmlDocument) => T,
): T {
  refuseOutside(content, file)
  const document = parse(content, file)
  try {
    return body(document)
  } finally {
    document.dispose()
  }
}

function parse(content: Uint8Array, file: string): XmlDocument {
  try {
    return XmlDocument.fromBuffer(content, { option: READING })
  } catch (error) {
    throw invalid(file, error)
  }
}

/** Beside an entity outside, libxml2 would read on as if it were empty. */
function refuseOutside(content: Uint8Array, file: string): void {
  const bytes = Buffer.from(content.buffer, content.byteOffset, content.byteLength)
  const start = bytes.indexOf('<!DOCTYPE')
  if (start === -1 || !OUTSIDE.test(bytes.toString('latin1', start))) return
  throw new UserError('DATA_XML_OUTSIDE', `${file} refers to a file outside of it`, {
    place: { file },
    hint: 'Write the content into the file: entities from elsewhere are never loaded.',
  })
}

function invalid(file: string, error: unknown): UserError {
  const [first] = error instanceof XmlLibError ? (error.details as readonly ErrorDetail[]) : []
  const message = (first?.message ?? (error instanceof Error ? error.message : '')).trim()
  return new UserError('DATA_XML_INVALID', `${file} is no XML: ${message}`, {
    place: { file, ...(first !== undefined && { line: first.line }) },
    hint: 'Odoo refuses the file as well; correct it.',
    cause: error,
  })
}
