import { type Html, html, nothing } from '../html.js';
import type { Place } from '../site/place.js';
import type { KernelView } from '../view/kernel.js';
import type { KernelDiffView } from '../view/kernel-diff.js';
import { type ChartOf, ranking } from './measurements.js';
import { details, facts, figure, keyFigures, listDetails, section, table } from './parts.js';

export function kernelHeader({ title, subtitle, figures }: KernelView): Html {
  return html`<header id="summary">
<p class="eyebrow">kmplab kernel build</p>
<h1><span class="mono">${title}</span></h1>
<p class="state">${subtitle}</p>
${keyFigures(figures)}
</header>`;
}

export function partsTemplate({ parts, subsystems, buses }: KernelView, chartOf: ChartOf, place: Place): Html {
  return section(
    place,
    'parts',
    'What it is made of',
    html`${figure(
      parts.title,
      chartOf(parts.id),
      'How to read it: the faint bar is the share of all bytes, the strong bar the share of all kernel modules.',
    )}
${details('All subsystems', table('By subsystem', ['Subsystem', 'Kernel modules', 'Size', 'Exports', 'Imports'], subsystems))}
${details('Aliases by bus', table('Aliases', ['Bus', 'Aliases', 'Share'], buses))}`,
  );
}

export function originTemplate({ facts: list, warnings }: KernelView, place: Place): Html {
  return section(
    place,
    'origin',
    'Where it comes from',
    html`${facts(list)}${warnings.map((warning) => listDetails(warning, place))}`,
  );
}

export function diffHeader({ from, to, figures, sentence, remarks }: KernelDiffView): Html {
  return html`<header id="summary">
<p class="eyebrow">kmplab kernel update</p>
<h1><span class="mono">${from}</span> \u2192 <span class="mono">${to}</span></h1>
<div class="sentences"><p>${sentence}</p>${remarks.map((remark) => html`<p>${remark}</p>`)}</div>
${keyFigures(figures)}
</header>`;
}

export function diffChurnTemplate({ churn, importers }: KernelDiffView, chartOf: ChartOf, place: Place): Html {
  return section(
    place,
    'churn',
    'Churn',
    html`${figure(
      churn.title,
      chartOf(churn.id),
      'How to read it: faint bars are shares of the exported symbols of the older build, strong bars shares of its kernel modules.',
    )}
${
  importers === null
    ? nothing
    : html`<div class="small-multiples"><figure class="small"><div class="chart">${chartOf(importers.chart.id)}</div><figcaption>${importers.caption}</figcaption></figure></div>
<p class="muted">How to read it: a bar is the number of symbols with that many importers. What nobody imports breaks nothing.</p>`
}`,
  );
}

export function brokenTemplate({ subsystems, broken }: KernelDiffView, chartOf: ChartOf, place: Place): Html | null {
  if (subsystems === null) return null;
  const { chart, rows } = subsystems;
  return section(
    place,
    'broken',
    'Kernel modules that no longer load',
    html`${figure(
      chart.title,
      chartOf(chart.id),
      'How to read it: shares of the kernel modules of that subsystem. The faint bar is those that the newer kernel refuses for themselves, for a symbol that changed or went or for their vermagic; the strong bar adds those that depend on one of them.',
    )}
${details('All subsystems', table('By subsystem', ['Subsystem', 'Kernel modules', 'Refused themselves', 'In all', 'Share'], rows))}
${details('Names by subsystem', html`${broken.map((listView) => listDetails(listView, place))}`)}`,
  );
}

export function symbolsTemplate({ symbols }: KernelDiffView, place: Place): Html | null {
  if (symbols.length === 0) return null;
  return section(
    place,
    'symbols',
    'Symbols responsible',
    html`<p class="lead">In order of blast radius: kernel modules that import the symbol, and all that depend on one of these.</p>
<div class="ranking">${ranking(
      'Changed and lost symbols',
      ['Symbol', 'Direct', 'In all', 'Of all modules'],
      symbols.map((symbol) => ({ ...symbol, from: `${symbol.from}, ${symbol.change}` })),
    )}</div>`,
  );
}

export function modulesTemplate({ modules }: KernelDiffView, place: Place): Html | null {
  if (modules.length === 0) return null;
  return section(
    place,
    'modules',
    'Kernel modules that came and went',
    html`${modules.map((kernelModule) => listDetails(kernelModule, place))}`,
  );
}
