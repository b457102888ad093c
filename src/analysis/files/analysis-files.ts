import { basename, dirname, posix } from 'node:path'
import type { UpgradeAnalysis } from '../analyze-releases.js'
import { coverageRemark, coverageRst, coverageSides } from '../coverage/coverage-rst.js'
import { analysisPage } from '../html/analysis-page.js'
import { generalJson, type ModuleAnalysisJson, moduleAnalysisJson } from '../json/analysis-json.js'
import { noupdateText } from '../noupdate/noupdate-text.js'
import type { RecordedModule } from '../records/release-records.js'
import { analysisText, hasChanges } from '../texts/analysis-text.js'
import { generalLog } from '../texts/general-log.js'

/** A file of an analysis. */
export interface AnalysisFile {
  /** Relative to the folder of the analysis, with `/`. */
  readonly path: string
  readonly content: string
}

export interface FileOptions {
  /** A JSON file beside each text. */
  readonly json: boolean
  /** One page with everything. */
  readonly html: boolean
  /** The texts of branch 17.0 of upgrade_analysis. */
  readonly as17?: boolean
  /** Only the files of modules: no general log, no coverage file. */
  readonly onlyModules?: boolean
}

const HOME_OF_RELEASE = 'addons'
const BASE = 'base'

/** Where the files of a module go: core modules as on an upgrade path, others inside of themselves. */
export function folderOf({ name, version, folder }: RecordedModule): string {
  const isCore = basename(dirname(folder)) === HOME_OF_RELEASE
  return isCore ? posix.join(name, version) : posix.join(name, 'migrations', version)
}

/** All files of an analysis: OpenUpgrade's formats, and what is asked for beside them. */
export function analysisFiles(
  analysis: UpgradeAnalysis,
  options: FileOptions,
): readonly AnalysisFile[] {
  const { comparison } = analysis
  const modules = moduleJsons(analysis)
  const files = comparison.newModules.flatMap((module) => moduleFiles(module, analysis, options))
  return [
    ...files,
    ...(options.onlyModules === true ? [] : releaseFiles(analysis, options)),
    ...(options.html ? [pageFile(analysis, modules)] : []),
  ]
}

/** What the analysis knows of each module that changed, by name. */
export function moduleJsons(analysis: UpgradeAnalysis): readonly ModuleAnalysisJson[] {
  const { comparison, noupdate, suggestions } = analysis
  const versions = new Map(comparison.newModules.map(({ name, version }) => [name, version]))
  return [...comparison.modules.values()].flatMap((module) => {
    const changes = noupdate.get(module.module) ?? []
    if (!hasChanges(module) && changes.length === 0) return []
    const version = versions.get(module.module) ?? ''
    return [moduleAnalysisJson(module, { comparison, version, noupdate: changes, suggestions })]
  })
}

function moduleFiles(
  module: RecordedModule,
  { comparison, noupdate, suggestions }: UpgradeAnalysis,
  { json }: FileOptions,
): readonly AnalysisFile[] {
  const analysis = comparison.modules.get(module.name)
  if (analysis === undefined) return []
  const folder = folderOf(module)
  const changes = noupdate.get(module.name) ?? []
  const xml = noupdateText(changes)
  const { version } = module
  const twin = moduleAnalysisJson(analysis, { comparison, version, noupdate: changes, suggestions })
  const file = (name: string, content: string): AnalysisFile => ({
    path: posix.join(folder, name),
    content,
  })
  const { noupdate: _, ...lines } = twin
  return [
    file('upgrade_analysis.txt', analysisText(analysis)),
    ...(json ? [file('upgrade_analysis.json', jsonText(lines))] : []),
    ...(xml === undefined ? [] : [file('noupdate_changes.xml', xml)]),
    ...(json && xml !== undefined ? [file('noupdate_changes.json', jsonText(changes))] : []),
  ]
}

function releaseFiles(
  { comparison, models }: UpgradeAnalysis,
  { json, as17 = false }: FileOptions,
): readonly AnalysisFile[] {
  const base = comparison.newModules.find(({ name }) => name === BASE)
  const folder = base === undefined ? '' : folderOf(base)
  const log = posix.join(folder, 'upgrade_general_log')
  const { from, to } = comparison
  const digits = (series: string): string => series.replace(/\D/g, '')
  const coverage = coverageRst(coverageRows(comparison), { from, to, as17 })
  return [
    { path: `${log}.txt`, content: generalLog(comparison) },
    ...(json ? [{ path: `${log}.json`, content: jsonText(generalJson(comparison, models)) }] : []),
    { path: `modules${digits(from)}-${digits(to)}.rst`, content: coverage },
  ]
}

function coverageRows(comparison: UpgradeAnalysis['comparison']) {
  const { oldModules, newModules, modules, apriori } = comparison
  const names = (list: readonly RecordedModule[]) => list.map(({ name }) => name)
  return coverageSides(names(oldModules), names(newModules)).map(([module, side]) => {
    const analysis = modules.get(module)
    const changed = analysis !== undefined && hasChanges(analysis)
    const isTold = side !== 'both' || changed
    return { module, side, status: '', remark: coverageRemark(module, apriori, isTold) }
  })
}

function pageFile(
  { comparison, models }: UpgradeAnalysis,
  modules: readonly ModuleAnalysisJson[],
): AnalysisFile {
  const { from, to } = comparison
  return { path: 'analysis.html', content: analysisPage({ from, to, modules, models }) }
}

function jsonText(value: unknown): string {
  return `${JSON.stringify(value, null, 1)}\n`
}
