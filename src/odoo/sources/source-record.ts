import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { codeOf } from '../../base/index.js'

/** What a source tree holds. */
export type SourceKind = 'odoo' | 'openupgrade'

export const SOURCE_KINDS: readonly SourceKind[] = ['odoo', 'openupgrade']

/** Where a source tree came from. */
export type SourceOrigin =
  | { readonly git: string; readonly branch: string }
  | { readonly folder: string }

/** A source tree that moult knows. */
export interface SourceRecord {
  readonly kind: SourceKind
  /** The release it is of: `16.0`. */
  readonly series: string
  readonly origin: SourceOrigin
  /** The folder that holds it. */
  readonly tree: string
  /** Of a clone, or of a folder that is one. */
  readonly commit: string | undefined
  /** When that commit was made, as ISO text. */
  readonly date: string | undefined
  /** Bytes in moult's cache; none for a folder of the user's own. */
  readonly size: number
}

/** What is written down; the tree's place follows from where it is written. */
interface StoredRecord {
  readonly format: 1
  readonly kind: SourceKind
  readonly series: string
  readonly origin: SourceOrigin
  readonly commit?: string
  readonly date?: string
  readonly size: number
}

const FILE = 'source.json'
/** The clone, inside the folder of its record. */
export const TREE = 'tree'

/** The folder of a source in the cache: `<cache>/sources/<release>/<kind>`. */
export function sourceFolder(cache: string, series: string, kind: SourceKind): string {
  return join(sourcesFolder(cache), series, kind)
}

export function sourcesFolder(cache: string): string {
  return join(cache, 'sources')
}

/** Writes the record into the folder that holds the clone, or will only hold the record. */
export async function writeRecord(folder: string, record: SourceRecord): Promise<void> {
  const { kind, series, origin, commit, date, size } = record
  const stored: StoredRecord = {
    format: 1,
    kind,
    series,
    origin,
    ...(commit !== undefined && { commit }),
    ...(date !== undefined && { date }),
    size,
  }
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, FILE), `${JSON.stringify(stored, null, 2)}\n`)
}

/** The record in a folder; undefined where there is none that can be read. */
export async function readRecord(folder: string): Promise<SourceRecord | undefined> {
  let text: string
  try {
    text = await readFile(join(folder, FILE), 'utf8')
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(codeOf(error) ?? '')) return undefined
    throw error
  }
  const stored = parse(text)
  if (stored === undefined) return undefined
  const { kind, series, origin, commit, date, size } = stored
  const tree = 'folder' in origin ? origin.folder : join(folder, TREE)
  return { kind, series, origin, tree, commit, date, size }
}

/** Only moult writes here; what is damaged or of a later format counts as not there. */
function parse(text: string): StoredRecord | undefined {
  try {
    const value: unknown = JSON.parse(text)
    const isRecord = typeof value === 'object' && value !== null && 'format' in value
    return isRecord && value.format === 1 ? (value as StoredRecord) : undefined
  } catch {
    return undefined
  }
}
