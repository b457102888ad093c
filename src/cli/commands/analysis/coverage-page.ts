import type { CoverageState, ModuleCoverage } from '../../../analysis/index.js'
import { escapeHtml } from '../../../text/index.js'
import { STATE_NAMES, summary } from './coverage-view.js'

const STYLE = `
:root{color-scheme:light dark;--bg:#f7f8fa;--card:#fff;--ink:#1b2330;--soft:#5b6675;--line:#e2e6ec;--good:#1a7f4b;--bad:#b3261e;--mid:#8a5a00}
@media(prefers-color-scheme:dark){:root{--bg:#12151b;--card:#1a1f28;--ink:#e6eaf0;--soft:#98a4b5;--line:#2a313d;--good:#5fce95;--bad:#f2847c;--mid:#e5b455}}
body{margin:0;background:var(--bg);color:var(--ink);font:14px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif}
main{max-width:1080px;margin:0 auto;padding:24px}
h1{font-size:20px}h2{font-size:16px;margin:28px 0 4px}p{color:var(--soft);margin:0 0 10px}
table{width:100%;border-collapse:collapse;background:var(--card);border:1px solid var(--line);border-radius:10px;overflow:hidden}
th,td{text-align:left;padding:7px 12px;border-top:1px solid var(--line);vertical-align:top;overflow-wrap:anywhere}
th{font-size:12px;text-transform:uppercase;letter-spacing:.05em;color:var(--soft);border-top:0}
td:first-child{font-weight:600}.scripts,.unnecessary{color:var(--good)}.missing,.gone{color:var(--bad);font-weight:600}.unknown,.renamed,.merged{color:var(--mid)}
details{margin-top:4px}summary{cursor:pointer;color:var(--soft)}pre{white-space:pre-wrap;font:12px/1.5 ui-monospace,Menlo,Consolas,monospace;margin:6px 0}
`

/** The coverage as one HTML file that needs nothing else. */
export function coveragePage(coverage: readonly ModuleCoverage[]): string {
  const hops = [...new Set(coverage.map(({ from, to }) => `${from} → ${to}`))]
  const parts = hops.map((hop) => {
    const rows = coverage.filter(({ from, to }) => `${from} → ${to}` === hop)
    return `<h2>${escapeHtml(hop)}</h2><p>${escapeHtml(summary(rows))}</p>
<table><thead><tr><th>Module</th><th>State</th><th>Why</th></tr></thead><tbody>
${[...rows].sort(byUrgency).map(rowHtml).join('\n')}
</tbody></table>`
  })
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>Module coverage</title><style>${STYLE}</style></head>
<body><main><h1>Module coverage</h1>${parts.join('\n')}</main></body></html>
`
}

function byUrgency(a: ModuleCoverage, b: ModuleCoverage): number {
  const states = Object.keys(STATE_NAMES) as readonly CoverageState[]
  return states.indexOf(a.state) - states.indexOf(b.state)
}

function rowHtml({ module, state, reason, open, scripts }: ModuleCoverage): string {
  const details = (title: string, lines: readonly string[]): string =>
    lines.length === 0
      ? ''
      : `<details><summary>${title}</summary><pre>${escapeHtml(lines.join('\n'))}</pre></details>`
  const more =
    details(`${scripts.length} scripts`, scripts) + details('Lines that ask for work', open)
  return `<tr><td>${escapeHtml(module)}</td><td class="${state}">${STATE_NAMES[state]}</td><td>${escapeHtml(reason)}${more}</td></tr>`
}
