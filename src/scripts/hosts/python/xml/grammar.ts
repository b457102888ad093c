import type { ErrorDetail, XmlDocument } from 'libxml2-wasm'
import { GuestError, type GuestValue } from '../../../values/index.js'

/** A schema language. */
export type GrammarKind = 'relaxng' | 'xsd'

/** What is wrong with a document, and where; `column` is 0 where libxml2 tells none. */
export interface XmlRemark {
  readonly line: number
  readonly column: number
  readonly message: string
}

/** A compiled grammar; `free` gives its memory back. */
export interface CompiledGrammar {
  readonly validate: (document: Uint8Array) => readonly XmlRemark[]
  readonly free: () => void
}

type Library = typeof import('libxml2-wasm')

/** The schema language that a guest names; undefined for one that there is not. */
export function grammarKind(value: GuestValue | undefined): GrammarKind | undefined {
  if (value === 'relaxng') return 'relaxng'
  return value === 'xsd' || value === 'xmlschema' ? 'xsd' : undefined
}

/** Compiles a grammar; `url` is what its includes are relative to. Throws ValueError for a faulty one. */
export function compileGrammar(
  xml: Library,
  kind: GrammarKind,
  source: { readonly text: Uint8Array; readonly url: string },
): CompiledGrammar {
  const faulty = (error: unknown): GuestError =>
    new GuestError('value', `The grammar is faulty: ${describe(xml, error)}`)
  const grammar = parse(xml, source.text, source.url, faulty)
  try {
    const validator =
      kind === 'relaxng' ? xml.RelaxNGValidator.fromDoc(grammar) : xml.XsdValidator.fromDoc(grammar)
    return {
      validate: (document) => validate(xml, validator, document),
      free: () => {
        validator.dispose()
        grammar.dispose()
      },
    }
  } catch (error) {
    grammar.dispose()
    throw faulty(error)
  }
}

function validate(
  xml: Library,
  validator: { validate(document: XmlDocument): void },
  content: Uint8Array,
): readonly XmlRemark[] {
  let document: XmlDocument | undefined
  try {
    document = xml.XmlDocument.fromBuffer(content, { option: optionsOf(xml, true) })
    validator.validate(document)
    return []
  } catch (error) {
    if (!(error instanceof xml.XmlLibError)) throw error
    return error.details.map(toRemark)
  } finally {
    document?.dispose()
  }
}

function parse(
  xml: Library,
  text: Uint8Array,
  url: string,
  faulty: (error: unknown) => GuestError,
): XmlDocument {
  try {
    const option = optionsOf(xml, false)
    return xml.XmlDocument.fromBuffer(text, { option, url })
  } catch (error) {
    throw faulty(error)
  }
}

/** Nothing outside of a document is loaded; lines beyond 65,535 are told. */
function optionsOf({ ParseOption }: Library, isDocument: boolean): number {
  const safe = ParseOption.XML_PARSE_NO_XXE | ParseOption.XML_PARSE_NONET
  const large = isDocument ? ParseOption.XML_PARSE_HUGE : 0
  return safe | large | ParseOption.XML_PARSE_BIG_LINES
}

function toRemark({ line, col, message }: ErrorDetail): XmlRemark {
  return { line, column: col, message: message.trim() }
}

function describe({ XmlLibError }: Library, error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const [first] = error instanceof XmlLibError ? error.details : []
  return first === undefined ? error.message : `${first.message.trim()} (line ${first.line})`
}
