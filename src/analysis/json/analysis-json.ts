import type { AnalysisLine } from '../compare/analysis-line.js'
import { type Attention, assessLine } from '../compare/assess-line.js'
import type { ModuleAnalysis, ReleaseComparison } from '../compare/compare-releases.js'
import type { NoupdateChange } from '../noupdate/noupdate-changes.js'
import type { ModelSuggestion } from '../renames/suggest-model-renames.js'
import type { RenameSuggestion } from '../renames/suggest-renames.js'
import { linesOf } from '../texts/analysis-text.js'

/** A line with what it asks for. */
export type AssessedLine = AnalysisLine & {
  readonly attention: Attention
  readonly reason: string
}

/** The twin of a module's `upgrade_analysis.txt` and `noupdate_changes.xml`. */
export interface ModuleAnalysisJson {
  readonly module: string
  readonly version: string
  readonly from: string
  readonly to: string
  readonly lines: readonly AssessedLine[]
  readonly noupdate: readonly NoupdateChange[]
  readonly suggestions: readonly RenameSuggestion[]
}

export interface ModuleJsonParts {
  readonly comparison: ReleaseComparison
  readonly version: string
  readonly noupdate: readonly NoupdateChange[]
  readonly suggestions: readonly RenameSuggestion[]
}

/** All that the analysis knows of a module. */
export function moduleAnalysisJson(
  analysis: ModuleAnalysis,
  { comparison, version, noupdate, suggestions }: ModuleJsonParts,
): ModuleAnalysisJson {
  const { module } = analysis
  return {
    module,
    version,
    from: comparison.from,
    to: comparison.to,
    lines: linesOf(analysis).map((line) => ({ ...line, ...assessLine(line) })),
    noupdate,
    suggestions: suggestions.filter((suggestion) => suggestion.module === module),
  }
}

/** The twin of the general log. */
export interface GeneralJson {
  readonly from: string
  readonly to: string
  readonly statistics: ReleaseComparison['statistics']
  readonly modelLines: readonly string[]
  readonly models: readonly ModelSuggestion[]
}

export function generalJson(
  { from, to, statistics, generalModels }: ReleaseComparison,
  models: readonly ModelSuggestion[],
): GeneralJson {
  return { from, to, statistics, modelLines: generalModels, models }
}
