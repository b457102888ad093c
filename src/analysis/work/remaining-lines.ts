import type { AnalysisLine } from '../compare/analysis-line.js'
import { type Assessment, assessLine } from '../compare/assess-line.js'
import type { ReleaseComparison } from '../compare/compare-releases.js'
import { tableOf } from '../drafts/table-of.js'
import { linesOf } from '../texts/analysis-text.js'
import { lineSubject } from './line-subject.js'
import type { HopScript, HopScripts } from './read-hop-scripts.js'
import type { WorkLine } from './work-file.js'

/** A line that asks for something, and what answers it. */
export interface JudgedLine {
  readonly line: AnalysisLine
  readonly assessment: Assessment
  /** Undefined where nothing does. */
  readonly answer:
    | { readonly kind: 'comment'; readonly text: string }
    /** The script names the model and the field, or the xml id. */
    | { readonly kind: 'script'; readonly name: string }
    | undefined
}

/** Judges all lines that ask for work, module by module: is there a comment or a script about them? */
export function judgeLines(
  comparison: Pick<ReleaseComparison, 'modules'>,
  { scripts, workFiles }: HopScripts,
): ReadonlyMap<string, readonly JudgedLine[]> {
  const judged = new Map<string, readonly JudgedLine[]>()
  for (const [module, analysis] of comparison.modules) {
    const comments = commentsOf(workFiles.get(module) ?? [])
    const own = scripts.get(module) ?? []
    const lines = linesOf(analysis).flatMap((line): readonly JudgedLine[] => {
      const assessment = assessLine(line)
      if (assessment.attention !== 'work') return []
      return [{ line, assessment, answer: answerOf(line, comments, own) }]
    })
    if (lines.length > 0) judged.set(module, lines)
  }
  return judged
}

/** Lines that nothing answers. */
export function remainingLines(
  judged: ReadonlyMap<string, readonly JudgedLine[]>,
): ReadonlyMap<string, readonly JudgedLine[]> {
  const open = [...judged].map(
    ([module, lines]) => [module, lines.filter(({ answer }) => answer === undefined)] as const,
  )
  return new Map(open.filter(([, lines]) => lines.length > 0))
}

function commentsOf(work: readonly WorkLine[]): ReadonlyMap<string, string> {
  const answered = work.filter(({ state }) => state !== 'open' && state !== 'to do')
  return new Map(answered.map(({ subject, comment }) => [subject, comment]))
}

function answerOf(
  line: AnalysisLine,
  comments: ReadonlyMap<string, string>,
  scripts: readonly HopScript[],
): JudgedLine['answer'] {
  const comment = comments.get(lineSubject(line.section, line.text))
  if (comment !== undefined) return { kind: 'comment', text: comment }
  const script = scripts.find(({ text }) => mentions(text, line))
  return script === undefined ? undefined : { kind: 'script', name: script.name }
}

function mentions(text: string, { section, model, field = '', name = '' }: AnalysisLine): boolean {
  const hasModel = hasWord(text, model) || hasWord(text, tableOf(model))
  if (section === 'models') return hasModel
  if (section === 'fields') return hasModel && hasWord(text, field)
  return hasWord(text, name) || hasWord(text, name.slice(name.indexOf('.') + 1))
}

/** Whether a name stands in a text by itself, not as a part of a longer one. */
function hasWord(text: string, word: string): boolean {
  if (word === '') return false
  for (let at = text.indexOf(word); at !== -1; at = text.indexOf(word, at + 1)) {
    const before = text[at - 1] ?? ' '
    const after = text[at + word.length] ?? ' '
    if (!/[\w]/.test(before) && !/[\w]/.test(after)) return true
  }
  return false
}
