/** Colours follow the reader's, light or dark. */
export const STYLE = `
:root{color-scheme:light dark;--bg:#f7f8fa;--card:#fff;--ink:#1b2330;--soft:#5b6675;--line:#e2e6ec;--good:#1a7f4b;--bad:#b3261e;--mid:#8a5a00;--pre:#7a5af8;--load:#2b7de9;--post:#0f9f8f;--end:#c26a00}
@media(prefers-color-scheme:dark){:root{--bg:#12151b;--card:#1a1f28;--ink:#e6eaf0;--soft:#98a4b5;--line:#2a313d;--good:#5fce95;--bad:#f2847c;--mid:#e5b455}}
*{box-sizing:border-box}body{margin:0;background:var(--bg);color:var(--ink);font:14px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif}
main{max-width:1080px;margin:0 auto;padding:24px}h1{font-size:22px;margin:0}h2{font-size:17px;margin:32px 0 6px}h3{font-size:14px;margin:20px 0 6px}
p{color:var(--soft);margin:0 0 10px}.tiles{display:flex;flex-wrap:wrap;gap:10px;margin:16px 0}
.tile{background:var(--card);border:1px solid var(--line);border-radius:10px;padding:8px 14px;min-width:110px}.tile b{display:block;font-size:18px}.tile span{color:var(--soft);font-size:12px}
.box{background:var(--card);border:1px solid var(--line);border-radius:10px;padding:10px 14px;margin:8px 0;overflow-x:auto}
table{width:100%;border-collapse:collapse}th,td{text-align:left;padding:5px 10px;border-top:1px solid var(--line);vertical-align:top;overflow-wrap:anywhere}
th{font-size:12px;text-transform:uppercase;letter-spacing:.05em;color:var(--soft);border-top:0}td.n,th.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
.row{display:grid;grid-template-columns:190px 1fr 74px;gap:10px;align-items:center;font-size:13px}.row+.row{margin-top:2px}.row .t{text-align:right;color:var(--soft);font-variant-numeric:tabular-nums}
.row .name{overflow:hidden;text-overflow:ellipsis;white-space:nowrap}.lane{position:relative;height:12px;background:var(--bg);border-radius:3px;overflow:hidden}
.bar{position:absolute;top:0;bottom:0;min-width:2px;background:var(--soft)}.pre{background:var(--pre)}.load{background:var(--load)}.post{background:var(--post)}.end{background:var(--end)}
.key i{display:inline-block;width:10px;height:10px;border-radius:2px;margin:0 5px 0 12px}.error{color:var(--bad)}.warning{color:var(--mid)}.info{color:var(--soft)}.good{color:var(--good)}
details{margin:4px 0}summary{cursor:pointer}.hint{color:var(--soft)}ul{margin:4px 0;padding-left:20px}code{font:12px ui-monospace,Menlo,Consolas,monospace}
@media(max-width:640px){main{padding:14px}.row{grid-template-columns:110px 1fr 60px}}
`
