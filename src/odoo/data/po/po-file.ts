import type { Finding } from '../../../base/index.js'

/** What a translation belongs to. */
export type PoReference =
  | {
      /** A whole field, or one term of a field that is translated term by term. */
      readonly kind: 'model' | 'model_terms'
      readonly model: string
      readonly field: string
      /** Of the record's xml id. */
      readonly module: string
      readonly name: string
    }
  | { readonly kind: 'code'; readonly path: string; readonly line: number }
  /** Kinds that Odoo passes over. */
  | { readonly kind: 'old'; readonly text: string }

/** A text with its translation; both are there, a translation may be empty. */
export interface PoEntry {
  readonly source: string
  readonly context?: string
  readonly translation: string
  /** The first module that its comment names. */
  readonly module: string
  readonly references: readonly PoReference[]
  /** Lines of the extracted comment without those that name modules. */
  readonly comments: readonly string[]
  readonly isFuzzy: boolean
}

/** A language's translations of a module. */
export interface PoFile {
  readonly file: string
  /** Of the header; empty where it has none. */
  readonly language: string
  readonly entries: readonly PoEntry[]
  readonly findings: readonly Finding[]
}
