import type { Findings, Progress } from '../base/index.js'
import type { Apriori } from '../odoo/modules/index.js'
import { compareReleases, type ReleaseComparison } from './compare/compare-releases.js'
import { compareNoupdate } from './noupdate/compare-noupdate.js'
import type { NoupdateChange } from './noupdate/noupdate-changes.js'
import type { ReadRecordsOptions } from './records/read-release-records.js'
import { recordInThread } from './records/record-in-thread.js'
import type { RecordedRelease } from './records/recorded-release.js'
import { type ModelSuggestion, suggestModelRenames } from './renames/suggest-model-renames.js'
import { type RenameSuggestion, suggestRenames } from './renames/suggest-renames.js'

export interface AnalyzeRequest {
  readonly old: ReadRecordsOptions
  readonly now: ReadRecordsOptions
  readonly apriori: Apriori
  /** The texts of branch 17.0 of upgrade_analysis, its mistakes included. */
  readonly as17?: boolean
  /** Modules to tell about; all that changed by default. Names of either release. */
  readonly only?: ReadonlySet<string>
}

/** How much was read for an analysis. */
export interface AnalysisFacts {
  readonly oldModules: number
  readonly newModules: number
  readonly bytes: number
  readonly milliseconds: number
}

/** What changes from one release to the next. */
export interface UpgradeAnalysis {
  readonly comparison: ReleaseComparison
  /** Module of the new release → changes of its records that must not be updated. */
  readonly noupdate: ReadonlyMap<string, readonly NoupdateChange[]>
  readonly suggestions: readonly RenameSuggestion[]
  readonly models: readonly ModelSuggestion[]
  readonly facts: AnalysisFacts
}

/**
 * Reads two releases and compares them as upgrade_analysis does, without running either.
 *
 * Errors: RELEASE_UNKNOWN, RELEASE_MISMATCH, RELEASE_UNSUPPORTED, READ_FAILED, CANCELLED, WORKER_FAILED.
 */
export async function analyzeReleases(
  request: AnalyzeRequest,
  progress: Progress,
  findings: Findings,
): Promise<UpgradeAnalysis> {
  const started = performance.now()
  const [old, now] = await Promise.all([
    recordInThread(request.old, progress),
    recordInThread(request.now, progress),
  ])
  const { cacheDirectory } = request.now
  const given = { ...request, ...(cacheDirectory !== undefined && { cacheDirectory }) }
  const analysis = analyzeRecorded(old, now, given, findings)
  const milliseconds = Math.round(performance.now() - started)
  return { ...analysis, facts: { ...analysis.facts, milliseconds } }
}

/** Compares two releases that have been read. */
export function analyzeRecorded(
  old: RecordedRelease,
  now: RecordedRelease,
  {
    apriori,
    as17 = false,
    only,
    cacheDirectory,
  }: Pick<AnalyzeRequest, 'apriori' | 'as17' | 'only'> & { readonly cacheDirectory?: string },
  findings: Findings,
): UpgradeAnalysis {
  const started = performance.now()
  for (const finding of [...old.findings, ...now.findings]) findings.add(finding)
  const whole = compareReleases(old.records, now.records, { apriori, as17 })
  const changes = compareNoupdate(
    { old, now, apriori, ...(cacheDirectory !== undefined && { cacheDirectory }) },
    findings,
  )
  const comparison = only === undefined ? whole : { ...whole, modules: pick(whole.modules, only) }
  return {
    comparison,
    noupdate: only === undefined ? changes : pick(changes, only),
    suggestions: suggestRenames(whole).filter(({ module }) => only?.has(module) ?? true),
    models: suggestModelRenames(whole).filter(({ module }) => only?.has(module) ?? true),
    facts: {
      oldModules: old.records.modules.length,
      newModules: now.records.modules.length,
      bytes: old.bytes + now.bytes,
      milliseconds: Math.round(performance.now() - started),
    },
  }
}

function pick<T>(map: ReadonlyMap<string, T>, names: ReadonlySet<string>): ReadonlyMap<string, T> {
  return new Map([...map].filter(([name]) => names.has(name)))
}
