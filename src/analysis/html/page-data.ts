import type { ModuleAnalysisJson } from '../json/analysis-json.js'
import type { ModelSuggestion } from '../renames/suggest-model-renames.js'

/** What the page shows. */
export interface AnalysisPageData {
  readonly from: string
  readonly to: string
  readonly modules: readonly ModuleAnalysisJson[]
  readonly models: readonly ModelSuggestion[]
}

/** A line in few letters, because there are many: see {@link compactLine} for their order. */
export type CompactLine = readonly (string | number)[]

const SECTIONS = { models: 0, fields: 1, xmlIds: 2 } as const
const ATTENTION = { none: 0, look: 1, work: 2 } as const

interface CompactModule {
  readonly n: string
  readonly v: string
  readonly l: readonly CompactLine[]
  readonly u: readonly (readonly [id: string, model: string, fields: readonly string[]])[]
  readonly s: readonly (readonly [
    model: string,
    from: string,
    to: string,
    percent: number,
    why: string,
  ])[]
}

/** The page's data as JSON that can stand inside of a script element. */
export function compactData({ from, to, modules, models }: AnalysisPageData): string {
  const compact = {
    from,
    to,
    modules: modules.map(compactModule),
    models: models.map(({ from: old, to: now, likelihood, reasons }) => [
      old,
      now,
      Math.round(likelihood * 100),
      reasons.join(', '),
    ]),
  }
  return JSON.stringify(compact)
    .replace(/</g, '\\u003c')
    .replace(/\u2028|\u2029/g, ' ')
}

function compactModule({
  module,
  version,
  lines,
  noupdate,
  suggestions,
}: ModuleAnalysisJson): CompactModule {
  return {
    n: module,
    v: version,
    l: lines.map(compactLine),
    u: noupdate.map(({ id, model, tag, fields }) => [
      id,
      tag === 'template' ? 'template' : model,
      fields.map(({ name, kind }) => (kind === 'changed' ? name : `${name} (${kind})`)),
    ]),
    s: suggestions.map(({ model, from, to, likelihood, reasons }) => [
      model,
      from,
      to,
      Math.round(likelihood * 100),
      reasons.join(', '),
    ]),
  }
}

function compactLine(line: ModuleAnalysisJson['lines'][number]): CompactLine {
  const place = (at: { readonly file: string; readonly line: number } | undefined): string =>
    at === undefined ? '' : `${at.file}:${at.line}`
  return [
    SECTIONS[line.section],
    ATTENTION[line.attention],
    line.kind,
    line.model,
    line.field ?? line.name ?? '',
    shortText(line),
    line.reason,
    place(line.oldPlace),
    place(line.newPlace),
  ]
}

/** The text without what the page shows in columns of its own. */
function shortText({ section, text, name = '' }: ModuleAnalysisJson['lines'][number]): string {
  if (section === 'fields') return text.slice(text.indexOf(': ') + 2)
  if (section === 'models') return text
  const [side = ''] = text.split(' ', 1)
  const rest = text.slice(text.indexOf(name) + name.length).trim()
  return side === 'NEW' || side === 'DEL' ? `${side} ${rest}`.trim() : rest
}
