import {
  GuestError,
  type GuestOperations,
  type GuestValue,
  PyBytes,
} from '../../../values/index.js'
import type { Mount } from '../interpreter.js'
import { grammarKind } from './grammar.js'
import { GrammarCache, type GrammarSource } from './grammar-cache.js'
import { GrammarFiles } from './grammar-files.js'

/** Which folders grammars may be read from. */
export interface XmlOperationsOptions {
  /** Folders that the guest sees; a grammar and what it includes come from these alone. */
  readonly mounts?: readonly Mount[]
}

/**
 * The operation `xml.validate(kind, grammar, document, file=None)`. `kind` is `relaxng` or `xmlschema` (or
 * `xsd`). `grammar` is its text; or a dict of `text`, `url` (where it came from) and `files` (texts of what it
 * includes, by the names it includes them under); or None when `file` names it by the guest's path, and
 * what it includes is read from beside it. The answer is a list of `{line, column, message}`, empty for a
 * valid document. A faulty grammar, or one that cannot be read, is a ValueError.
 *
 * Grammars are compiled once and kept: make the operations once per run.
 */
export function xmlOperations({ mounts = [] }: XmlOperationsOptions = {}): GuestOperations {
  const files = new GrammarFiles(mounts)
  const grammars = new GrammarCache(files)
  return {
    'xml.validate': async ([kind, grammar, document], keywords) => {
      const source = readGrammar(kind, grammar, keywords.get('file') ?? null)
      const content = bytesOf(document)
      if (content === undefined) throw new GuestError('type', 'The document must be text or bytes')
      const errors = await grammars.validate(source, content)
      return { kind: 'value', value: errors.map((error) => new Map(Object.entries(error))) }
    },
  }
}

function readGrammar(
  kind: GuestValue | undefined,
  grammar: GuestValue | undefined,
  file: GuestValue,
): GrammarSource {
  const known = grammarKind(kind)
  if (known === undefined) {
    throw new GuestError('value', "A grammar is of the kind 'relaxng' or 'xmlschema'")
  }
  if (grammar instanceof Map) {
    const url: GuestValue = grammar.get('url') ?? null
    const text = bytesOf(grammar.get('text'))
    if (text === undefined) throw new GuestError('type', 'The grammar must have a text')
    const included = readFiles(grammar.get('files'))
    return { kind: known, text, file: typeof url === 'string' ? url : undefined, included }
  }
  const text = bytesOf(grammar)
  if (text === undefined && typeof file !== 'string') {
    throw new GuestError('type', 'The grammar must be text, bytes, or the name of a file')
  }
  const named = typeof file === 'string' ? file : undefined
  return { kind: known, text, file: named, included: undefined }
}

function readFiles(value: GuestValue | undefined): ReadonlyMap<string, Uint8Array> {
  const files = new Map<string, Uint8Array>()
  if (!(value instanceof Map)) return files
  for (const [name, text] of value) {
    const bytes = bytesOf(text)
    if (typeof name === 'string' && bytes !== undefined) files.set(name, bytes)
  }
  return files
}

function bytesOf(value: GuestValue | undefined): Uint8Array | undefined {
  if (typeof value === 'string') return Buffer.from(value, 'utf8')
  return value instanceof PyBytes ? value.bytes : undefined
}
