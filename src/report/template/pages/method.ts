import { type Html, html, nothing } from '../../html.js';
import type { Pages } from '../../site/pages.js';
import { linked, type Place } from '../../site/place.js';
import type { BackgroundView } from '../../view/background.js';
import { metrics } from '../../view/metrics.js';
import { dataLinks, facts, section, table } from '../parts.js';

export const methodHeader: Html = html`<header><p class="eyebrow">Report</p><h1>Method</h1><p class="headline">What each figure means, what was run, and with what.</p></header>`;

export function methodSections(view: BackgroundView, pages: Pages, place: Place): Html[] {
  return [
    section(
      place,
      'definitions',
      'Definitions',
      html`<dl class="definitions">${metrics.map(
        ({ anchor, name, definition }) =>
          html`<div id="${place.id(anchor)}"><dt>${name}</dt><dd>${definition}</dd></div>`,
      )}</dl>`,
    ),
    section(
      place,
      'measured',
      'How it was measured',
      html`<p>Each sample is a fresh pool in WebAssembly that was compiled before the clock started. Phases are timed apart, with ${view.samples} each. Times are medians with their spread, never one run. They belong to this machine, and compare only with times taken on it in the same run.</p>
<p>Counts are exact: rules, decisions, steps, bytes and memory are the same on every machine for the same input and the same libsolv. Everything random started from seed <span class="mono">${view.seed}</span>.</p>
<p>Two checks stand beside the solver. A verifier looks for unmet requires, conflicts and obsoletes in the resulting set. An audit asks, for every installed kernel, which kernel modules its loader accepts and which devices have a driver.</p>`,
    ),
    section(
      place,
      'environment',
      'Environment',
      html`${facts(view.environment)}${table('Sources of the WebAssembly module', ['Source', 'Version', 'SHA-256'], view.sources, 3)}${dataLinks(place, 'module-sources')}`,
    ),
    view.kernels.length === 0
      ? nothing
      : section(
          place,
          'kernels',
          'Kernels',
          html`${table(
            'Kernel builds',
            ['Release', 'Version', 'For', 'Modules', 'Size', 'Exports', 'Imports', 'Warnings'],
            view.kernels.map(([release = '', ...cells]) => [
              linked(place, pages.of('kernel', release), release, 'mono'),
              ...cells,
            ]),
            3,
          )}${dataLinks(place, 'kernels')}`,
        ),
    view.rootCauses.length === 0
      ? nothing
      : section(
          place,
          'causes',
          'What the failures come down to',
          html`<p>The widest cause first. A failure with several causes is counted for each.</p>${table(
            'Causes by what they stop',
            ['Cause', 'Scenarios', 'Kernel modules refused', 'Through exporters', 'Packages at fault', 'Problems'],
            view.rootCauses,
            2,
          )}${dataLinks(place, 'root-causes')}`,
        ),
  ];
}
