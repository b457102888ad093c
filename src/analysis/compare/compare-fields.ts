import type { FieldAttribute, FieldRecord } from '../records/release-records.js'
import type { AnalysisLine } from './analysis-line.js'
import { fieldChanges } from './field-changes.js'
import { deletedField, newField } from './field-lines.js'
import type { NameMaps } from './name-maps.js'

/** Fields that every model has; they say nothing. */
const IGNORED = new Set(['create_date', 'create_uid', 'id', 'write_date', 'write_uid'])

/** Counts that stand in the general log, records without a line included. */
export interface FieldStatistics {
  readonly matched: number
  readonly direct: number
  readonly otherModule: number
  readonly inObsoleteModels: number
  readonly newColumns: number
  readonly notMatched: number
}

export interface FieldComparison {
  /** In the order in which they are found; files sort them. */
  readonly lines: readonly AnalysisLine[]
  readonly statistics: FieldStatistics
  /** Records without a partner, for guesses about renames. */
  readonly onlyOld: readonly FieldRecord[]
  readonly onlyNew: readonly FieldRecord[]
}

/** Compares fields as upgrade_analysis does (compare.py): matched by module, then in any module. */
export function compareFields(
  oldRecords: readonly FieldRecord[],
  newRecords: readonly FieldRecord[],
  maps: NameMaps,
): FieldComparison {
  const olds = oldRecords.filter(({ field }) => !IGNORED.has(field))
  const news = newRecords.filter(({ field }) => !IGNORED.has(field))
  const newModels = new Set(newRecords.map(({ model }) => model))
  const isObsolete = ({ model }: FieldRecord): boolean =>
    !newModels.has(model) && !newModels.has(maps.modelOf(model))
  const open = new Open(news)
  const candidates = olds.filter((record) => !isObsolete(record))
  const partners = new Map<FieldRecord, FieldRecord>()
  const lines: AnalysisLine[] = []
  const pass = (keyOf: Key, mapped: Key, withModule: boolean): number => {
    const before = partners.size
    const find = open.by(keyOf)
    for (const old of candidates) {
      if (partners.has(old)) continue
      const found = find(mapped(old))
      if (found === undefined) continue
      partners.set(old, found)
      lines.push(...fieldChanges(old, found, { maps, withModule }))
    }
    return partners.size - before
  }
  const direct = pass(
    directKey,
    (old) => key(maps.moduleOf(old.module), old.mode, maps.renamedModel(old.model), old.field),
    false,
  )
  const otherModule = pass(
    anyModuleKey,
    (old) => key(old.mode, maps.renamedModel(old.model), old.field, typeOf(old)),
    true,
  )
  const onlyOld = olds.filter((record) => !partners.has(record))
  const onlyNew = open.rest()
  lines.push(...onlyOld.filter(isTold).map((record) => deletedField(record, maps)))
  lines.push(...onlyNew.filter(isTold).map(newField))
  return {
    lines,
    onlyOld,
    onlyNew,
    statistics: {
      matched: partners.size,
      direct,
      otherModule,
      inObsoleteModels: olds.filter(isObsolete).length,
      newColumns: onlyNew.length,
      notMatched: onlyOld.length,
    },
  }
}

type Key = (record: FieldRecord) => string

function key(...parts: readonly string[]): string {
  return parts.join('\0')
}

const typeOf = ({ attributes }: FieldRecord): string => attributes.type ?? ''
const directKey: Key = ({ module, mode, model, field }) => key(module, mode, model, field)
const anyModuleKey: Key = (record) => key(record.mode, record.model, record.field, typeOf(record))

/** Records of the new release that have no partner yet. */
class Open {
  readonly #records: Set<FieldRecord>

  constructor(records: readonly FieldRecord[]) {
    this.#records = new Set(records)
  }

  /** Finds the first record of a key and takes it out. */
  by(keyOf: Key): (wanted: string) => FieldRecord | undefined {
    const index = new Map<string, FieldRecord[]>()
    for (const record of [...this.#records].reverse()) {
      const others = index.get(keyOf(record))
      if (others === undefined) index.set(keyOf(record), [record])
      else others.push(record)
    }
    return (wanted) => {
      const found = index.get(wanted)?.pop()
      if (found !== undefined) this.#records.delete(found)
      return found
    }
  }

  rest(): readonly FieldRecord[] {
    return [...this.#records]
  }
}

/** The order of records is no news of its own, nor is a field that is computed whenever it is read. */
function isTold({ field, attributes }: FieldRecord): boolean {
  if (field === '_order') return false
  const has = (name: FieldAttribute): boolean => attributes[name] !== undefined
  return has('stored') || !(has('isfunction') || has('isrelated'))
}
