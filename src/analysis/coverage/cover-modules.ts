import type { Apriori } from '../../odoo/modules/index.js'
import type { AnalysisLine } from '../compare/analysis-line.js'
import { assessLine } from '../compare/assess-line.js'
import type { ReleaseComparison } from '../compare/compare-releases.js'
import { linesOf } from '../texts/analysis-text.js'
import { lineSubject } from '../work/line-subject.js'
import type { WorkLine } from '../work/work-file.js'
import type { CoverageState, LineCounts, ModuleCoverage } from './coverage-row.js'

/** What is known of one hop. */
export interface CoverageRequest {
  readonly from: string
  readonly to: string
  readonly modules: readonly string[]
  readonly apriori: Pick<Apriori, 'renamedModules' | 'mergedModules'>
  /** Modules that can be installed in the new release. */
  readonly newModules: ReadonlySet<string>
  /** Absent where the sources of the old release are. */
  readonly comparison?: ReleaseComparison
  /** Module of the new release → its scripts for this hop. */
  readonly scripts: ReadonlyMap<string, readonly string[]>
  /** Module of the new release → its work file. */
  readonly workFiles: ReadonlyMap<string, readonly WorkLine[]>
}

/** Tells for each module whether its way to the next release is covered, and by what. */
export function coverModules(request: CoverageRequest): readonly ModuleCoverage[] {
  return request.modules.map((module) => coverModule(module, request))
}

function coverModule(module: string, request: CoverageRequest): ModuleCoverage {
  const { from, to, newModules, comparison, scripts, workFiles } = request
  const { target, kind } = targetOf(module, request)
  if (target === undefined || !newModules.has(target)) {
    const reason = target === undefined ? '' : `${kind} to ${target}, which is not there`
    return {
      ...{ from, to, module, target: undefined, state: 'gone', scripts: [], open: [], reason },
      lines: undefined,
    }
  }
  const own = scripts.get(target) ?? []
  const analysis = comparison?.modules.get(target)
  const lines = comparison === undefined ? undefined : analysis ? linesOf(analysis) : []
  const open = openLines(lines ?? [], workFiles.get(target) ?? [])
  const base = { from, to, module, target, scripts: own, lines: lines && countLines(lines) }
  const judged = judge(own, lines, open)
  if (kind === 'same') return { ...base, ...judged, open: texts(open) }
  const way = kind === 'renamed' ? `renamed to ${target}` : `merged into ${target}`
  return { ...base, state: kind, reason: `${way}: ${judged.reason}`, open: texts(open) }
}

function targetOf(
  module: string,
  { apriori, newModules }: CoverageRequest,
): { readonly target: string | undefined; readonly kind: 'same' | 'renamed' | 'merged' } {
  const renamed = apriori.renamedModules.get(module)
  if (renamed !== undefined) return { target: renamed, kind: 'renamed' }
  const merged = apriori.mergedModules.get(module)
  if (merged !== undefined) return { target: merged, kind: 'merged' }
  return { target: newModules.has(module) ? module : undefined, kind: 'same' }
}

/** Lines that ask for work, less those of which the work file says that nothing is left to do. */
export function openLines(
  lines: readonly AnalysisLine[],
  work: readonly WorkLine[],
): readonly AnalysisLine[] {
  const handled = new Set(
    work
      .filter(({ state }) => state === 'done' || state === 'nothing to do' || state === 'remark')
      .map(({ subject }) => subject),
  )
  return lines.filter(
    (line) =>
      assessLine(line).attention === 'work' && !handled.has(lineSubject(line.section, line.text)),
  )
}

function countLines(lines: readonly AnalysisLine[]): LineCounts {
  const counts = { work: 0, look: 0, none: 0 }
  for (const line of lines) counts[assessLine(line).attention] += 1
  return counts
}

function judge(
  scripts: readonly string[],
  lines: readonly AnalysisLine[] | undefined,
  open: readonly AnalysisLine[],
): { readonly state: CoverageState; readonly reason: string } {
  if (scripts.length > 0) return { state: 'scripts', reason: plural(scripts.length, 'script') }
  if (lines === undefined) {
    return { state: 'unknown', reason: 'the sources of both releases are needed to tell' }
  }
  if (lines.length === 0) return { state: 'unnecessary', reason: 'nothing has changed' }
  if (open.length > 0) {
    return { state: 'missing', reason: `${plural(open.length, 'line')} without an answer` }
  }
  const isReviewed = lines.some((line) => assessLine(line).attention === 'work')
  const reason = isReviewed ? 'its work file answers every line' : 'no change asks for a script'
  return { state: 'unnecessary', reason }
}

function plural(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`
}

function texts(lines: readonly AnalysisLine[]): readonly string[] {
  return lines.map(({ text }) => text)
}
