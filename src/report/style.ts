/** The style sheet. Colours are named once; charts use the same names through classes. */
export const style = `
:root {
  color-scheme: light dark;
  --paper: #ffffff; --panel: #f5f6f8; --line: #dde1e6; --ink: #16191d; --muted: #59626d;
  --accent: #1b5cb8; --accent-soft: #a9c6ea; --good: #00705a; --bad: #ad3a06; --unknown: #6d5a00;
  --sans: system-ui, -apple-system, "Segoe UI", "Noto Sans", "DejaVu Sans", sans-serif;
  --mono: ui-monospace, "SFMono-Regular", "Cascadia Mono", "Noto Sans Mono", "DejaVu Sans Mono", monospace;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #131619; --panel: #1b1f24; --line: #30363d; --ink: #e4e7ea; --muted: #9ba5b0;
    --accent: #7fb1fb; --accent-soft: #34557f; --good: #4fc8a5; --bad: #ff9a6b; --unknown: #d9c35c;
  }
}
* { box-sizing: border-box; }
html { scroll-padding-top: 1rem; -webkit-text-size-adjust: 100%; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.55 var(--sans); font-variant-numeric: tabular-nums; overflow-wrap: break-word; }
a { color: var(--accent); text-underline-offset: .15em; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 2px; }
main:focus { outline: none; }
.skip { position: absolute; left: -100vw; }
.skip:focus { left: 1rem; top: 1rem; background: var(--paper); padding: .5rem 1rem; z-index: 1; }
.page { max-width: 76rem; margin: 0 auto; padding: 2.5rem 1.5rem 4rem; display: grid; grid-template-columns: 11rem minmax(0, 1fr); gap: 3.5rem; }
nav { position: sticky; top: 2.5rem; align-self: start; font-size: .875rem; }
nav ul { list-style: none; margin: 0; padding: 0; border-left: 1px solid var(--line); }
nav a { display: block; padding: .25rem 0 .25rem 1rem; color: var(--muted); text-decoration: none; }
nav a:hover { color: var(--ink); text-decoration: underline; }
h1, h2, h3, h4 { line-height: 1.25; text-wrap: balance; margin: 0; font-weight: 650; }
h1 { font-size: clamp(1.75rem, 1.2rem + 2.4vw, 2.5rem); letter-spacing: -.018em; }
h2 { font-size: 1.5rem; letter-spacing: -.01em; margin-bottom: 1.25rem; }
h3 { font-size: 1.125rem; margin: 0 0 .5rem; }
h4 { font-size: 1rem; }
p { margin: 0 0 .75rem; max-width: 46rem; }
.lead, .sentences p { font-size: 1.0625rem; }
.sentences { margin: 1.25rem 0 2rem; }
.muted, figcaption, caption, .sub, .spread, .legend, .detail, footer { color: var(--muted); }
.mono, code { font-family: var(--mono); font-size: .875em; overflow-wrap: anywhere; }
.eyebrow { color: var(--muted); font-size: .875rem; margin: 0 0 .35rem; }
.state { margin: .9rem 0 0; font-size: 1rem; }
main > section { margin-top: 4.5rem; }
section > h3:not(:first-of-type) { margin-top: 3rem; }

.badge { display: inline-block; font-weight: 600; font-size: .875em; white-space: nowrap; }
.badge.good { color: var(--good); } .badge.bad { color: var(--bad); } .badge.unknown { color: var(--unknown); }

.figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(13.5rem, 1fr)); gap: 0 2rem; margin: 0; }
.figures > div { display: grid; grid-template-areas: "value" "label" "detail"; align-content: start; border-top: 2px solid var(--ink); padding: .6rem 0 1.4rem; }
.figures dt { grid-area: label; font-weight: 600; line-height: 1.3; }
.figures dd { display: contents; }
.figures .value { grid-area: value; font-size: 1.75rem; font-weight: 650; letter-spacing: -.015em; line-height: 1.2; }
.figures .detail { grid-area: detail; font-size: .875rem; line-height: 1.4; margin-top: .2rem; overflow-wrap: anywhere; }
.answers { list-style: none; margin: 1rem 0 0; padding: 0; }
.answers li { display: grid; grid-template-columns: 13.5rem minmax(0, 1fr); gap: 0 2rem; border-top: 1px solid var(--line); padding: .65rem 0; }
.answers li:last-child { border-bottom: 1px solid var(--line); }
.answers p { margin: 0; }
.answers .badge { display: block; }
.answers .result { color: var(--muted); font-size: .875rem; }
.answers .result .badge { display: inline-block; margin-left: .75rem; font-size: 1em; }
.answers .result .plain { color: var(--ink); }

.scenario { border-top: 2px solid var(--ink); padding-top: 1rem; margin-top: 3rem; }
.answer { font-size: 1.0625rem; }
.answer .badge { margin-right: .35rem; }
.error { border-left: 3px solid var(--bad); padding-left: .75rem; }
.facts { margin: .75rem 0 1rem; font-size: .875rem; display: grid; gap: .3rem; }
.facts > div { display: grid; grid-template-columns: 9.5rem minmax(0, 1fr); gap: 1rem; }
.facts.inline { display: flex; flex-wrap: wrap; gap: .25rem 1.75rem; }
.facts.inline > div { display: block; }
.facts.inline dt, .facts.inline dd { display: inline; }
.facts.inline dt { margin-right: .4rem; }
.facts dt, .facts dd { min-width: 0; overflow-wrap: anywhere; }
.facts dt { color: var(--muted); }
.facts dd { margin: 0; }
.step { margin: 1.75rem 0 0; padding-left: 1.25rem; border-left: 1px solid var(--line); }
.request { margin: .25rem 0; }
.request code { background: var(--panel); padding: .2rem .5rem; border-radius: 3px; }
.request code::before { content: "$ "; color: var(--muted); }
.outcome .badge { margin-right: .6rem; }
.problem { background: var(--panel); border-left: 3px solid var(--bad); padding: .9rem 1.1rem .5rem; margin: .75rem 0 1rem; }
.problem p { margin-bottom: .5rem; }
.problem > .muted { margin: .75rem 0 .25rem; font-size: .875rem; }
.problem .cause { font-weight: 600; overflow-wrap: anywhere; }
.tree, .tree ul { list-style: none; margin: 0; padding: 0; font-size: .875rem; }
.tree ul { margin-left: .45rem; border-left: 1px solid var(--muted); padding-left: 1rem; }
.tree li { padding: .18rem 0; overflow-wrap: anywhere; }
.solutions { margin: .25rem 0 .9rem; padding-left: 1.4rem; font-size: .875rem; }
.solutions > li { margin-bottom: .6rem; }
.solutions p, .solutions .names { margin: 0 0 .2rem; }
.solutions .badge { white-space: normal; }
.rerun { margin: 1.5rem 0 0; font-size: .875rem; color: var(--muted); }
.rerun code { color: var(--ink); }

.scroll { overflow-x: auto; margin: 0 0 1.25rem; }
table { border-collapse: collapse; width: 100%; font-size: .875rem; }
caption { text-align: left; padding: 0 0 .4rem; font-size: .875rem; }
th, td { text-align: left; vertical-align: top; padding: .38rem 0 .38rem 1.25rem; border-bottom: 1px solid var(--line); }
th:first-child, td:first-child { padding-left: 0; }
thead th { font-weight: 500; color: var(--muted); vertical-align: bottom; border-bottom-color: var(--muted); }
tbody th { font-weight: 400; min-width: 7rem; }
.number { text-align: right; white-space: nowrap; }
thead .number { white-space: normal; }
.sub { display: block; font-size: .8125rem; line-height: 1.4; }
.sub .mono, .sub.mono { font-size: .75rem; overflow-wrap: anywhere; }
td > .mono, th > .mono { overflow-wrap: normal; }
td > .sub.mono, th > .sub { overflow-wrap: anywhere; }
.devices td { min-width: 9.5rem; }
.devices tbody th { min-width: min(26rem, 60vw); }
.note { font-weight: 600; color: var(--ink); white-space: nowrap; }
.spread { display: inline-block; min-width: 4rem; font-size: .8125rem; }
.ranking th .mono { overflow-wrap: anywhere; }
.ranking .from { color: var(--muted); }
.share { display: inline-grid; grid-template-columns: 3.5rem 3.2rem; gap: .6rem; align-items: center; }
.track { height: .5rem; background: var(--panel); }
.fill { display: block; height: 100%; background: var(--accent); }

details { border-bottom: 1px solid var(--line); }
.more > details:first-child { border-top: 1px solid var(--line); }
.more { margin-top: .5rem; }
summary { cursor: pointer; padding: .45rem 0; font-size: .875rem; }
summary::marker { color: var(--muted); }
summary:hover { color: var(--accent); }
.inside { padding: .35rem 0 .9rem 1.1rem; }
.inside > p { font-size: .875rem; margin: .5rem 0 0; }
.names { font: .8125rem/1.6 var(--mono); margin: 0; padding-left: 3rem; overflow-wrap: anywhere; max-height: 28rem; overflow-y: auto; }
ul.names { padding-left: 1.25rem; max-height: none; }
.plain { list-style: none; margin: 0; padding: 0; }
.plain > li { margin-bottom: .75rem; }
.legend { font-size: .875rem; padding-left: 1.1rem; columns: 2 18rem; column-gap: 2rem; }

figure { margin: 0 0 1.75rem; }
figcaption { font-size: .875rem; max-width: 46rem; }
.chart svg { display: block; width: 100%; height: auto; min-width: 38rem; overflow: visible; }
.small-multiples { display: grid; grid-template-columns: repeat(auto-fill, minmax(17rem, 1fr)); gap: 1.5rem 2rem; margin: 1.75rem 0 .75rem; }
figure.small { margin: 0; display: flex; flex-direction: column-reverse; justify-content: flex-end; }
figure.small figcaption { color: var(--ink); font-weight: 500; margin-bottom: .35rem; min-height: 2.8em; line-height: 1.4; }
.small .chart svg { min-width: 0; }
.columns { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 24rem), 1fr)); gap: 1rem 2.5rem; margin-top: 1.5rem; }
svg text { font-family: var(--sans); font-size: 12px; fill: var(--ink); font-variant-numeric: tabular-nums; }
svg .tick, svg .name { fill: var(--muted); }
svg .group { font-weight: 600; font-size: 13px; }
svg .middle { text-anchor: middle; } svg .end { text-anchor: end; }
svg .grid { stroke: var(--line); } svg .axis { stroke: var(--muted); }
svg .dot { fill: var(--accent); fill-opacity: .5; }
svg .dot.faint { fill: var(--muted); fill-opacity: .4; }
svg .median { stroke: var(--ink); stroke-width: 2; }
svg .line { fill: none; stroke: var(--muted); stroke-opacity: .7; stroke-width: 1.25; }
svg .line.strong { stroke: var(--accent); stroke-opacity: 1; stroke-width: 2.25; }
svg .fit { stroke: var(--muted); stroke-dasharray: 3 4; } svg .fit.strong { stroke: var(--accent); }
svg .series { fill: var(--muted); } svg .series.strong { fill: var(--accent); font-weight: 650; }
svg .bar { fill: var(--accent); } svg .bar.cause { fill: var(--accent-soft); } svg .bar.other { fill: var(--muted); fill-opacity: .55; }
footer { margin-top: 5rem; border-top: 1px solid var(--line); padding-top: 1rem; font-size: .875rem; }

@media (max-width: 62rem) {
  .page { display: block; padding: 1.5rem 1.1rem 3rem; }
  nav { position: static; margin-bottom: 2rem; }
  nav ul { border: 0; display: flex; flex-wrap: wrap; gap: .1rem 1.1rem; }
  nav a { padding: .25rem 0; }
}
@media (max-width: 34rem) {
  .figures { grid-template-columns: 1fr 1fr; gap: 0 1.25rem; }
  .figures .value { font-size: 1.375rem; }
  .answers li { display: block; }
  .answers .badge { display: inline-block; margin-left: .5rem; }
  .answers .result .badge { margin: 0 .75rem 0 0; }
  .step { padding-left: .8rem; }
  .problem { padding: .8rem .8rem .4rem; }
  .tree ul { padding-left: .65rem; }
  .facts > div { grid-template-columns: 1fr; gap: 0; }
  .names { padding-left: 2.25rem; }
}
@media print {
  :root { --paper: #fff; --panel: #f5f6f8; --line: #ccc; --ink: #000; --muted: #444; --accent: #1b5cb8; --accent-soft: #a9c6ea; --good: #00705a; --bad: #ad3a06; --unknown: #6d5a00; }
  body { font-size: 10pt; }
  .page { display: block; max-width: none; padding: 0; }
  nav, .skip { display: none; }
  .scroll { overflow: visible; }
  .names { max-height: none; overflow: visible; }
  .chart svg { min-width: 0; }
  figure, .step, tr, .figures > div { break-inside: avoid; }
  h2, h3, h4, caption { break-after: avoid; }
}
`;
