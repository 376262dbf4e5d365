/**
 * The style sheet. Colours are named once; charts use the same names through classes. Good, bad and unknown are what happens to a machine, test is
 * the lab's own tests, and one, two and three tell data apart: hues that people who do not see red or green tell apart too.
 */
export const style = `
:root {
  color-scheme: light dark;
  --paper: #ffffff; --panel: #f5f6f8; --line: #dde1e6; --ink: #16191d; --muted: #59626d; --shade: rgb(0 0 0 / .22);
  --accent: #1b5cb8; --good: #00705a; --bad: #ad3a06; --unknown: #6d5a00; --test: #6a3d9a;
  --one: #0062a3; --two: #b54a00; --three: #00755e;
  --sans: system-ui, -apple-system, "Segoe UI", "Noto Sans", "DejaVu Sans", sans-serif;
  --mono: ui-monospace, "SFMono-Regular", "Cascadia Mono", "Noto Sans Mono", "DejaVu Sans Mono", monospace;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #131619; --panel: #1b1f24; --line: #30363d; --ink: #e4e7ea; --muted: #9ba5b0; --shade: rgb(0 0 0 / .7);
    --accent: #7fb1fb; --good: #4fc8a5; --bad: #ff9a6b; --unknown: #d9c35c; --test: #c9a5f5;
    --one: #6db3f2; --two: #ff9e5e; --three: #4fc8a5;
  }
}
* { box-sizing: border-box; }
[hidden] { display: none !important; }
html { scroll-padding-top: 1rem; -webkit-text-size-adjust: 100%; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.5 var(--sans); font-variant-numeric: tabular-nums; overflow-wrap: anywhere; }
a { color: var(--accent); text-underline-offset: .15em; text-decoration-thickness: 1px; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 2px; }
main:focus { outline: none; }
:target { scroll-margin-top: 1rem; }
.skip { position: absolute; left: -100vw; }
.skip:focus { left: 1rem; top: 1rem; background: var(--paper); padding: .5rem 1rem; z-index: 1; }
.page { max-width: 80rem; margin: 0 auto; padding: .75rem 1.5rem 3rem; }
nav { font-size: .875rem; border-bottom: 1px solid var(--line); margin-bottom: .75rem; }
nav ul { list-style: none; margin: 0; padding: 0; display: flex; flex-wrap: wrap; gap: 0 1.25rem; }
nav a { display: block; padding: .3rem 0; color: var(--muted); text-decoration: none; }
nav a:hover { color: var(--ink); text-decoration: underline; }
h1, h2, h3, h4 { line-height: 1.25; text-wrap: balance; margin: 0; font-weight: 650; }
h1 { font-size: clamp(1.375rem, 1.1rem + 1.2vw, 1.75rem); letter-spacing: -.015em; }
h2 { font-size: 1.25rem; letter-spacing: -.01em; margin-bottom: .75rem; }
h3 { font-size: 1rem; margin: 0 0 .4rem; }
h4 { font-size: 1rem; }
h2.small { font-size: .9375rem; letter-spacing: 0; margin: .6rem 0 .15rem; }
p { margin: 0 0 .6rem; max-width: 52rem; }
.headline { font-size: 1.0625rem; margin: .2rem 0 .4rem; max-width: none; }
.muted, figcaption, caption, .sub, .spread, .legend, .detail, footer, .data { color: var(--muted); }
.small { font-size: .875rem; }
.mono, code { font-family: var(--mono); font-size: .875em; }
h1.mono { font-size: clamp(1.125rem, 1rem + 1vw, 1.5rem); }
.eyebrow { color: var(--muted); font-size: .8125rem; margin: 0; }
main > section, .whole > section { margin-top: 2.5rem; }
.whole { border-top: 3px solid var(--ink); margin-top: 3rem; padding-top: 1rem; }
section > h3:not(:first-of-type) { margin-top: 1.25rem; }

.badge { display: inline-block; font-weight: 600; font-size: .875em; }
.good { color: var(--good); } .bad { color: var(--bad); } .unknown { color: var(--unknown); }
.met { color: var(--test); } .unmet { color: var(--paper); background: var(--test); padding: 0 .35em; }
.tag { font-size: .75rem; border: 1px solid var(--line); border-radius: 3px; padding: 0 .35em; color: var(--muted); white-space: nowrap; }
.recorded { font-size: .8125rem; color: var(--muted); margin: .5rem 0 0; max-width: none; }

.stamp { list-style: none; margin: 0; padding: 0; display: flex; flex-wrap: wrap; gap: 0 1.25rem; font-size: .8125rem; color: var(--muted); }
.stamp b { font-weight: 600; color: var(--ink); }
.five { display: grid; grid-template-columns: repeat(5, minmax(0, 1fr)); gap: .5rem 1.25rem; margin: .7rem 0 .6rem; }
.five > div { border-top: 2px solid var(--ink); padding-top: .25rem; }
.five dt { font-weight: 650; font-size: .9375rem; }
.five dd { margin: .1rem 0 0; font-size: .8125rem; line-height: 1.4; }
.matrix { font-size: .8125rem; }
.matrix th, .matrix td { padding: .16rem 0 .16rem .7rem; }
.matrix thead th { vertical-align: bottom; line-height: 1.25; }
.matrix thead tr:first-child > * { border-bottom: 0; padding-top: 0; white-space: nowrap; }
.matrix th[scope=colgroup] { text-align: right; font-size: .75rem; }
.matrix tbody th { min-width: 8.5rem; max-width: 14rem; }
.matrix a { color: inherit; text-decoration-color: var(--line); }
.matrix tbody th a, .matrix a:hover { color: var(--accent); text-decoration-color: currentColor; }
.note-of { font-size: .8125rem; color: var(--muted); margin: 0 0 .2rem; max-width: none; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); padding: 0; }
.risks { margin: 0; padding: 0; list-style: none; font-size: .875rem; line-height: 1.45; }
.risks .muted { font-size: .8125rem; }

.filters { display: grid; gap: .25rem; margin: 0 0 .75rem; }
fieldset { border: 0; margin: 0; padding: 0; display: flex; flex-wrap: wrap; gap: .1rem .9rem; font-size: .8125rem; align-items: baseline; min-width: 0; }
legend { float: left; width: 7.5rem; padding: 0; color: var(--muted); }
fieldset label { white-space: normal; cursor: pointer; padding: .1rem 0; }
fieldset input { margin: 0 .15rem 0 0; vertical-align: -.1em; accent-color: var(--accent); }
.findings, .many, .plain, .trust { list-style: none; margin: 0; padding: 0; }
.finding { display: grid; grid-template-columns: 19rem 21rem minmax(0, 1fr); gap: 0 1.25rem; font-size: .8125rem; line-height: 1.4; padding: .2rem 0; border-top: 1px solid var(--line); }
.finding code { font-size: 1em; }
.kept { font-size: .8125rem; margin: .35rem 0 0; max-width: none; color: var(--muted); }
.many { columns: 4 15rem; column-gap: 1.5rem; font-size: .8125rem; }
.many li { break-inside: avoid; padding: .05rem 0; }
.trust { padding-left: 1.1rem; list-style: disc; margin-bottom: .6rem; }
.data { font-size: .8125rem; margin: .25rem 0 0; }
.data a { margin-right: .6rem; }
.query { font: inherit; width: min(100%, 34rem); padding: .4rem .6rem; border: 1px solid var(--muted); border-radius: 3px; background: var(--paper); color: var(--ink); }
.definitions > div { margin: 0 0 .75rem; max-width: 52rem; }
.definitions > div:target { outline: 2px solid var(--accent); outline-offset: .4rem; }
.definitions dt { font-weight: 650; }
.definitions dd { margin: 0; }

.figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(13.5rem, 1fr)); gap: 0 2rem; margin: 1rem 0 0; }
.figures > div { display: grid; grid-template-areas: "value" "label" "detail"; align-content: start; border-top: 2px solid var(--ink); padding: .6rem 0 1.4rem; }
.figures dt { grid-area: label; font-weight: 600; line-height: 1.3; }
.figures dd { display: contents; }
.figures .value { grid-area: value; font-size: 1.75rem; font-weight: 650; letter-spacing: -.015em; line-height: 1.2; }
.figures .detail { grid-area: detail; font-size: .875rem; line-height: 1.4; margin-top: .2rem; }

.scenario { border-top: 2px solid var(--ink); padding-top: .75rem; }
.error { border-left: 3px solid var(--bad); padding-left: .75rem; }
.facts { margin: .5rem 0 .75rem; font-size: .875rem; display: grid; gap: .25rem; }
.facts > div { display: grid; grid-template-columns: 11rem minmax(0, 1fr); gap: 1rem; }
.facts.inline { display: flex; flex-wrap: wrap; gap: .25rem 1.75rem; }
.facts.inline > div { display: block; }
.facts.inline dt, .facts.inline dd { display: inline; }
.facts.inline dt { margin-right: .4rem; }
.facts dt, .facts dd { min-width: 0; }
.facts dt { color: var(--muted); }
.facts dd { margin: 0; }
.step { margin: 1.5rem 0 0; padding-left: 1.25rem; border-left: 1px solid var(--line); }
.step:target { border-left: 3px solid var(--accent); }
.request { margin: .25rem 0; }
.request code { background: var(--panel); padding: .2rem .5rem; border-radius: 3px; }
.request code::before { content: "$ "; color: var(--muted); }
.outcome .badge { margin-right: .6rem; }
.broken { margin: 0 0 .75rem; padding-left: 1.1rem; font-size: .875rem; }
.broken ul { padding-left: 1.1rem; }
.problem { background: var(--panel); border-left: 3px solid var(--bad); padding: .9rem 1.1rem .5rem; margin: .75rem 0 1rem; }
.problem p { margin-bottom: .5rem; }
.problem > .muted { margin: .75rem 0 .25rem; font-size: .875rem; }
.problem .cause { font-weight: 600; }
.tree, .tree ul { list-style: none; margin: 0; padding: 0; font-size: .875rem; }
.tree ul { margin-left: .45rem; border-left: 1px solid var(--muted); padding-left: 1rem; }
.tree li { padding: .18rem 0; }
.solutions { margin: .25rem 0 .9rem; padding-left: 1.4rem; font-size: .875rem; }
.solutions > li { margin-bottom: .6rem; }
.solutions p, .solutions .names { margin: 0 0 .2rem; }
.rerun { margin: .75rem 0; font-size: .875rem; color: var(--muted); }
.rerun code { color: var(--ink); }

.scroll { overflow-x: auto; margin: 0 0 1rem;
  background: linear-gradient(90deg, var(--paper) 30%, transparent) left / 2.5rem 100% no-repeat local, linear-gradient(-90deg, var(--paper) 30%, transparent) right / 2.5rem 100% no-repeat local,
    linear-gradient(90deg, var(--shade), transparent) left / .7rem 100% no-repeat scroll, linear-gradient(-90deg, var(--shade), transparent) right / .7rem 100% no-repeat scroll; }
.first .scroll { margin-bottom: .3rem; }
table { border-collapse: collapse; width: 100%; font-size: .8125rem; }
caption { text-align: left; padding: 0 0 .3rem; font-size: .8125rem; }
th, td { text-align: left; vertical-align: top; padding: .28rem 0 .28rem 1.1rem; border-bottom: 1px solid var(--line); }
th:first-child, td:first-child { padding-left: 0; }
thead th { font-weight: 500; color: var(--muted); vertical-align: bottom; border-bottom-color: var(--muted); overflow-wrap: normal; }
tbody th { font-weight: 400; min-width: 7rem; }
th.number, td.number { text-align: right; white-space: nowrap; overflow-wrap: normal; }
thead th.number { white-space: normal; min-width: 3.2rem; }
.sub { display: block; font-size: .8125rem; line-height: 1.4; }
.sub .mono, .sub.mono { font-size: .75rem; }
td > .mono, th > .mono { overflow-wrap: normal; }
td > .sub.mono, th > .sub { overflow-wrap: anywhere; }
td.text { min-width: 6rem; }
.devices td { min-width: 9.5rem; }
.devices tbody th { min-width: min(26rem, 60vw); }
.note { font-weight: 600; color: var(--ink); white-space: nowrap; }
.spread { display: inline-block; min-width: 4rem; font-size: .8125rem; }
.ranking th .mono { overflow-wrap: anywhere; }
.ranking .from { color: var(--muted); }
.share { display: inline-grid; grid-template-columns: 3.5rem 3.2rem; gap: .6rem; align-items: center; }
.track { height: .5rem; background: var(--panel); }
.fill { display: block; height: 100%; background: var(--one); } .fill.two { background: var(--two); } .fill.three { background: var(--three); }

details { border-bottom: 1px solid var(--line); }
.more > details:first-child { border-top: 1px solid var(--line); }
.more { margin: .5rem 0; }
summary { cursor: pointer; padding: .35rem 0; font-size: .875rem; }
summary::marker { color: var(--muted); }
summary:hover { color: var(--accent); }
.inside { padding: .35rem 0 .9rem 1.1rem; }
.inside > p { font-size: .875rem; margin: .5rem 0 0; }
.names { font: .8125rem/1.6 var(--mono); margin: 0; padding-left: 3rem; max-height: 28rem; overflow-y: auto; }
ul.names { padding-left: 1.25rem; max-height: none; }
.plain > li { margin-bottom: .75rem; }
.legend { font-size: .875rem; padding-left: 1.1rem; columns: 2 18rem; column-gap: 2rem; }

figure { margin: 0 0 1rem; }
figcaption { font-size: .8125rem; max-width: 52rem; }
.chart svg { display: block; width: 100%; max-width: 66rem; height: auto; min-width: 38rem; }
.small-multiples { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 17rem), 1fr)); gap: 1.5rem 2rem; margin: 1.75rem 0 .75rem; }
figure.small { margin: 0; display: flex; flex-direction: column-reverse; justify-content: flex-end; }
figure.small figcaption { color: var(--ink); font-weight: 500; margin-bottom: .35rem; min-height: 2.8em; line-height: 1.4; }
.small .chart svg { min-width: 0; }
.columns { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 24rem), 1fr)); gap: 1rem 2.5rem; margin-top: 1.5rem; }
svg text { font-family: var(--sans); font-size: 12px; fill: var(--ink); font-variant-numeric: tabular-nums; }
svg .tick, svg .name { fill: var(--muted); }
svg .group { font-weight: 600; font-size: 13px; }
svg .middle { text-anchor: middle; } svg .end { text-anchor: end; }
svg .grid { stroke: var(--line); } svg .axis { stroke: var(--muted); }
svg .dot { fill: var(--one); fill-opacity: .5; }
svg .dot.faint { fill: var(--muted); fill-opacity: .4; }
svg .median { stroke: var(--ink); stroke-width: 2; }
svg .span { stroke: var(--muted); stroke-width: 1.5; }
svg .line { fill: none; stroke: var(--muted); stroke-width: 1.5; }
svg .line.strong { stroke: var(--one); stroke-width: 2.25; }
svg .line.one { stroke: var(--one); stroke-width: 2; } svg .line.two { stroke: var(--two); stroke-width: 2; stroke-dasharray: 7 3; } svg .line.three { stroke: var(--three); stroke-dasharray: 2 3; }
svg .fit { stroke: var(--muted); stroke-dasharray: 3 4; } svg .fit.strong { stroke: var(--one); }
svg .series { fill: var(--muted); } svg .series.strong, svg .series.one { fill: var(--one); font-weight: 650; } svg .series.two { fill: var(--two); font-weight: 650; } svg .series.three { fill: var(--three); }
svg .marker { fill: var(--muted); stroke: var(--muted); } svg .marker.one { fill: var(--one); stroke: var(--one); } svg .marker.two { fill: var(--two); stroke: var(--two); } svg .marker.three { fill: var(--three); stroke: var(--three); }
svg .marker.synthetic { fill: var(--paper); stroke-width: 1.5; }
svg .bar { fill: var(--one); } svg .bar.cause { fill: var(--three); } svg .bar.effect { fill: var(--one); } svg .bar.all { fill: var(--two); } svg .bar.other { fill: var(--muted); }
svg .segment { stroke: var(--paper); } svg .segment.one { fill: var(--one); } svg .segment.two { fill: var(--two); } svg .segment.three { fill: var(--three); }
svg .segment.modelled { fill-opacity: .16; stroke-width: 1.5; } svg .segment.modelled.one { stroke: var(--one); } svg .segment.modelled.two { stroke: var(--two); } svg .segment.modelled.three { stroke: var(--three); }
svg .inbar.measured { fill: var(--paper); }
svg .node { fill: var(--panel); stroke: var(--line); } svg .node.first { stroke: var(--one); stroke-width: 2; }
svg .edge { fill: none; stroke: var(--muted); stroke-opacity: .45; } svg .edge.strong { stroke: var(--one); stroke-opacity: 1; stroke-width: 1.5; }
footer { margin-top: 3rem; border-top: 1px solid var(--line); padding-top: .75rem; font-size: .875rem; }

@media (max-width: 62rem) {
  .five { grid-template-columns: repeat(auto-fit, minmax(min(100%, 15rem), 1fr)); }
  .finding { grid-template-columns: 1fr 1fr; }
  .finding > :last-child { grid-column: 1 / -1; }
}
@media (max-width: 34rem) {
  .page { padding: .5rem .9rem 2rem; }
  .figures { grid-template-columns: 1fr 1fr; gap: 0 1.25rem; }
  .figures .value { font-size: 1.375rem; }
  .finding { grid-template-columns: 1fr; padding: .45rem 0; }
  .matrix tbody th { min-width: 7rem; max-width: 9rem; }
  legend { width: 100%; float: none; }
  .step { padding-left: .8rem; }
  .problem { padding: .8rem .8rem .4rem; }
  .tree ul { padding-left: .65rem; }
  .facts > div { grid-template-columns: 1fr; gap: 0; }
  .names { padding-left: 2.25rem; }
}
@media print {
  @page { size: A4; margin: 12mm; }
  :root { --paper: #fff; --panel: #f5f6f8; --line: #ccc; --ink: #000; --muted: #444; --accent: #1b5cb8; --good: #00705a; --bad: #ad3a06; --unknown: #6d5a00; --test: #6a3d9a; --one: #0062a3; --two: #b54a00; --three: #00755e; }
  body { font-size: 9pt; }
  .page { max-width: none; padding: 0; }
  nav, .skip, .filters, .data { display: none; }
  .scroll { overflow: visible; background: none; }
  .first .matrix { font-size: 6.5pt; } .matrix th, .matrix td { padding-left: .3rem; } .matrix tbody th { min-width: 0; }
  table { font-size: 7.5pt; } th, td { padding-left: .4rem; } thead th { min-width: 0; }
  .names { max-height: none; overflow: visible; }
  .chart svg { min-width: 0; }
  .finding { grid-template-columns: 13rem 13rem minmax(0, 1fr); font-size: 7.5pt; }
  figure, .step, tr, .finding, .figures > div { break-inside: avoid; }
  h2, h3, h4, caption { break-after: avoid; }
}
`;
