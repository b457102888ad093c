import type { ModelRecord } from '../records/release-records.js'
import type { AnalysisLine, ChangeKind } from './analysis-line.js'
import { lineId } from './line-id.js'
import type { NameMaps } from './name-maps.js'

export interface ModelComparison {
  /** In order; files do not sort them. */
  readonly lines: readonly AnalysisLine[]
  /** The same as the general log tells them; moved models are not in it. */
  readonly general: readonly string[]
}

interface Told {
  readonly text: string
  readonly kind: ChangeKind
  readonly module: string
  /** The model's name in the other release. */
  readonly other?: string
  /** The module in the other release. */
  readonly otherModule?: string
  /** Text for the general log, without the module. */
  readonly general?: string
  /** How the type is shown there; 17's file shows it literally in some lines. */
  readonly suffixed: 'plain' | 'bracketed'
}

export interface ModelOptions {
  readonly maps: NameMaps
  /** The texts of branch 17.0 of upgrade_analysis, its mistakes included. */
  readonly as17?: boolean
}

/** Compares models as upgrade_analysis does: those of the old release first, then those of the new one. */
export function compareModels(
  olds: readonly ModelRecord[],
  news: readonly ModelRecord[],
  options: ModelOptions,
): ModelComparison {
  const oldByName = new Map(olds.map((record) => [record.model, record]))
  const newByName = new Map(news.map((record) => [record.model, record]))
  const lines: AnalysisLine[] = []
  const general: string[] = []
  const tell = (record: ModelRecord, told: Told | undefined, side: 'old' | 'new'): void => {
    if (told === undefined) return
    const place = record.place
    lines.push({
      id: lineId('model', told.module, record.model, told.kind, side),
      section: 'models',
      kind: told.kind,
      module: told.module,
      model: record.model,
      text: `${told.text}${typeSuffix(record, told, options)}`,
      ...valuesOf(record, told, side),
      ...(place !== undefined && (side === 'old' ? { oldPlace: place } : { newPlace: place })),
    })
    if (told.general !== undefined) general.push(generalText(record, told, options))
  }
  for (const record of olds) tell(record, oldModel(record, newByName, options.maps), 'old')
  for (const record of news) tell(record, newModel(record, oldByName, options.maps), 'new')
  return { lines, general }
}

/** What the line says in both releases: the model's name, or its module. */
function valuesOf(
  { model, module }: ModelRecord,
  { kind, other, otherModule }: Told,
  side: 'old' | 'new',
): Pick<AnalysisLine, 'attribute' | 'oldValue' | 'newValue'> {
  const attribute = kind === 'renamed' ? 'name' : 'module'
  const [own, foreign] = kind === 'renamed' ? [model, other] : [module, otherModule]
  if (foreign === undefined) return {}
  const [oldValue, newValue] = side === 'old' ? [own, foreign] : [foreign, own]
  return { attribute, oldValue, newValue }
}

function oldModel(
  { model, module }: ModelRecord,
  news: ReadonlyMap<string, ModelRecord>,
  maps: NameMaps,
): Told | undefined {
  const home = maps.moduleOf(module)
  const same = news.get(model)
  if (same !== undefined) {
    if (same.module === home) return undefined
    const text = `model ${model} (moved to ${same.module})`
    return { text, kind: 'moved', module: home, suffixed: 'bracketed', otherModule: same.module }
  }
  const now = news.get(maps.modelOf(model))
  const general = `obsolete model ${model}`
  if (now === undefined) {
    return { text: general, general, kind: 'deleted', module: home, suffixed: 'plain' }
  }
  const elsewhere = now.module === home ? '' : ` in module ${now.module}`
  return {
    text: `${general} (renamed to ${now.model}${elsewhere})`,
    general: `${general} (renamed to ${now.model})`,
    kind: 'renamed',
    module: home,
    suffixed: 'bracketed',
    other: now.model,
    otherModule: now.module,
  }
}

function newModel(
  { model, module }: ModelRecord,
  olds: ReadonlyMap<string, ModelRecord>,
  maps: NameMaps,
): Told | undefined {
  const same = olds.get(model)
  if (same !== undefined) {
    if (maps.moduleOf(same.module) === module) return undefined
    const text = `model ${model} (moved from ${same.module})`
    return { text, kind: 'moved', module, suffixed: 'plain', otherModule: same.module }
  }
  const old = olds.get(maps.oldModelOf(model) ?? '')
  const general = `new model ${model}`
  if (old === undefined) return { text: general, general, kind: 'new', module, suffixed: 'plain' }
  const elsewhere = maps.moduleOf(old.module) === module ? '' : ` in module ${old.module}`
  return {
    text: `${general} (renamed from ${old.model}${elsewhere})`,
    general: `${general} (renamed from ${old.model})`,
    kind: 'renamed',
    module,
    suffixed: 'plain',
    other: old.model,
    otherModule: old.module,
  }
}

function typeSuffix({ type }: ModelRecord, { suffixed }: Told, { as17 }: ModelOptions): string {
  if (type === '') return ''
  return as17 && suffixed === 'bracketed' ? " [column['model_type']]" : ` [${type}]`
}

function generalText(record: ModelRecord, told: Told, { maps, as17 }: ModelOptions): string {
  const module =
    told.kind === 'new' || !told.general?.startsWith('obsolete')
      ? record.module
      : maps.moduleOf(record.module)
  const isLiteral = as17 === true && told.kind === 'deleted'
  return `${told.general} [module ${isLiteral ? "module_map(column['module'])" : module}]`
}
