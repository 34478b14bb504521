/** Light and dark, wide and narrow, on screen and on paper. */
export const STYLE = `
:root{color-scheme:light dark;--ink:#17202a;--dim:#5b6875;--paper:#fff;--card:#f4f6f8;--line:#d9dfe5;--run:#2a7f9e;--path:#b8620a;--again:#b3263b}
@media(prefers-color-scheme:dark){:root{--ink:#e6ebf0;--dim:#9aa7b4;--paper:#12171c;--card:#1b232b;--line:#303b46;--run:#4ba3c3;--path:#e39a45;--again:#e5667a}}
*{box-sizing:border-box}body{margin:0;background:var(--paper);color:var(--ink);font:15px/1.55 system-ui,sans-serif}
header,main{max-width:1180px;margin:0 auto;padding:1rem 1.25rem}h1{font-size:1.5rem;margin:.4rem 0 1rem}h2{font-size:1.15rem;margin:0 0 .25rem}
.figures{display:flex;flex-wrap:wrap;gap:.75rem;margin:0}.figures div{background:var(--card);border:1px solid var(--line);border-radius:8px;padding:.5rem .9rem;min-width:8.5rem}
dt{color:var(--dim);font-size:.8rem}dd{margin:0;font-size:1.3rem;font-variant-numeric:tabular-nums}
nav{display:flex;flex-wrap:wrap;gap:1rem;margin:1rem 0 0}a{color:var(--run)}section{border-top:1px solid var(--line);padding:1.25rem 0}
.about{color:var(--dim);margin:.1rem 0 .9rem;max-width:75ch}.scroll{overflow-x:auto}table{border-collapse:collapse;width:100%;font-size:.9rem}
th,td{text-align:left;padding:.3rem .75rem .3rem 0;border-bottom:1px solid var(--line);vertical-align:top}th{color:var(--dim);font-weight:600}
td.n,th.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}td.n+td:not(.n),th.n+th:not(.n){padding-left:1.25rem}code{font:.85em ui-monospace,monospace;overflow-wrap:anywhere}
.bar{display:block;background:linear-gradient(to left,color-mix(in srgb,var(--run) 30%,transparent) var(--w),transparent var(--w));padding:0 .3rem;border-radius:3px}
tr:target{background:color-mix(in srgb,var(--path) 22%,transparent)}svg{display:block;width:100%;height:auto;background:var(--card);border-radius:8px}
svg a:hover rect,svg a:focus rect{stroke:var(--ink);stroke-width:1.5}.r{fill:var(--run)}.p{fill:var(--path)}.a{fill:var(--again)}.t{fill:var(--dim);font:11px system-ui}
.key span{margin-right:1.2rem}.key i{display:inline-block;width:.8em;height:.8em;border-radius:2px;margin-right:.35em}
.tabs>input{position:absolute;opacity:0}.tabs>label{display:inline-block;padding:.25rem .8rem;border:1px solid var(--line);border-radius:6px;margin:0 .4rem .7rem 0;cursor:pointer}
.tabs>input:focus-visible+label{outline:2px solid var(--run)}.tabs>input:checked+label{background:var(--run);color:var(--paper)}.tabs>.pane{display:none}
.tabs>input:nth-of-type(1):checked~.pane:nth-of-type(1),.tabs>input:nth-of-type(2):checked~.pane:nth-of-type(2),.tabs>input:nth-of-type(3):checked~.pane:nth-of-type(3),.tabs>input:nth-of-type(4):checked~.pane:nth-of-type(4){display:block}
@media print{.tabs>.pane{display:block!important}nav{display:none}}
`;
