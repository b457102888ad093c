import type { PendingRecord } from '../pending-record.js'
import type { RecordsTurn } from '../records-turn.js'

/** Real ids of records, for statements behind their writing. */
export function realIds(
  records: readonly PendingRecord[],
  { ids }: RecordsTurn,
): readonly number[] {
  return records.map(({ id }) => ids.real(id))
}

export function created(records: readonly PendingRecord[]): readonly PendingRecord[] {
  return records.filter(({ isNew }) => isNew)
}
