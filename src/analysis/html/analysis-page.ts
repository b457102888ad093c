import { escapeHtml } from '../../text/index.js'
import { type AnalysisPageData, compactData } from './page-data.js'
import { PAGE_SCRIPT } from './page-script.js'
import { PAGE_STYLE } from './page-style.js'

/**
 * The analysis as one HTML file that needs nothing else: searchable, by module and by model. Its content policy
 * lets it load nothing.
 */
export function analysisPage(data: AnalysisPageData): string {
  const title = `Odoo ${escapeHtml(data.from)} → ${escapeHtml(data.to)}`
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'">
<title>Upgrade analysis: ${title}</title>
<style>${PAGE_STYLE}</style>
</head>
<body>
<header>
<div class="bar">
<h1>What changes: <b>${title}</b></h1>
<input id="search" type="search" placeholder="Search modules, models, fields, xml ids …" aria-label="Search" autocomplete="off">
<span class="group"><button data-set="by=module">By module</button><button data-set="by=model">By model</button></span>
<button id="theme" aria-label="Light or dark">◐</button>
</div>
<div class="chips">
<span class="group"><button data-set="section=-1">All</button><button data-set="section=0">Models</button><button data-set="section=1">Fields</button><button data-set="section=2">XML records</button></span>
<span class="sep"></span>
<button data-set="kind=new">New</button><button data-set="kind=deleted">Deleted</button><button data-set="kind=changed">Changed, moved, renamed</button>
<span class="sep"></span>
<button data-set="work=true">Only what asks for work</button>
<span class="count" id="count"></span>
</div>
</header>
<div class="main"><nav id="menu" aria-label="Modules or models"></nav><main id="view"><noscript>This page needs JavaScript to search and show its lines.</noscript></main></div>
<script type="application/json" id="data">${compactData(data)}</script>
<script>${PAGE_SCRIPT}</script>
</body>
</html>
`
}
