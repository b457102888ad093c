import type { AnalysisLine } from '../compare/analysis-line.js'
import { assessLine, lostKeys } from '../compare/assess-line.js'
import type { RenameSuggestion } from '../renames/suggest-renames.js'
import type { DraftCall, DraftStep } from './draft-step.js'
import { tableOf } from './table-of.js'

/** Steps for the fields of a module; what is a guess is marked as one. */
export function fieldSteps(
  lines: readonly AnalysisLine[],
  suggestions: readonly RenameSuggestion[],
): readonly DraftStep[] {
  const guessed = new Map(suggestions.map((guess) => [`${guess.model} ${guess.from}`, guess]))
  const answered = new Set(suggestions.map(({ model, to }) => `${model} ${to}`))
  return [
    ...movedFields(lines),
    ...lines.flatMap((line) => {
      const subject = `${line.model} ${line.field}`
      const guess = line.kind === 'deleted' ? guessed.get(subject) : undefined
      if (guess !== undefined) return [renameStep(guess, line, lines)]
      if (line.kind === 'new' && answered.has(subject)) return []
      return lineSteps(line)
    }),
  ]
}

function movedFields(lines: readonly AnalysisLine[]): readonly DraftStep[] {
  const groups = new Map<string, AnalysisLine[]>()
  for (const line of lines) {
    if (!line.text.includes(': previously in module ')) continue
    const key = JSON.stringify([line.model, line.oldValue])
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [line])
    else group.push(line)
  }
  return [...groups.values()].flatMap((group): readonly DraftStep[] => {
    const [first] = group
    if (first?.oldValue === undefined || first.newValue === undefined) return []
    const { model, oldValue: from, newValue: to } = first
    const fields = [...new Set(group.flatMap(({ field }) => field ?? []))]
    return [
      {
        phase: 'pre',
        call: { kind: 'move fields', model, fields, from, to },
        reason: 'fields of another module',
        lines: group.map(({ text }) => text),
        isGuess: false,
      },
    ]
  })
}

function renameStep(
  { model, from, to, likelihood, reasons }: RenameSuggestion,
  line: AnalysisLine,
  lines: readonly AnalysisLine[],
): DraftStep {
  const other = lines.find(
    (candidate) => candidate.kind === 'new' && candidate.model === model && candidate.field === to,
  )
  return {
    phase: 'pre',
    call: { kind: 'rename field', model, table: tableOf(model), from, to },
    reason: `perhaps the same field (${Math.round(likelihood * 100)} %: ${reasons.join(', ')})`,
    lines: [line.text, ...(other === undefined ? [] : [other.text])],
    isGuess: true,
  }
}

function lineSteps(line: AnalysisLine): readonly DraftStep[] {
  const { attention, reason } = assessLine(line)
  if (attention !== 'work') return []
  const calls = callsOf(line)
  return calls.map(([phase, call, isGuess]) => ({
    ...{ phase, call, reason, isGuess },
    lines: [line.text],
  }))
}

type Planned = readonly [DraftStep['phase'], DraftCall, boolean]

function callsOf(line: AnalysisLine): readonly Planned[] {
  const { model, field = '', oldValue, newValue } = line
  const table = tableOf(model)
  switch (line.attribute) {
    case 'type':
      return [['pre', { kind: 'copy column', table, column: field }, false]]
    case 'selection_keys':
      return [
        ['pre', { kind: 'copy column', table, column: field }, false],
        ['post', { kind: 'map values', table, column: field, values: lostKeys(line) }, true],
      ]
    case 'table':
      return oldValue === undefined || newValue === undefined
        ? [['pre', { kind: 'remark' }, true]]
        : [['pre', { kind: 'rename tables', pairs: [[oldValue, newValue]] }, false]]
    case 'required':
      return [['pre', fillStatement(table, field), true]]
    case 'stored':
      return [['pre', addCall(line, table), true]]
    default:
      return defaultCalls(line, table)
  }
}

function defaultCalls(line: AnalysisLine, table: string): readonly Planned[] {
  const { kind, field = '', attributes = {} } = line
  if (kind === 'deleted') return [['post', { kind: 'remark' }, true]]
  if (kind !== 'new') return [['pre', { kind: 'remark' }, true]]
  const isComputed = attributes.stored !== undefined || attributes.hasdefault === 'compute'
  if (isComputed) return [['pre', addCall(line, table), true]]
  return [['pre', fillStatement(table, field), true]]
}

function addCall(line: AnalysisLine, table: string): DraftCall {
  const { module, model, field = '', fieldType = 'char' } = line
  return { kind: 'add field', module, model, table, field, type: fieldType }
}

function fillStatement(table: string, field: string): DraftCall {
  return {
    kind: 'statement',
    sql: `UPDATE ${table} SET ${field} = … WHERE ${field} IS NULL`,
  }
}
