/** The page's own style sheet. Colours keep a contrast of at least 4.5 to 1 in both schemes. */
export const STYLES = `
:root{color-scheme:light dark;--bg:#f6f7f9;--card:#fff;--text:#1c2430;--dim:#556070;--line:#dde2e9;--accent:#2456c7;--bar:#6f94e6;--null:#b4762a;--error:#b3261e;--warning:#8a5300;--info:#2456c7;--fill:#e9edf5}
@media(prefers-color-scheme:dark){:root{--bg:#12161d;--card:#1a2029;--text:#e6eaf0;--dim:#a3afbf;--line:#303947;--accent:#8fb2ff;--bar:#5b83dd;--null:#d39a4d;--error:#ff8a80;--warning:#f0b760;--info:#8fb2ff;--fill:#262f3d}}
*{box-sizing:border-box}
html{scroll-padding-top:1rem}
body{margin:0;background:var(--bg);color:var(--text);font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"DejaVu Sans",sans-serif}
main{max-width:76rem;margin:0 auto;padding:1.5rem 1rem 4rem}
h1{font-size:1.6rem;line-height:1.25;margin:0 0 .25rem;overflow-wrap:anywhere}
h2{font-size:1.15rem;margin:2rem 0 .75rem}
h3{font-size:1rem;margin:0;overflow-wrap:anywhere}
p{margin:.5rem 0}ul{margin:.25rem 0;padding-left:1.2rem}
a{color:var(--accent)}
:focus-visible{outline:3px solid var(--accent);outline-offset:2px;border-radius:3px}
small,.dim,.evidence,figcaption,dt{color:var(--dim);font-size:.85rem}
.skip{position:absolute;left:-99rem}.skip:focus{left:1rem;top:.5rem;background:var(--card);padding:.5rem}
.sr{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
.tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(8.5rem,1fr));gap:.75rem}
.tile,.card,.kind{background:var(--card);border:1px solid var(--line);border-radius:10px;padding:.8rem 1rem}
.tile b{display:block;font-size:1.45rem;line-height:1.2;font-variant-numeric:tabular-nums;overflow-wrap:anywhere}
.tile small{display:block}
.count{background:var(--fill);border-radius:1rem;padding:.05rem .55rem;font-size:.8rem;font-weight:600}
.kind{padding:.5rem 1rem;margin:.5rem 0;border-left:5px solid var(--info)}
.kind.error{border-left-color:var(--error)}.kind.warning{border-left-color:var(--warning)}
summary{cursor:pointer;padding:.15rem 0}summary b:first-letter{text-transform:uppercase}
.kind li,.examples li,.alerts li{overflow-wrap:anywhere}
.tools{display:flex;flex-wrap:wrap;gap:.75rem;align-items:end;margin:0 0 1rem}
.tools[hidden]{display:none}
.tools label{display:grid;gap:.2rem;font-size:.85rem;color:var(--dim)}
input,select{font:inherit;color:var(--text);background:var(--card);border:1px solid var(--dim);border-radius:6px;padding:.4rem .6rem;max-width:100%}
.list{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(22rem,100%),1fr));gap:.9rem;align-items:start}
.card{min-width:0}.many .card{content-visibility:auto;contain-intrinsic-size:auto 28rem}
.card[hidden],tr[hidden]{display:none}
.card header{display:flex;justify-content:space-between;gap:.75rem;align-items:start}
.card:target{border-color:var(--accent);box-shadow:0 0 0 2px var(--accent)}
.type{background:var(--fill);border-radius:6px;padding:.1rem .5rem;font-size:.8rem;font-weight:600;white-space:nowrap}
.alerts{list-style:none;padding:0;margin:.5rem 0;font-size:.85rem;display:grid;gap:.25rem}
.alerts b{display:inline-block}.alerts b:first-letter{text-transform:uppercase}
.alerts li{border-left:3px solid var(--info);padding-left:.5rem}
.alerts .error{border-color:var(--error)}.alerts .warning{border-color:var(--warning)}
.alerts .error b{color:var(--error)}.alerts .warning b{color:var(--warning)}.alerts .info b{color:var(--info)}
.nulls{display:grid;grid-template-columns:5rem 1fr;gap:.6rem;align-items:center;font-size:.85rem;overflow-wrap:anywhere}
.bar{width:100%;height:.5rem;background:var(--fill);border-radius:3px;display:block}
.bar rect{fill:var(--bar)}.nulls rect{fill:var(--null)}
dl{display:grid;grid-template-columns:repeat(auto-fill,minmax(6.2rem,1fr));gap:.35rem .75rem;margin:.6rem 0}
dl div{min-width:0}dd{margin:0;overflow-wrap:anywhere;font-variant-numeric:tabular-nums}
figure{margin:.6rem 0}
.hist{width:100%;height:4.5rem;display:block;border-bottom:1px solid var(--dim)}
.hist rect,.hist path{fill:var(--bar)}.hist g:hover rect{fill:var(--accent)}
.box{width:100%;height:auto;display:block;margin-top:.4rem;overflow:visible}
.box rect{fill:var(--fill);stroke:var(--dim)}.box .line{stroke:var(--dim);fill:none}.box .median{stroke:var(--accent);stroke-width:2}.box circle{fill:var(--error)}
figcaption{display:flex;justify-content:space-between;gap:1rem;font-variant-numeric:tabular-nums}
.scroll{overflow-x:auto}
table{border-collapse:collapse;width:100%;font-size:.85rem}
th{text-align:left;color:var(--dim);font-weight:600}
td,th{padding:.2rem .4rem;border-bottom:1px solid var(--line);vertical-align:top}
.top{table-layout:fixed}
.top td:first-child,.top th:first-child{width:48%;padding-left:0;overflow-wrap:anywhere;white-space:pre-wrap}
.top td:nth-child(2){vertical-align:middle}
.top td:nth-child(n+3),.top th:nth-child(n+3){text-align:right;font-variant-numeric:tabular-nums;padding-right:0}
.top th:nth-child(2){position:relative}
.all td{overflow-wrap:anywhere;min-width:4rem}
.whole{margin:1rem 0}.whole h2{margin:0 0 .5rem}.whole th{width:30%;overflow-wrap:anywhere}.whole td{overflow-wrap:anywhere;white-space:pre-wrap}
.examples{font-size:.85rem}.outliers{font-size:.9rem}
@media print{body{background:#fff;font-size:11px}main{max-width:none;padding:0}.tools,.skip{display:none}.list{display:block;columns:2}.card,.tile,.kind{break-inside:avoid;margin:0 0 .6rem;content-visibility:visible}.many .card{content-visibility:visible}details:not([open])::details-content{content-visibility:visible;display:block}}
`;
