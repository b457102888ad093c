import type { Finding } from '../../base/index.js'
import type { DataFacts } from '../../odoo/data/index.js'
import type { ReleaseRecords } from './release-records.js'

/** A release as the analysis needs it, and what it was made from: plain data. */
export interface RecordedRelease {
  readonly records: ReleaseRecords
  /** Module → its data files in order, with the ids that they name. */
  readonly data: ReadonlyMap<string, readonly DataFacts[]>
  /** Bytes of Python and data files. */
  readonly bytes: number
  /** The same for the same files; undefined where nothing is kept. */
  readonly key: string | undefined
  readonly findings: readonly Finding[]
}

/** A recorded release as JSON, for the cache. */
export function toText({ data, ...release }: RecordedRelease): string {
  return JSON.stringify({ ...release, data: [...data] })
}

export function fromText(text: string): RecordedRelease {
  const { data, ...release } = JSON.parse(text) as Omit<RecordedRelease, 'data'> & {
    readonly data: readonly (readonly [string, readonly DataFacts[]])[]
  }
  return { ...release, data: new Map(data) }
}
