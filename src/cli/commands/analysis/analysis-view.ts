import type {
  AnalysisFacts,
  AnalysisLine,
  ModelSuggestion,
  ModuleAnalysisJson,
  RenameSuggestion,
  UpdatedWorkFile,
} from '../../../analysis/index.js'
import { paint, type View } from '../../output/style.js'
import { renderTable } from '../../output/table.js'
import type { TouchedRows } from './touched.js'

/** What `moult analyze` found. */
export interface AnalysisReport {
  readonly from: string
  readonly to: string
  readonly modules: readonly ModuleAnalysisJson[]
  readonly facts: AnalysisFacts
  readonly suggestions: readonly RenameSuggestion[]
  readonly models: readonly ModelSuggestion[]
  readonly remaining?: readonly RemainingModule[]
  readonly touched?: readonly TouchedRows[]
  readonly output?: string
  readonly written?: number
  readonly unchanged?: number
  readonly workFiles?: readonly UpdatedWorkFile[]
}

export interface RemainingModule {
  readonly module: string
  /** How many lines ask for work, answered ones included. */
  readonly of: number
  readonly lines: readonly (AnalysisLine & { readonly reason: string })[]
}

const MEGABYTE = 1_000_000
const MOST_GUESSES = 12

/** The report for people: a table of modules, or the lines that are left. */
export function analysisLines(view: View, report: AnalysisReport): readonly string[] {
  const { from, to, facts, modules } = report
  const count = modules.reduce((sum, { lines }) => sum + lines.length, 0)
  const size = `${(facts.bytes / MEGABYTE).toFixed(1)} MB in ${(facts.milliseconds / 1000).toFixed(1)} s`
  return [
    paint(view, 'bold', `Odoo ${from} → ${to}: ${count} changes in ${modules.length} modules`),
    `Read ${facts.oldModules} and ${facts.newModules} modules, ${size}.`,
    '',
    ...(report.remaining === undefined
      ? moduleLines(view, modules)
      : remainingText(view, report.remaining)),
    ...touchedLines(view, report.touched),
    ...(report.remaining === undefined ? guessLines(view, report) : []),
    ...writtenLines(report),
  ]
}

function moduleLines(view: View, modules: readonly ModuleAnalysisJson[]): readonly string[] {
  if (modules.length === 0) return ['Nothing has changed.']
  const of = (module: ModuleAnalysisJson, section: AnalysisLine['section']): string =>
    String(module.lines.filter((line) => line.section === section).length || '')
  const right = { align: 'right' } as const
  return renderTable(
    view,
    [
      { title: 'Module', value: ({ module }) => module },
      { title: 'Version', value: ({ version }) => version || 'gone', drop: 1 },
      { title: 'Models', value: (module) => of(module, 'models'), ...right },
      { title: 'Fields', value: (module) => of(module, 'fields'), ...right },
      { title: 'Records', value: (module) => of(module, 'xmlIds'), ...right },
      {
        title: 'Noupdate',
        value: ({ noupdate }) => String(noupdate.length || ''),
        ...right,
        drop: 2,
      },
      {
        title: 'Ask for work',
        value: ({ lines }) =>
          String(lines.filter(({ attention }) => attention === 'work').length || ''),
        ...right,
      },
    ],
    modules,
  )
}

function remainingText(view: View, remaining: readonly RemainingModule[]): readonly string[] {
  if (remaining.length === 0) return ['Every line that asks for work is answered.']
  return remaining.flatMap(({ module, of, lines }) => [
    paint(view, 'bold', `${module}: ${lines.length} of ${of} lines are not answered`),
    ...lines.flatMap(({ text, reason }) => [`  ${text}`, `    → ${reason}`]),
    '',
  ])
}

function touchedLines(view: View, touched: readonly TouchedRows[] | undefined): readonly string[] {
  if (touched === undefined) return []
  if (touched.length === 0) return ['', 'No row of the database is touched by these changes.']
  return [
    '',
    paint(view, 'bold', 'Rows of the database that are touched'),
    ...renderTable(
      view,
      [
        { title: 'Module', value: ({ module }) => module, drop: 1 },
        { title: 'What', value: ({ subject }) => subject },
        { title: 'Rows', value: ({ rows }) => String(rows), align: 'right' },
        { title: 'Why', value: ({ reason }) => reason, drop: 2 },
      ],
      touched,
    ),
  ]
}

function guessLines(view: View, { suggestions, models }: AnalysisReport): readonly string[] {
  const fields = suggestions.map(
    ({ model, from, to, likelihood, reasons }) =>
      `  ${model}: ${from} → ${to} (${percent(likelihood)}, ${reasons.join(', ')})`,
  )
  const all = [
    ...models.map(({ from, to, likelihood }) => `  ${from} → ${to} (${percent(likelihood)})`),
    ...fields,
  ]
  if (all.length === 0) return []
  const more = all.length - MOST_GUESSES
  return [
    '',
    paint(view, 'bold', 'Perhaps renamed (guesses; never in the files of OpenUpgrade)'),
    ...all.slice(0, MOST_GUESSES),
    ...(more > 0 ? [`  … and ${more} more: --json`] : []),
  ]
}

function writtenLines({
  output,
  written,
  unchanged,
  workFiles,
}: AnalysisReport): readonly string[] {
  if (output === undefined) return ['', 'Nothing was written; add -o FOLDER for the files.']
  const same = unchanged ? `, ${unchanged} were the same already` : ''
  const open = workFiles?.reduce((sum, file) => sum + file.open, 0)
  return [
    '',
    `Wrote ${written} files to ${output}${same}.`,
    ...(workFiles === undefined
      ? []
      : [`Work files: ${workFiles.length}, with ${open} lines without an answer.`]),
  ]
}

function percent(likelihood: number): string {
  return `${Math.round(likelihood * 100)} %`
}
