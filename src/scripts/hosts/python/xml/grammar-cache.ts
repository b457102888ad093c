import { createHash } from 'node:crypto'
import { GuestError } from '../../../values/index.js'
import {
  type CompiledGrammar,
  compileGrammar,
  type GrammarKind,
  type XmlRemark,
} from './grammar.js'
import type { GrammarFiles } from './grammar-files.js'

/** A grammar as its text, or as the guest's name of a file. */
export interface GrammarSource {
  readonly kind: GrammarKind
  readonly text: Uint8Array | undefined
  readonly file: string | undefined
  /** Texts of what the grammar includes, by name; without them it is read from the guest's folders. */
  readonly included: ReadonlyMap<string, Uint8Array> | undefined
}

interface Kept extends CompiledGrammar {
  /** The files that were included, with the hash of what was in them. */
  readonly included: ReadonlyMap<string, string>
}

/** Grammars kept at once; Odoo has a dozen. */
const MOST_KEPT = 24

/** Compiled grammars by what is in them. */
export class GrammarCache {
  readonly #files: GrammarFiles
  readonly #kept = new Map<string, Kept>()

  constructor(files: GrammarFiles) {
    this.#files = files
  }

  async validate(source: GrammarSource, document: Uint8Array): Promise<readonly XmlRemark[]> {
    const grammar = await this.#grammar(source)
    return grammar.validate(document)
  }

  async #grammar({ kind, text, file, included: given }: GrammarSource): Promise<CompiledGrammar> {
    const content = text ?? (file === undefined ? undefined : this.#files.read(file))
    if (content === undefined) {
      throw new GuestError('value', `The grammar ${file} cannot be read`)
    }
    // What a grammar includes depends on where it lies.
    const others = [...(given ?? [])].map(([name, bytes]) => `${name} ${hashOf(bytes)}`)
    const key = [kind, file ?? '', hashOf(content), ...others].join('\n')
    const kept = this.#kept.get(key)
    if (kept !== undefined && this.#isCurrent(kept)) return kept
    // Imported here: the library starts a WebAssembly module.
    const xml = await import('libxml2-wasm')
    const included = new Map<string, string>()
    xml.xmlRegisterInputProvider(
      this.#files.provider(given, (path, bytes) => included.set(path, hashOf(bytes))),
    )
    try {
      const compiled = compileGrammar(xml, kind, { text: content, url: file ?? 'grammar' })
      const made = { ...compiled, included }
      this.#keep(key, made)
      return made
    } finally {
      xml.xmlCleanupInputProvider()
    }
  }

  #isCurrent({ included }: Kept): boolean {
    for (const [path, hash] of included) {
      const content = this.#files.read(decodeURI(path))
      if (content === undefined || hashOf(content) !== hash) return false
    }
    return true
  }

  #keep(key: string, grammar: Kept): void {
    this.#kept.get(key)?.free()
    this.#kept.delete(key)
    this.#kept.set(key, grammar)
    if (this.#kept.size <= MOST_KEPT) return
    for (const [oldest, { free }] of this.#kept) {
      this.#kept.delete(oldest)
      free()
      return
    }
  }
}

function hashOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('base64')
}
