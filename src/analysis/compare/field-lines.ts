import type { FieldAttribute, FieldRecord } from '../records/release-records.js'
import type { AnalysisLine, ChangeKind } from './analysis-line.js'
import { lineId } from './line-id.js'
import type { NameMaps } from './name-maps.js'

const DELETED = [
  'relation',
  'required',
  'selection_keys',
  '_inherits',
  'mode',
  'attachment',
] as const
const NEW = [...DELETED, 'hasdefault'] as const
const COMPUTED = ['isfunction', 'isrelated', 'stored'] as const

type Told = FieldAttribute | 'mode'

/** The line of a field that is gone; filed under the module that its module became. */
export function deletedField(old: FieldRecord, maps: NameMaps): AnalysisLine {
  const attributes = told(old, DELETED)
  return {
    ...fieldLine(
      old,
      maps.moduleOf(old.module),
      `DEL${attributesText(attributes)}`,
      'deleted',
      old.mode,
    ),
    attributes,
    ...(old.place !== undefined && { oldPlace: old.place }),
  }
}

/** The line of a field that is new. */
export function newField(record: FieldRecord): AnalysisLine {
  const { isfunction, isrelated } = record.attributes
  const isComputed = isfunction !== undefined || isrelated !== undefined
  const attributes = told(record, isComputed ? [...NEW, ...COMPUTED] : NEW)
  return {
    ...fieldLine(record, record.module, `NEW${attributesText(attributes)}`, 'new', record.mode),
    attributes,
    ...(record.place !== undefined && { newPlace: record.place }),
  }
}

/**
 * A line about a field. It shows module, model and type of the record at hand, whatever file it is in;
 * `topic` tells lines about the same field apart.
 */
export function fieldLine(
  record: FieldRecord,
  module: string,
  text: string,
  kind: ChangeKind,
  topic: string,
  shownModule = record.module,
): AnalysisLine {
  const { model, field, attributes } = record
  const isPseudo = field === '_inherits' || field === '_order'
  const type = attributes.type ?? 'False'
  const shownField = isPseudo ? field : `${field} (${type})`
  return {
    id: lineId('field', module, record.module, model, field, kind, topic),
    section: 'fields',
    kind,
    module,
    model,
    field,
    ...(!isPseudo && attributes.type !== undefined && { fieldType: attributes.type }),
    text: `${shownModule.padEnd(12)} / ${model.padEnd(24)} / ${shownField.padEnd(30)}: ${text}`,
  }
}

function told(record: FieldRecord, names: readonly Told[]): Readonly<Record<string, string>> {
  const entries = names.flatMap((name): readonly (readonly [string, string])[] => {
    if (name === 'mode') return record.mode === 'modify' ? [['mode', 'modify']] : []
    const value = record.attributes[name]
    return value === undefined ? [] : [[name, value]]
  })
  return Object.fromEntries(entries)
}

function attributesText(attributes: Readonly<Record<string, string>>): string {
  const parts = Object.entries(attributes).map(([name, value]) =>
    name === value ? name : `${name}: ${value}`,
  )
  return parts.length === 0 ? '' : ` ${parts.join(', ')}`
}
