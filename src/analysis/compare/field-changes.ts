import type { FieldAttribute, FieldRecord } from '../records/release-records.js'
import type { AnalysisLine } from './analysis-line.js'
import { fieldLine } from './field-lines.js'
import type { NameMaps } from './name-maps.js'

/** How one attribute's change is told; undefined where it is not. */
type Teller = (now: string | undefined, was: string | undefined) => string | undefined

const changed =
  (name: string, suffix = ''): Teller =>
  (now, was) =>
    `${name} is now '${now ?? 'False'}' ('${was ?? 'False'}')${suffix}`

const flag =
  (gained: string, lost: string | undefined): Teller =>
  (now) =>
    now === undefined ? lost : gained

const TELLERS: readonly (readonly [FieldAttribute, Teller, 'only direct'?])[] = [
  ['relation', changed('relation', ' [nothing to do]')],
  ['type', changed('type'), 'only direct'],
  ['selection_keys', changed('selection_keys')],
  ['_inherits', changed('_inherits')],
  ['stored', flag('is now stored', 'not stored anymore')],
  ['isfunction', flag('now a function', 'not a function anymore')],
  ['isrelated', flag('now related', 'not related anymore')],
  ['required', flag('now required', undefined)],
  ['table', changed('table')],
  ['_order', changed('_order')],
]

export interface FieldChangeOptions {
  readonly maps: NameMaps
  /** The partner is in another module, and that is told first. */
  readonly withModule: boolean
}

/** What is different in a field that both releases have, in the order of upgrade_analysis. */
export function fieldChanges(
  old: FieldRecord,
  now: FieldRecord,
  { maps, withModule }: FieldChangeOptions,
): readonly AnalysisLine[] {
  const module = maps.moduleOf(old.module)
  const places = {
    ...(old.place !== undefined && { oldPlace: old.place }),
    ...(now.place !== undefined && { newPlace: now.place }),
  }
  const line = (attribute: string, text: string, was?: string, is?: string): AnalysisLine => ({
    ...fieldLine(old, module, text, 'changed', attribute),
    attribute,
    ...(was !== undefined && { oldValue: was }),
    ...(is !== undefined && { newValue: is }),
    ...places,
  })
  const lines: AnalysisLine[] = withModule ? moduleLines(old, now, module, places) : []
  for (const [name, tell, limit] of TELLERS) {
    if (limit === 'only direct' && withModule) continue
    const is = now.attributes[name]
    const was = old.attributes[name]
    if (is === was) continue
    const text = tell(is, was)
    if (text !== undefined) lines.push(line(name, text, was, is))
    if (name === 'table') lines.push(...columnLines(old, now, line))
  }
  return lines
}

function moduleLines(
  old: FieldRecord,
  now: FieldRecord,
  module: string,
  places: Pick<AnalysisLine, 'oldPlace' | 'newPlace'>,
): AnalysisLine[] {
  const values = { attribute: 'module', oldValue: old.module, newValue: now.module, ...places }
  const here = `module is now '${now.module}' ('${old.module}')`
  const there = `previously in module ${old.module}`
  return [
    { ...fieldLine(old, module, here, 'moved', 'module'), ...values },
    { ...fieldLine(old, now.module, there, 'moved', 'previously', now.module), ...values },
  ]
}

type Line = (attribute: string, text: string, was?: string, is?: string) => AnalysisLine

function columnLines(old: FieldRecord, now: FieldRecord, line: Line): readonly AnalysisLine[] {
  if (old.attributes.table === undefined || now.attributes.table === undefined) return []
  return (['column1', 'column2'] as const).flatMap((name) => {
    const was = old.attributes[name]
    const is = now.attributes[name]
    if (was === is) return []
    const text = `${name} is now '${is ?? 'False'}' ('${was ?? 'False'}') [${old.attributes.table}]`
    return [line(name, text, was, is)]
  })
}
