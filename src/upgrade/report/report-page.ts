import type { Finding } from '../../base/index.js'
import { escapeHtml } from '../../text/index.js'
import { rowsWritten, type TableChange } from '../runner/index.js'
import { STYLE } from './page-style.js'
import type { HopSummary, ModuleSummary, PhaseTime, RunReport } from './run-report.js'

const SEVERITIES = ['error', 'warning', 'info'] as const
const SEVERITY_NAMES = { error: 'Errors', warning: 'Warnings', info: 'Notes' } as const
const LOADERS = {
  odoo: "Odoo's own code",
  native: 'moult',
  none: 'nobody',
} as const
const PHASES: readonly string[] = ['pre', 'load', 'post', 'end']

/** A run as one HTML file that needs nothing else: when what ran, what changed, what was found. */
export function reportPage(report: RunReport): string {
  const { database, from, to } = report
  const title = escapeHtml(`${database}: Odoo ${from} → ${to}`)
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${title}</title><style>${STYLE}</style></head>
<body><main><h1>${title}</h1><p>${escapeHtml(subtitle(report))}</p>
${failureHtml(report)}${tilesHtml(report)}${findingsHtml(report.findings)}
${report.hops.map(hopHtml).join('\n')}
</main></body></html>
`
}

function subtitle({ run, status, startedAt, finishedAt }: RunReport): string {
  const state = { done: 'finished', failed: 'stopped', running: 'not finished' }[status]
  const when = finishedAt === undefined ? '' : `, ${finishedAt.slice(0, 19)}`
  return `Run ${run}, begun ${startedAt.slice(0, 19)}, ${state}${when}`
}

function failureHtml({ failure }: RunReport): string {
  if (failure === undefined) return ''
  const { name, message, hint, file, line } = failure
  const place = file === undefined ? '' : ` <code>${escapeHtml([file, line].join(':'))}</code>`
  return `<div class="box"><b class="error">Stopped at ${escapeHtml(name)}</b>: ${escapeHtml(message)}${place}<div class="hint">${escapeHtml(hint ?? '')}</div></div>`
}

function tilesHtml({ hops, findings }: RunReport): string {
  const sum = (of: (hop: HopSummary) => number): number =>
    hops.reduce((total, hop) => total + of(hop), 0)
  const scripts = hops.flatMap(({ modules }) => modules.flatMap((module) => module.scripts))
  const tiles: readonly (readonly [string, string])[] = [
    [duration(sum((hop) => hop.milliseconds)), 'time of all steps'],
    [amount(sum((hop) => hop.modules.length)), 'modules'],
    [amount(scripts.length), 'scripts'],
    [amount(sum(({ tables }) => tables.length)), 'tables changed'],
    [amount(sum(({ tables }) => tables.reduce((n, t) => n + rowsWritten(t), 0))), 'rows written'],
    ...SEVERITIES.map((severity): readonly [string, string] => [
      amount(findings.filter((finding) => finding.severity === severity).length),
      SEVERITY_NAMES[severity].toLowerCase(),
    ]),
  ]
  return `<div class="tiles">${tiles
    .map(([value, name]) => `<div class="tile"><b>${value}</b><span>${name}</span></div>`)
    .join('')}</div>`
}

function findingsHtml(findings: readonly Finding[]): string {
  const parts = SEVERITIES.map((severity) => {
    const own = findings.filter((finding) => finding.severity === severity)
    if (own.length === 0) return ''
    const open = severity === 'info' ? '' : ' open'
    return `<details${open}><summary class="${severity}">${SEVERITY_NAMES[severity]} (${own.length})</summary>${byCode(own).join('')}</details>`
  })
  const list = parts.join('')
  return list === '' ? '' : `<h2>Findings</h2><div class="box">${list}</div>`
}

/** Findings of one kind stand together, under the advice that they share. */
function byCode(findings: readonly Finding[]): readonly string[] {
  const groups = new Map<string, readonly Finding[]>()
  for (const finding of findings) {
    const key = `${finding.code} ${finding.hint ?? ''}`
    groups.set(key, [...(groups.get(key) ?? []), finding])
  }
  return [...groups.values()].map((group) => {
    const [first] = group
    const items = group.map(({ message, place }) => {
      const at = [place?.file, place?.line].filter((part) => part !== undefined).join(':')
      return `<li>${escapeHtml(message)}${at === '' ? '' : ` <code>${escapeHtml(at)}</code>`}</li>`
    })
    return `<ul>${items.join('')}</ul><div class="hint">${escapeHtml(first?.hint ?? '')} <code>${escapeHtml(first?.code ?? '')}</code></div>`
  })
}

function hopHtml(hop: HopSummary): string {
  const { from, to, loader, milliseconds, modules, rest, tables } = hop
  const scripts = modules.flatMap((module) =>
    module.scripts.map((script) => ({ module: module.module, ...script })),
  )
  const lanes = [
    ...modules,
    ...rest.map((step) => ({ module: step.phase, ...step, phases: [step], scripts: [] })),
  ].sort((a, b) => a.begins - b.begins)
  return `<h2>${escapeHtml(`${from} → ${to}`)}</h2>
<p>${duration(milliseconds)}; modules loaded by ${LOADERS[loader.choice]}.
<span class="key">${PHASES.map((phase) => `<i class="${phase}"></i>${phase}`).join('')}</span></p>
<div class="box">${lanes.map((lane) => laneHtml(lane, milliseconds)).join('\n')}</div>
${scripts.length === 0 ? '' : `<h3>Scripts</h3><div class="box">${scriptsTable(scripts)}</div>`}
${tables.length === 0 ? '' : `<h3>Tables</h3><p>Rows as PostgreSQL counted them, the undone ones among them.</p><div class="box">${tablesTable(tables)}</div>`}`
}

function laneHtml({ module, milliseconds, phases }: ModuleSummary, total: number): string {
  const name = escapeHtml(module)
  return `<div class="row"><span class="name" title="${name}">${name}</span><span class="lane">${phases
    .map((phase) => barHtml(phase, total))
    .join('')}</span><span class="t">${duration(milliseconds)}</span></div>`
}

function barHtml({ phase, begins, milliseconds }: PhaseTime, total: number): string {
  const percent = (part: number): string => ((100 * part) / Math.max(total, 1)).toFixed(2)
  const kind = PHASES.includes(phase) ? ` ${phase}` : ''
  return `<i class="bar${kind}" title="${escapeHtml(phase)} ${duration(milliseconds)}" style="left:${percent(begins)}%;width:${percent(milliseconds)}%"></i>`
}

type ReportedScript = ModuleSummary['scripts'][number] & { readonly module: string }

function scriptsTable(scripts: readonly ReportedScript[]): string {
  const rows = scripts.map(
    ({ module, file, milliseconds, statements, rows: touched }) =>
      `<tr><td>${escapeHtml(module)}</td><td><code>${escapeHtml(file.split('/').slice(-2).join('/'))}</code></td><td class="n">${duration(milliseconds)}</td><td class="n">${amount(statements)}</td><td class="n">${amount(touched)}</td></tr>`,
  )
  return `<table><thead><tr><th>Module</th><th>Script</th><th class="n">Time</th><th class="n">Statements</th><th class="n">Rows</th></tr></thead><tbody>${rows.join('')}</tbody></table>`
}

function tablesTable(tables: readonly TableChange[]): string {
  const sorted = [...tables].sort((a, b) => rowsWritten(b) - rowsWritten(a))
  const rows = sorted.map(
    (change) =>
      `<tr><td>${escapeHtml(change.table)}${schemaHtml(change)}</td><td class="n">${amount(change.inserted)}</td><td class="n">${amount(change.updated)}</td><td class="n">${amount(change.deleted)}</td></tr>`,
  )
  return `<table><thead><tr><th>Table</th><th class="n">Inserted</th><th class="n">Updated</th><th class="n">Deleted</th></tr></thead><tbody>${rows.join('')}</tbody></table>`
}

function schemaHtml(change: TableChange): string {
  const { fate, formerly, newColumns, droppedColumns, changedColumns } = change
  const notes = [
    ...(fate === 'kept'
      ? []
      : [`<span class="${fate === 'new' ? 'good' : 'error'}">${fate}</span>`]),
    ...(formerly === undefined ? [] : [`formerly ${escapeHtml(formerly)}`]),
  ]
  const columns = [
    ...newColumns.map((column) => `+ ${column}`),
    ...droppedColumns.map((column) => `− ${column}`),
    ...changedColumns,
  ]
  const more =
    columns.length === 0
      ? ''
      : `<details><summary class="hint">${columns.length} ${columns.length === 1 ? 'column' : 'columns'}</summary><code>${columns.map(escapeHtml).join('<br>')}</code></details>`
  return (notes.length === 0 ? '' : ` <span class="hint">${notes.join(', ')}</span>`) + more
}

function amount(number: number): string {
  return number.toLocaleString('en-US')
}

function duration(milliseconds: number): string {
  if (milliseconds < 1000) return `${Math.round(milliseconds)} ms`
  const seconds = milliseconds / 1000
  if (seconds < 60) return `${seconds.toFixed(1)} s`
  return `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`
}
