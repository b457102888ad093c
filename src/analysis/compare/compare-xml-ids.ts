import { compareCodePoints } from '../../odoo/release/index.js'
import type { XmlIdRecord } from '../records/release-records.js'
import type { AnalysisLine } from './analysis-line.js'
import type { NameMaps } from './name-maps.js'
import { type XmlIdOutcome, xmlIdLine } from './xml-id-lines.js'

const VIEW = 'ir.ui.view'

/** Compares xml ids as upgrade_analysis does; the lines are sorted as in its files. */
export function compareXmlIds(
  olds: readonly XmlIdRecord[],
  news: readonly XmlIdRecord[],
  maps: NameMaps,
): readonly AnalysisLine[] {
  const outcomes: XmlIdOutcome[] = []
  const { restOld, restNew } = matchDirectly(olds, news, maps, outcomes)
  // An old record whose model was renamed is not found in its own list, and so it stays.
  const ownOld = restOld.filter(
    (record) => isOwn(record) || maps.renamedModel(record.model) !== record.model,
  )
  const ownNew = restNew.filter(
    (record) => isOwn(record) || maps.renamedModel(record.model) !== record.model,
  )
  const moved = pair(ownOld, ownNew, ({ model, name }) => `${model}\0${name}`)
  for (const [old, now] of moved.pairs) outcomes.push({ kind: 'moved', old, now })
  const renamed = pair(
    moved.restOld.filter(canRename),
    moved.restNew.filter(canRename),
    ({ model, name }) => `${model}\0${suffixOf(name)}`,
  )
  for (const [old, now] of renamed.pairs) outcomes.push({ kind: 'renamed', old, now })
  const partners = new Set(renamed.pairs.flat())
  for (const old of moved.restOld) if (!partners.has(old)) outcomes.push({ kind: 'deleted', old })
  for (const now of moved.restNew) if (!partners.has(now)) outcomes.push({ kind: 'new', now })
  return outcomes.flatMap((outcome) => xmlIdLine(outcome, maps)).sort(byModelSideName)
}

type Pairs = {
  readonly pairs: readonly (readonly [XmlIdRecord, XmlIdRecord])[]
  readonly restOld: readonly XmlIdRecord[]
  readonly restNew: readonly XmlIdRecord[]
}

function matchDirectly(
  olds: readonly XmlIdRecord[],
  news: readonly XmlIdRecord[],
  maps: NameMaps,
  outcomes: XmlIdOutcome[],
): Pick<Pairs, 'restOld' | 'restNew'> {
  const { pairs, restOld, restNew } = pair(
    olds,
    news,
    ({ module, model, name }) => `${module}\0${model}\0${name}`,
    ({ module, model, name }) => `${maps.moduleOf(module)}\0${maps.modelOf(model)}\0${name}`,
  )
  for (const [old, now] of pairs) outcomes.push({ kind: 'same', old, now })
  return { restOld, restNew }
}

/** Gives each old record the first new one with its key that is still free. */
function pair(
  olds: readonly XmlIdRecord[],
  news: readonly XmlIdRecord[],
  keyOf: (record: XmlIdRecord) => string,
  oldKeyOf = keyOf,
): Pairs {
  const free = new Map<string, XmlIdRecord[]>()
  for (const record of [...news].reverse()) {
    const key = keyOf(record)
    const others = free.get(key)
    if (others === undefined) free.set(key, [record])
    else others.push(record)
  }
  const pairs: (readonly [XmlIdRecord, XmlIdRecord])[] = []
  const restOld: XmlIdRecord[] = []
  const taken = new Set<XmlIdRecord>()
  for (const old of olds) {
    const now = free.get(oldKeyOf(old))?.pop()
    if (now === undefined) restOld.push(old)
    else {
      pairs.push([old, now])
      taken.add(now)
    }
  }
  return { pairs, restOld, restNew: news.filter((record) => !taken.has(record)) }
}

function isOwn({ module, name }: XmlIdRecord): boolean {
  return name.startsWith(`${module}.`)
}

function canRename(record: XmlIdRecord): boolean {
  return record.model !== VIEW && isOwn(record)
}

function suffixOf(name: string): string {
  return name.slice(name.indexOf('.') + 1)
}

function byModelSideName(a: AnalysisLine, b: AnalysisLine): number {
  const side = (line: AnalysisLine): number => (line.kind === 'deleted' ? 1 : 0)
  return (
    compareCodePoints(a.model, b.model) ||
    side(a) - side(b) ||
    compareCodePoints(a.name ?? '', b.name ?? '')
  )
}
