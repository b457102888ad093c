import type { Apriori } from '../../odoo/modules/index.js'
import { compareCodePoints } from '../../odoo/release/index.js'
import type { FieldRecord, RecordedModule, ReleaseRecords } from '../records/release-records.js'
import type { AnalysisLine } from './analysis-line.js'
import { compareFields, type FieldStatistics } from './compare-fields.js'
import { compareModels } from './compare-models.js'
import { compareXmlIds } from './compare-xml-ids.js'
import { type NameMaps, nameMaps } from './name-maps.js'

/** The lines of one module, in the order of its file. */
export interface ModuleAnalysis {
  readonly module: string
  readonly models: readonly AnalysisLine[]
  readonly fields: readonly AnalysisLine[]
  readonly xmlIds: readonly AnalysisLine[]
}

/** What changed between two releases. */
export interface ReleaseComparison {
  readonly from: string
  readonly to: string
  /** By name: modules with lines, and all modules of the new release. */
  readonly modules: ReadonlyMap<string, ModuleAnalysis>
  readonly oldModules: readonly RecordedModule[]
  readonly newModules: readonly RecordedModule[]
  /** Lines on models for the general log. */
  readonly generalModels: readonly string[]
  readonly statistics: FieldStatistics
  readonly apriori: Apriori
  /** Fields without a partner, for guesses about renames. */
  readonly onlyOld: readonly FieldRecord[]
  readonly onlyNew: readonly FieldRecord[]
}

export interface CompareOptions {
  readonly apriori: Apriori
  /** The texts of branch 17.0 of upgrade_analysis, its mistakes included. */
  readonly as17?: boolean
}

/** Compares two releases by their records. */
export function compareReleases(
  old: ReleaseRecords,
  now: ReleaseRecords,
  { apriori, as17 = false }: CompareOptions,
): ReleaseComparison {
  const maps: NameMaps = nameMaps(apriori)
  const models = compareModels(old.models, now.models, { maps, as17 })
  const fields = compareFields(old.fields, now.fields, maps)
  const xmlIds = compareXmlIds(old.xmlIds, now.xmlIds, maps)
  const sorted = [...fields.lines].sort((a, b) => compareCodePoints(a.text, b.text))
  const names = now.modules.map(({ name }) => name)
  return {
    from: old.series,
    to: now.series,
    modules: byModule([...models.lines, ...sorted, ...xmlIds], names),
    oldModules: old.modules,
    newModules: now.modules,
    generalModels: models.general,
    statistics: fields.statistics,
    apriori,
    onlyOld: fields.onlyOld,
    onlyNew: fields.onlyNew,
  }
}

function byModule(
  lines: readonly AnalysisLine[],
  installed: readonly string[],
): ReadonlyMap<string, ModuleAnalysis> {
  const groups = new Map<string, AnalysisLine[]>(installed.map((name) => [name, []]))
  for (const line of lines) {
    const group = groups.get(line.module)
    if (group === undefined) groups.set(line.module, [line])
    else group.push(line)
  }
  const modules = [...groups].sort(([a], [b]) => compareCodePoints(a, b))
  return new Map(
    modules.map(([module, group]) => {
      const section = (name: AnalysisLine['section']): readonly AnalysisLine[] =>
        group.filter((line) => line.section === name)
      const analysis = { models: section('models'), fields: section('fields') }
      return [module, { module, ...analysis, xmlIds: section('xmlIds') }]
    }),
  )
}
