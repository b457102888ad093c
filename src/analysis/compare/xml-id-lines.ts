import type { XmlIdRecord } from '../records/release-records.js'
import type { AnalysisLine, ChangeKind } from './analysis-line.js'
import { lineId } from './line-id.js'
import type { NameMaps } from './name-maps.js'

/** What became of an xml id. */
export type XmlIdOutcome =
  | {
      readonly kind: 'same' | 'moved' | 'renamed'
      readonly old: XmlIdRecord
      readonly now: XmlIdRecord
    }
  | { readonly kind: 'deleted'; readonly old: XmlIdRecord; readonly now?: undefined }
  | { readonly kind: 'new'; readonly now: XmlIdRecord; readonly old?: undefined }

/** Lines about an xml id: none where nothing is to be told, two where it went to another module. */
export function xmlIdLine(outcome: XmlIdOutcome, maps: NameMaps): readonly AnalysisLine[] {
  switch (outcome.kind) {
    case 'same':
      return sameLine(outcome.old, outcome.now)
    case 'deleted':
      return [oldLine(outcome.old, maps, 'deleted', '')]
    case 'new':
      return [newLine(outcome.now, 'new', '')]
    default: {
      const { kind, old, now } = outcome
      const there = ` [${kind} to ${prefixOf(now.name)} module]`
      const here = ` [${kind} from ${prefixOf(old.name)} module]`
      return [oldLine(old, maps, 'deleted', there), newLine(now, kind, here, old)]
    }
  }
}

function oldLine(
  old: XmlIdRecord,
  maps: NameMaps,
  kind: ChangeKind,
  bracket: string,
): AnalysisLine {
  return {
    ...base(old, maps.moduleOf(old.module), kind),
    text: `DEL ${old.model}: ${old.name}${bracket}${old.noupdate ? ' (noupdate)' : ''}`,
    ...(old.place !== undefined && { oldPlace: old.place }),
  }
}

function newLine(
  now: XmlIdRecord,
  kind: ChangeKind,
  bracket: string,
  old?: XmlIdRecord,
): AnalysisLine {
  const flags = old === undefined ? [] : changesOf(old, now)
  const switched = flags.includes('noupdate') ? ' (noupdate switched)' : ''
  const noupdate = now.noupdate ? ' (noupdate)' : ''
  return {
    ...base(now, now.module, kind),
    text: `NEW ${now.model}: ${now.name}${bracket}${changeText(old, now, flags)}${noupdate}${switched}`,
    ...(old !== undefined && { attribute: 'name', oldValue: old.name, newValue: now.name }),
    ...(old?.place !== undefined && { oldPlace: old.place }),
    ...(now.place !== undefined && { newPlace: now.place }),
  }
}

type Change = 'domain' | 'definition' | 'noupdate'

function sameLine(old: XmlIdRecord, now: XmlIdRecord): readonly AnalysisLine[] {
  const changes = changesOf(old, now)
  const [attribute] = changes
  if (attribute === undefined) return []
  const switched = changes.includes('noupdate') ? ' (noupdate switched)' : ''
  const noupdate = now.noupdate ? ' (noupdate)' : ''
  const [oldValue, newValue] = valuesOf(old, now, attribute)
  return [
    {
      ...base(now, now.module, 'changed', attribute),
      text: `${now.model}: ${now.name}${changeText(old, now, changes)}${noupdate}${switched}`,
      attribute,
      ...(oldValue !== undefined && { oldValue }),
      ...(newValue !== undefined && { newValue }),
      ...(old.place !== undefined && { oldPlace: old.place }),
      ...(now.place !== undefined && { newPlace: now.place }),
    },
  ]
}

function changesOf(old: XmlIdRecord, now: XmlIdRecord): readonly Change[] {
  const changes: Change[] = []
  if (old.domain && old.domain !== '[]' && !now.domain) changes.push('domain')
  if (old.definition && old.definition !== now.definition) changes.push('definition')
  if (old.noupdate !== now.noupdate) changes.push('noupdate')
  return changes
}

function changeText(
  old: XmlIdRecord | undefined,
  now: XmlIdRecord,
  changes: readonly Change[],
): string {
  const domain = changes.includes('domain') ? ' (deleted domain)' : ''
  const definition = changes.includes('definition')
    ? ` (changed definition: is now '${now.definition ?? 'False'}' ('${old?.definition ?? ''}'))`
    : ''
  return `${domain}${definition}`
}

function valuesOf(
  old: XmlIdRecord,
  now: XmlIdRecord,
  change: Change,
): readonly [string | undefined, string | undefined] {
  if (change === 'noupdate') return [String(old.noupdate), String(now.noupdate)]
  return [old[change], now[change]]
}

function base(
  { model, name, noupdate, table }: XmlIdRecord,
  module: string,
  kind: ChangeKind,
  topic = '',
): Omit<AnalysisLine, 'text'> {
  const id = lineId('xmlid', module, model, name, kind, topic)
  return {
    ...{ id, section: 'xmlIds', kind, module, model, name, noupdate },
    ...(table !== undefined && { table }),
  }
}

function prefixOf(name: string): string {
  return name.slice(0, name.indexOf('.'))
}
