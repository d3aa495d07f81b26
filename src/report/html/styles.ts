/** Two sets of colours, each with a contrast of at least 4.5 to 1 for text; on paper always the light one. */
const LIGHT =
  'color-scheme:light;--bg:#f6f7f9;--card:#fff;--text:#1c2430;--dim:#556070;--line:#dde2e9;--accent:#2456c7;--bar:#6f94e6;--null:#b4762a;--error:#b3261e;--warning:#8a5300;--info:#2456c7;--fill:#e9edf5';
const DARK =
  'color-scheme:dark;--bg:#12161d;--card:#1a2029;--text:#e6eaf0;--dim:#a3afbf;--line:#303947;--accent:#8fb2ff;--bar:#5b83dd;--null:#d39a4d;--error:#ff8a80;--warning:#f0b760;--info:#8fb2ff;--fill:#262f3d';

/** The page's own style sheet. */
export const STYLES = `
:root{${LIGHT}}
@media screen and (prefers-color-scheme:dark){:root{${DARK}}}
*{box-sizing:border-box}
html{scroll-padding-top:5.5rem}
body{margin:0;background:var(--bg);color:var(--text);font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"DejaVu Sans",sans-serif}
main{max-width:76rem;margin:0 auto;padding:1.25rem 1rem 4rem}
main>header p{margin:0}
h1{font-size:1.6rem;line-height:1.25;margin:0 0 1rem;overflow-wrap:anywhere}
h2{font-size:1.2rem;margin:1.75rem 0 .6rem}
h3{font-size:1rem;margin:0;overflow-wrap:anywhere}
h4{font-size:.8rem;margin:0 0 .3rem;color:var(--dim);font-weight:600}
p{margin:.4rem 0}ul{margin:.25rem 0;padding-left:1.2rem}
a{color:var(--accent)}
:focus-visible{outline:3px solid var(--accent);outline-offset:2px;border-radius:3px}
small,.dim,.evidence,figcaption,dt{color:var(--dim);font-size:.85rem}
.skip{position:absolute;left:-99rem}.skip:focus{left:1rem;top:.5rem;background:var(--card);padding:.5rem}
.sr{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
.tiles{display:grid;grid-template-columns:repeat(6,minmax(0,1fr));gap:.6rem}
@media(max-width:64rem){.tiles{grid-template-columns:repeat(3,minmax(0,1fr))}}
.tile,.card,.kinds{background:var(--card);border:1px solid var(--line);border-radius:10px;padding:.7rem .9rem}
.tile b{font-size:1.35rem;line-height:1.2;font-variant-numeric:tabular-nums;overflow-wrap:anywhere}
.tile small{display:block;line-height:1.35}
.count{background:var(--fill);color:var(--text);border-radius:1rem;padding:.05rem .55rem;font-size:.8rem;font-weight:600}
section>h3{margin:.9rem 0 .35rem}
h3.error,.error>b,.alerts .error b{color:var(--error)}h3.warning,.warning>b,.alerts .warning b{color:var(--warning)}h3.info,.info>b,.alerts .info b{color:var(--info)}
.kinds{list-style:none;margin:0;padding:.2rem .9rem;border-left:4px solid var(--info)}
.kinds.error{border-left-color:var(--error)}.kinds.warning{border-left-color:var(--warning)}
.kinds>li{display:grid;grid-template-columns:10.5rem minmax(0,1fr);gap:0 .75rem;padding:.22rem 0;overflow-wrap:anywhere}
.kinds>li+li{border-top:1px solid var(--line)}
.kinds b:first-letter,.alerts b:first-letter{text-transform:uppercase}
.kinds .first{grid-column:2;color:var(--dim);font-size:.85rem}
.kinds:has(details[open]) details[open]+.first{display:none}
summary{cursor:pointer}
.rows{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(20rem,100%),1fr));gap:.1rem 1.5rem;list-style:none;padding:0;font-size:.9rem}
.tools{display:flex;flex-wrap:wrap;gap:.5rem .75rem;align-items:end;margin:0 0 .75rem;position:sticky;top:0;background:var(--bg);padding:.5rem 0;z-index:1}
.tools[hidden]{display:none}
.tools label{display:grid;gap:.15rem;font-size:.8rem;color:var(--dim)}
.tools .check{display:flex;gap:.4rem;align-items:center;padding:.45rem 0;font-size:.9rem;color:var(--text)}
.tools #found{padding:.45rem 0}
input,select{font:inherit;font-size:.95rem;color:var(--text);background:var(--card);border:1px solid var(--dim);border-radius:6px;padding:.35rem .55rem;max-width:100%}
.list{display:grid;gap:.7rem}
.card{min-width:0}.many .card{content-visibility:auto;contain-intrinsic-size:auto 20rem}
h3 a{color:inherit;text-decoration:none}h3 a:hover{text-decoration:underline}
.compact{gap:.25rem}
.compact .card:not(:target){display:grid;grid-template-columns:minmax(0,19rem) 8rem minmax(0,15rem) minmax(0,1fr);gap:0 1rem;align-items:center;padding:.2rem .9rem;contain-intrinsic-size:auto 2.2rem}
.compact .card:not(:target) :is(.parts,.parts>div,figure){display:contents}
.compact .card:not(:target) :is(.evidence,dl,.box,figcaption,.outliers,.top,.samples,h4,.alerts bdi){display:none}
.compact .card:not(:target) .hist{height:1.6rem;grid-column:2}.compact .card:not(:target) p.nulls{grid-column:3}
.compact .card:not(:target) .alerts{grid-column:4;margin:0}
.card[hidden][hidden][hidden],tr[hidden]{display:none}
.card header{display:flex;gap:.6rem;align-items:baseline}
.card:target{border-color:var(--accent);box-shadow:0 0 0 2px var(--accent)}
.type{background:var(--fill);border-radius:6px;padding:.05rem .5rem;font-size:.8rem;font-weight:600;white-space:nowrap}
.alerts{list-style:none;padding:0;margin:.35rem 0;font-size:.88rem;display:flex;flex-wrap:wrap;gap:.2rem 1.2rem}
.alerts b{display:inline-block}
.alerts li{border-left:3px solid var(--info);padding-left:.5rem;overflow-wrap:anywhere}
.alerts .error{border-color:var(--error)}.alerts .warning{border-color:var(--warning)}
.parts{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(20rem,100%),1fr));gap:.5rem 1.75rem;margin-top:.5rem}
.parts>div{min-width:0}
.nulls{display:grid;grid-template-columns:5rem minmax(0,1fr);gap:.6rem;align-items:center;font-size:.88rem;margin:0;overflow-wrap:anywhere}
.bar{width:100%;height:.5rem;background:var(--fill);border-radius:3px;display:block}
.bar rect{fill:var(--bar)}.nulls rect{fill:var(--null)}
.evidence{overflow-wrap:anywhere}.evidence strong{color:var(--text)}
dl{display:grid;grid-template-columns:repeat(auto-fill,minmax(5.6rem,1fr));gap:.3rem .75rem;margin:.5rem 0 0}
dl div{min-width:0}dl .wide{grid-column:span 2}dd{margin:0;overflow-wrap:anywhere;font-variant-numeric:tabular-nums;line-height:1.35}dt{font-size:.78rem}
figure{margin:0}
.hist{width:100%;height:5.5rem;display:block;border-bottom:1px solid var(--dim)}
.hist rect,.hist path{fill:var(--bar)}.hist g:hover rect{fill:var(--accent)}
.box{width:100%;height:1.7rem;display:block;margin-top:.3rem}
.box rect{fill:var(--fill);stroke:var(--dim)}.box *{vector-effect:non-scaling-stroke}.box .line{stroke:var(--dim);fill:none}.box .median{stroke:var(--accent);stroke-width:2}.box .far{stroke:var(--error);stroke-width:5;stroke-linecap:round;fill:none}
figcaption{display:flex;justify-content:space-between;gap:1rem;font-variant-numeric:tabular-nums;overflow-wrap:anywhere}
.scroll{overflow-x:auto}
table{border-collapse:collapse;width:100%;font-size:.85rem}
th{text-align:left;color:var(--dim);font-weight:600}
td,th{padding:.14rem .4rem;border-bottom:1px solid var(--line);vertical-align:top}
.top{table-layout:fixed}
.top td:first-child,.top th:first-child{width:45%;padding-left:0;overflow-wrap:anywhere;white-space:pre-wrap}
.top td:nth-child(2){vertical-align:middle}.top th:nth-child(2){position:relative}
.top td:nth-child(n+3),.top th:nth-child(n+3){text-align:right;font-variant-numeric:tabular-nums;padding-right:0;white-space:nowrap;width:4.2rem}
.samples{list-style:none;padding:0;margin:0;display:flex;flex-wrap:wrap;gap:.3rem}
.samples li{background:var(--fill);border-radius:5px;padding:.05rem .45rem;font-size:.85rem;overflow-wrap:anywhere;white-space:pre-wrap;min-width:0}
.all td{overflow-wrap:anywhere;min-width:4rem}
.outliers a,.evidence a{white-space:nowrap}.outliers{font-size:.88rem;overflow-wrap:anywhere;margin:.4rem 0 0}
.whole{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(24rem,100%),1fr));gap:.75rem;align-items:start}
.whole h2{margin:0 0 .4rem}.whole small{font-weight:400}.whole th{width:38%;overflow-wrap:anywhere}.whole td{overflow-wrap:anywhere;white-space:pre-wrap}
.whole tr:target{background:var(--fill);box-shadow:inset 4px 0 var(--accent)}.whole tr:target th{color:var(--text);padding-left:.7rem}
.ways{display:flex;flex-wrap:wrap;gap:.25rem 1.25rem;margin:0 0 1rem}
@media(min-width:36.01rem){.compact .card:not(:target) :is(header,.hist,p.nulls,.alerts){grid-row:1}}
@media(max-width:36rem){.compact .card:not(:target){grid-template-columns:minmax(0,1fr) 5rem}.compact .card:not(:target) header{grid-column:1/3}.compact .card:not(:target) p.nulls{grid-column:1;grid-row:2}.compact .card:not(:target) .hist{grid-row:2}.compact .card:not(:target) .alerts{grid-column:1/3;grid-row:3}.kinds>li{grid-template-columns:minmax(0,1fr)}.kinds .first{grid-column:1}.tiles{grid-template-columns:1fr 1fr}.tools{position:static}html{scroll-padding-top:1rem}}
@media print{@page{margin:1.4cm}html{font-size:11px}body{background:#fff;font-size:1rem}main{max-width:none;padding:0}.tools,.skip,.ways,.go{display:none}.card,.tile,.kinds>li,.rows li{break-inside:avoid}h2,h3{break-after:avoid}.list{display:block}.card{margin:0 0 .6rem;content-visibility:visible}.many .card{content-visibility:visible}.tiles{grid-template-columns:repeat(6,1fr)}.parts{grid-template-columns:repeat(auto-fit,minmax(16rem,1fr))}.kinds .first{display:none}a{color:inherit;text-decoration:none}details:not([open])::details-content{content-visibility:visible;display:block}*{print-color-adjust:exact;-webkit-print-color-adjust:exact}}
`;
