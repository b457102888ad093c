import type { AnalysisLine } from '../compare/analysis-line.js'
import type { ModuleAnalysis } from '../compare/compare-releases.js'
import { analysisText, linesOf } from '../texts/analysis-text.js'
import { lineSubject, readSectionHead, type SectionName } from './line-subject.js'
import { readWorkFile, UNHANDLED, VANISHED, type WorkLine } from './work-file.js'

/** A work file with the present analysis merged into it. */
export interface MergedWorkFile {
  readonly text: string
  /** Lines that were not in the work file. */
  readonly added: readonly AnalysisLine[]
  /** Lines of the work file that the analysis no longer has. */
  readonly vanished: readonly WorkLine[]
  /** Lines whose values are others than in the work file. */
  readonly changed: readonly AnalysisLine[]
  /** Lines without a comment, or with one that says that there is work left. */
  readonly open: readonly AnalysisLine[]
}

/** A work file for a module that has none yet: the analysis itself. */
export function newWorkFile(analysis: ModuleAnalysis): MergedWorkFile {
  const lines = linesOf(analysis)
  const text = analysisText(analysis)
  return { text, added: lines, vanished: [], changed: [], open: lines }
}

/**
 * Merges an analysis into the work file that people have written. Their comments and the order of lines stay;
 * a line whose values changed is brought up to date where it is; new lines stand at the end of their section
 * under a comment, and so do, commented out, those that the analysis no longer has.
 */
export function mergeWorkFile(existing: string, analysis: ModuleAnalysis): MergedWorkFile {
  const present = new Map<string, AnalysisLine>(
    linesOf(analysis).map((line) => [lineSubject(line.section, line.text), line]),
  )
  const work = readWorkFile(existing)
  const known = new Set(work.map(({ subject }) => subject))
  const added = linesOf(analysis).filter((line) => !known.has(lineSubject(line.section, line.text)))
  const vanished = work.filter(({ subject }) => !present.has(subject))
  const changed: AnalysisLine[] = []
  const open: AnalysisLine[] = [...added]
  const gone = new Set(vanished.map(({ line }) => line))
  const replaced = new Map<number, string>()
  for (const { line, subject, text, state } of work) {
    const now = present.get(subject)
    if (now === undefined) continue
    if (squeeze(now.text) !== squeeze(text)) {
      changed.push(now)
      replaced.set(line, now.text)
    }
    if (state === 'open' || state === 'to do') open.push(now)
  }
  const kept = existing.split(/\r?\n/).flatMap((line, index) => {
    if (gone.has(index + 1)) return []
    return [replaced.get(index + 1) ?? line]
  })
  const text = withEnds(kept, analysis.module, added, vanished)
  return { text, added, vanished, changed, open }
}

function squeeze(text: string): string {
  return text.trim().replace(/\s+/g, ' ')
}

/** Puts what is new and what vanished at the end of each section; makes sections that are missing. */
function withEnds(
  lines: readonly string[],
  module: string,
  added: readonly AnalysisLine[],
  vanished: readonly WorkLine[],
): string {
  const result: string[] = []
  const seen = new Set<SectionName>()
  let section: SectionName | undefined
  const end = (): void => {
    if (section === undefined) return
    seen.add(section)
    const news = added.filter((line) => line.section === section).map(({ text }) => text)
    const olds = vanished.filter((line) => line.section === section).map(({ text }) => `# ${text}`)
    const parts = [
      ...(news.length > 0 ? [UNHANDLED, ...news, ''] : []),
      ...(olds.length > 0 ? [VANISHED, ...olds, ''] : []),
    ]
    if (parts.length === 0) return
    while (result.at(-1) === '') result.pop()
    result.push('', ...parts)
  }
  for (const line of lines) {
    const head = readSectionHead(line)
    if (head !== undefined) {
      end()
      section = head.section
    }
    if (line !== NOTHING || added.length === 0) result.push(line)
  }
  end()
  for (const [name, title] of TITLES) {
    if (seen.has(name) || !added.some((line) => line.section === name)) continue
    section = name
    result.push(`---${title} in module '${module}'---`)
    end()
  }
  return `${result.join('\n').trimEnd()}\n`
}

const NOTHING = '---nothing has changed in this module--'
const TITLES = [
  ['models', 'Models'],
  ['fields', 'Fields'],
  ['xmlIds', 'XML records'],
] as const satisfies readonly (readonly [SectionName, string])[]
