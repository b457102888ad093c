import type { AnalysisLine } from '../compare/analysis-line.js'
import type { ModuleAnalysis } from '../compare/compare-releases.js'
import type { RenameSuggestion } from '../renames/suggest-renames.js'
import type { DraftCall, DraftStep, NamePair } from './draft-step.js'
import { fieldSteps } from './field-steps.js'
import { tableOf } from './table-of.js'

export interface DraftRequest {
  readonly analysis: ModuleAnalysis
  /** Guesses about this module's fields. */
  readonly suggestions: readonly RenameSuggestion[]
  /** Path of `noupdate_changes.xml` below the module, where there is one: `16.0.1.2/noupdate_changes.xml`. */
  readonly noupdateFile: string | undefined
}

/** What scripts of a module would have to do, as far as its analysis tells: a first draft for a person. */
export function planDraft(request: DraftRequest): readonly DraftStep[] {
  const { analysis, suggestions } = request
  return [
    ...modelSteps(analysis.models),
    ...fieldSteps(analysis.fields, suggestions),
    ...xmlIdSteps(analysis.module, analysis.xmlIds),
    ...noupdateSteps(request),
  ]
}

function modelSteps(lines: readonly AnalysisLine[]): readonly DraftStep[] {
  const renamed = lines.filter(
    (line) => line.kind === 'renamed' && line.text.startsWith('obsolete'),
  )
  const pairs = pairsOf(renamed)
  const steps: DraftStep[] = []
  if (pairs.length > 0) {
    const tables = pairs.map(([from, to]): NamePair => [tableOf(from), tableOf(to)])
    const answered = renamed.map(({ text }) => text)
    steps.push(step('pre', { kind: 'rename models', pairs }, 'models with another name', answered))
    steps.push(step('pre', { kind: 'rename tables', pairs: tables }, 'and their tables', []))
  }
  for (const { kind, text, model, oldValue, newValue } of lines) {
    if (kind === 'moved' && text.includes('(moved from') && oldValue && newValue) {
      const call = { kind: 'move model', model, from: oldValue, to: newValue } as const
      steps.push(step('pre', call, 'a model of another module', [text]))
    }
    if (kind === 'deleted') {
      const reason = 'its table and rows stay; decide what becomes of them'
      steps.push(step('post', { kind: 'remark' }, reason, [text]))
    }
  }
  return steps
}

function pairsOf(lines: readonly AnalysisLine[]): readonly NamePair[] {
  return lines.flatMap(({ oldValue, newValue }): readonly NamePair[] =>
    oldValue === undefined || newValue === undefined ? [] : [[oldValue, newValue]],
  )
}

function xmlIdSteps(module: string, lines: readonly AnalysisLine[]): readonly DraftStep[] {
  const steps: DraftStep[] = []
  const renamed = lines.filter(({ kind }) => kind === 'renamed' || kind === 'moved')
  if (renamed.length > 0) {
    const call = { kind: 'rename xml ids', pairs: pairsOf(renamed) } as const
    steps.push(step('pre', call, 'xml ids with another name', textsOf(renamed)))
  }
  const gone = lines.filter((line) => line.kind === 'deleted' && !isRenamed(line))
  for (const line of gone.filter(({ model }) => model === 'ir.model.constraint')) {
    const call = constraintCall(line)
    if (call !== undefined) steps.push(step('pre', call, 'no longer declared', [line.text]))
  }
  const records = gone.filter((line) => line.noupdate && line.model !== 'ir.model.constraint')
  if (records.length > 0) {
    const xmlIds = records.flatMap(({ name }) => name ?? [])
    const call = { kind: 'delete records', xmlIds } as const
    steps.push(step('post', call, 'the update leaves these records behind', textsOf(records)))
  }
  for (const value of [false, true]) {
    const switched = lines.filter(
      ({ attribute, newValue, text }) =>
        (attribute === 'noupdate' || text.endsWith('(noupdate switched)')) &&
        newValue === String(value),
    )
    if (switched.length === 0) continue
    const names = switched.flatMap(({ name }) => name?.slice(name.indexOf('.') + 1) ?? [])
    const call = { kind: 'set noupdate', module, names, value } as const
    const reason = value ? 'to be left alone from now on' : 'to be updated from now on'
    steps.push(step('pre', call, reason, textsOf(switched)))
  }
  for (const { attribute, text } of lines) {
    if (attribute === 'definition') {
      steps.push(step('pre', { kind: 'remark' }, 'mend rows that break the constraint', [text]))
    }
    if (attribute === 'domain') {
      steps.push(step('post', { kind: 'remark' }, 'empty the domain of the action', [text]))
    }
  }
  return steps
}

function isRenamed({ text }: AnalysisLine): boolean {
  return / \[(?:renamed|moved) to /.test(text)
}

function constraintCall({ name = '', table }: AnalysisLine): DraftCall | undefined {
  const [module = '', local = ''] = name.split('.')
  const prefix = `constraint_${table}_`
  if (table === undefined || !local.startsWith(prefix)) return undefined
  return { kind: 'drop constraint', module, table, name: local.slice(prefix.length) }
}

function noupdateSteps({ analysis, noupdateFile }: DraftRequest): readonly DraftStep[] {
  if (noupdateFile === undefined) return []
  const call = { kind: 'load data', module: analysis.module, file: noupdateFile } as const
  return [step('post', call, 'changes of records that the update leaves alone', [])]
}

function textsOf(lines: readonly AnalysisLine[]): readonly string[] {
  return lines.map(({ text }) => text)
}

function step(
  phase: DraftStep['phase'],
  call: DraftCall,
  reason: string,
  lines: readonly string[],
): DraftStep {
  return { phase, call, reason, lines, isGuess: false }
}
