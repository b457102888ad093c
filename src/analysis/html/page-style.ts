/** The page's style; colours follow the reader's setting unless the button says otherwise. */
export const PAGE_STYLE = `
:root{--bg:#f7f8fa;--card:#fff;--ink:#1b2330;--soft:#5b6675;--line:#e2e6ec;--accent:#6b3fa0;--accent-soft:#f0eaf8;--new:#1a7f4b;--new-soft:#e6f5ed;--del:#b3261e;--del-soft:#fcebea;--mod:#8a5a00;--mod-soft:#fdf3dc;--shadow:0 1px 2px rgba(20,30,50,.06),0 2px 10px rgba(20,30,50,.05)}
@media(prefers-color-scheme:dark){:root:not([data-theme=light]){--bg:#12151b;--card:#1a1f28;--ink:#e6eaf0;--soft:#98a4b5;--line:#2a313d;--accent:#b793e6;--accent-soft:#2a2238;--new:#5fce95;--new-soft:#14291f;--del:#f2847c;--del-soft:#331917;--mod:#e5b455;--mod-soft:#2e2510;--shadow:none}}
:root[data-theme=dark]{--bg:#12151b;--card:#1a1f28;--ink:#e6eaf0;--soft:#98a4b5;--line:#2a313d;--accent:#b793e6;--accent-soft:#2a2238;--new:#5fce95;--new-soft:#14291f;--del:#f2847c;--del-soft:#331917;--mod:#e5b455;--mod-soft:#2e2510;--shadow:none}
*{box-sizing:border-box}
html{scrollbar-color:var(--line) transparent}
body{margin:0;background:var(--bg);color:var(--ink);font:14px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",sans-serif}
header{position:sticky;top:0;z-index:3;background:var(--card);border-bottom:1px solid var(--line);padding:12px 20px}
.bar{display:flex;gap:10px;align-items:center;flex-wrap:wrap}
h1{font-size:17px;margin:0 12px 0 0;letter-spacing:-.01em;white-space:nowrap}
h1 b{color:var(--accent)}
input[type=search]{flex:1 1 220px;min-width:160px;padding:8px 12px;border:1px solid var(--line);border-radius:8px;background:var(--bg);color:var(--ink);font:inherit}
input[type=search]:focus-visible,button:focus-visible,a:focus-visible{outline:2px solid var(--accent);outline-offset:1px}
button{font:inherit;color:var(--ink);background:transparent;border:1px solid var(--line);border-radius:8px;padding:6px 11px;cursor:pointer}
button:hover{border-color:var(--accent)}
button[aria-pressed=true]{background:var(--accent-soft);border-color:var(--accent);color:var(--accent);font-weight:600}
.group{display:inline-flex}.group button{border-radius:0;margin-left:-1px}.group button:first-child{border-radius:8px 0 0 8px;margin:0}.group button:last-child{border-radius:0 8px 8px 0}
.chips{display:flex;gap:8px;flex-wrap:wrap;margin-top:10px;align-items:center}
.chips .sep{width:1px;height:20px;background:var(--line)}
.main{display:grid;grid-template-columns:270px minmax(0,1fr);gap:20px;max-width:1500px;margin:0 auto;padding:20px}
nav{position:sticky;top:118px;align-self:start;max-height:calc(100vh - 138px);overflow:auto;background:var(--card);border:1px solid var(--line);border-radius:12px;box-shadow:var(--shadow);padding:6px}
nav a{display:flex;justify-content:space-between;gap:8px;padding:4px 10px;border-radius:7px;color:inherit;text-decoration:none;overflow-wrap:anywhere}
nav a:hover{background:var(--bg)}nav a.on{background:var(--accent-soft);color:var(--accent);font-weight:600}
nav i{font-style:normal;color:var(--soft);font-variant-numeric:tabular-nums}
nav i.work{color:var(--del);font-weight:600}
section{background:var(--card);border:1px solid var(--line);border-radius:12px;box-shadow:var(--shadow);margin-bottom:16px;overflow:hidden}
section>h2{font-size:15px;margin:0;padding:12px 16px;display:flex;gap:10px;align-items:baseline;flex-wrap:wrap;border-bottom:1px solid var(--line)}
section>h2 small{font-weight:400;color:var(--soft)}
section>h3{font-size:12px;margin:0;padding:10px 16px 4px;text-transform:uppercase;letter-spacing:.05em;color:var(--soft)}
.row{display:grid;grid-template-columns:minmax(180px,2fr) minmax(0,5fr);gap:2px 16px;padding:7px 16px;border-top:1px solid var(--line)}
h3+.row{border-top:0}
.what{overflow-wrap:anywhere}.what b{font-weight:600}.what span{display:block;color:var(--soft);font-size:12.5px}
.text{overflow-wrap:anywhere;font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;font-size:12.5px;padding-top:1px}
.tag{display:inline-block;font:600 11px/1 system-ui,sans-serif;padding:3px 7px;border-radius:20px;margin-right:7px;vertical-align:1px}
.new .tag{background:var(--new-soft);color:var(--new)}.deleted .tag{background:var(--del-soft);color:var(--del)}
.renamed .tag,.moved .tag,.changed .tag{background:var(--mod-soft);color:var(--mod)}
.why{grid-column:2;color:var(--soft);font-size:12.5px}.why.work{color:var(--del)}
.why::before{content:"→ "}
.place{grid-column:2;color:var(--soft);font:11.5px ui-monospace,Menlo,Consolas,monospace;overflow-wrap:anywhere}
.guess{background:var(--accent-soft);padding:7px 16px;border-top:1px solid var(--line)}
.guess em{color:var(--accent);font-style:normal;font-weight:600}
.empty{padding:40px;text-align:center;color:var(--soft)}
.more{display:block;width:100%;border:0;border-top:1px solid var(--line);border-radius:0;padding:10px;color:var(--accent)}
.count{color:var(--soft);margin-left:auto;font-variant-numeric:tabular-nums}
@media(max-width:820px){.main{grid-template-columns:1fr;padding:12px}nav{position:static;max-height:220px}.row{grid-template-columns:1fr}.why,.place{grid-column:1}header{position:static}}
@media print{header,nav{display:none}.main{display:block}}
`
