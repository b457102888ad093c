import {
  GuestError,
  type GuestOperations,
  type GuestValue,
  PyBytes,
} from '../../../values/index.js'
import type { Mount } from '../interpreter.js'
import { type GrammarKind, isGrammarKind } from './grammar.js'
import { GrammarCache } from './grammar-cache.js'
import { GrammarFiles } from './grammar-files.js'

/** Which folders grammars may be read from. */
export interface XmlOperationsOptions {
  /** Folders that the guest sees; a grammar and what it includes come from these alone. */
  readonly mounts?: readonly Mount[]
}

/**
 * The operation `xml.validate(kind, grammar, document, file=None)`. `kind` is `relaxng` or `xsd`; `grammar`
 * is its text, or None when `file` names it by the guest's path. With `file`, what the grammar includes
 * is read from beside it. The answer is a list of `{line, column, message}`, empty for a valid document.
 * A faulty grammar, or one that cannot be read, is a ValueError.
 *
 * Grammars are compiled once and kept while the answer is in use: make the operations once per run.
 */
export function xmlOperations({ mounts = [] }: XmlOperationsOptions = {}): GuestOperations {
  const files = new GrammarFiles(mounts)
  const grammars = new GrammarCache(files)
  return {
    'xml.validate': async ([kind, grammar, document], keywords) => {
      const {
        kind: known,
        text,
        file,
        content,
      } = readArguments(kind, grammar, {
        document,
        file: keywords.get('file') ?? null,
      })
      const errors = await grammars.validate({ kind: known, text, file }, content)
      return { kind: 'value', value: errors.map((error) => new Map(Object.entries(error))) }
    },
  }
}

interface Arguments {
  readonly kind: GrammarKind
  readonly text: Uint8Array | undefined
  readonly file: string | undefined
  readonly content: Uint8Array
}

function readArguments(
  kind: GuestValue | undefined,
  grammar: GuestValue | undefined,
  more: { readonly document: GuestValue | undefined; readonly file: GuestValue },
): Arguments {
  if (!isGrammarKind(kind)) {
    throw new GuestError('value', "A grammar is of the kind 'relaxng' or 'xsd'")
  }
  const content = bytesOf(more.document)
  if (content === undefined) throw new GuestError('type', 'The document must be text or bytes')
  const text = bytesOf(grammar)
  const file = typeof more.file === 'string' ? more.file : undefined
  if (text === undefined && file === undefined) {
    throw new GuestError('type', 'The grammar must be text, bytes, or the name of a file')
  }
  return { kind, text, file, content }
}

function bytesOf(value: GuestValue | undefined): Uint8Array | undefined {
  if (typeof value === 'string') return Buffer.from(value, 'utf8')
  return value instanceof PyBytes ? value.bytes : undefined
}
