import { type Html, html, nothing } from '../../html.js';
import { methodPage } from '../../site/pages.js';
import { linked, type Place } from '../../site/place.js';
import type { DeviceRow, DeviceTable, KernelRow, RefusedView } from '../../view/devices.js';
import type { ExpectationsView, ScenarioPageView, StepView, VariantView } from '../../view/scenarios.js';
import { badge, details, facts, listDetails, scrolling, table } from '../parts.js';
import { problemTemplate } from '../problem.js';

/** One scenario file: what it asks, and each of its steps on each of its machines. */
export function scenarioHeader({ name, question, facts: list }: ScenarioPageView, place: Place): Html {
  return html`<header><p class="eyebrow">Scenario</p><h1 class="mono">${name}</h1><p class="headline">${question}</p>
${facts(
  list.map(({ name: what, value, links }) => ({
    name: what,
    value:
      links.length === 0
        ? value
        : html`${links.map(({ text, to }, nth) => html`${nth === 0 ? '' : ', '}${linked(place, to, text)}`)}`,
  })),
)}</header>`;
}

export function variantTemplate(view: VariantView, place: Place): Html {
  const id = place.id(view.anchor);
  return html`<section class="scenario" id="${id}" aria-labelledby="${id}-title">
<h2 id="${id}-title">${view.title}</h2>
<p class="answer">${view.answer}</p>
<p class="recorded">The lab’s own test: ${badge(view.badge)}</p>
${view.error.map((text) => html`<p class="error" role="note">${text}</p>`)}
${facts(
  view.facts.map(({ name, value, to }) => ({ name, value: linked(place, to, value) })),
  'inline',
)}
${view.steps.map((step) => stepTemplate(step, place))}
<p class="rerun">Run it alone: <code>${view.rerun}</code></p>
</section>`;
}

function stepTemplate(view: StepView, place: Place): Html {
  return html`<section class="step" id="${place.id(view.anchor)}">
<h3>${view.name}</h3>
<p class="request"><code>${view.request}</code></p>
<p class="outcome">${badge(view.outcome)} ${view.findings.map(badge)} <span>${view.summary}</span></p>
${brokenTemplate(view)}
${view.problems.map(problemTemplate)}
${view.deviceTable === null ? nothing : lackingDevices(view.deviceTable)}
<div class="more">
${view.expectations.rows.length === 0 ? nothing : expectations(view.expectations)}
${view.deviceTable === null ? nothing : drivenDevices(view.deviceTable)}
${[...view.transaction, ...view.notes].map((list) => listDetails(list, place))}
${view.refused.map(refused)}
${view.kernels.length === 0 ? nothing : details('Kernels and what their loaders accept', kernels(view.kernels, view.anchor))}
${view.costs.length === 0 ? nothing : details('What it costs outside of the solver', costs(view))}
${details('Exact counters', facts(view.counters))}
${view.samples.length === 0 ? nothing : details('Every sample of time, in milliseconds', samples(view))}
</div>
<p class="muted small">What the figures mean: <a href="${place.href(methodPage)}">definitions</a></p>
</section>`;
}

function brokenTemplate({ broken }: StepView): Html {
  if (broken.length === 0) return nothing;
  const items = broken.map(
    ({ text, evidence, more }) =>
      html`<li>${badge(text)}<ul>${evidence.map((one) => html`<li>${one}</li>`)}${more === '' ? nothing : html`<li class="muted">${more}</li>`}</ul></li>`,
  );
  return html`<ul class="broken">${items}</ul>`;
}

function lackingDevices(devices: DeviceTable): Html {
  if (devices.lacking.length === 0) return nothing;
  return deviceRows('Devices that a kernel leaves without a driver after this step', devices, devices.lacking);
}

function drivenDevices(devices: DeviceTable): Html {
  if (devices.driven.length === 0) return nothing;
  return details(devices.drivenSummary, deviceRows('Devices with a driver after this step', devices, devices.driven));
}

function deviceRows(caption: string, { kernels: releases }: DeviceTable, rows: readonly DeviceRow[]): Html {
  const head = releases.map(
    ({ release, note }) =>
      html`<th scope="col"><span class="mono">${release}</span>${note === '' ? nothing : html` <span class="note">${note}</span>`}</th>`,
  );
  const body = rows.map(
    ({ device, className, modalias, cells }) =>
      html`<tr><th scope="row">${device}<span class="sub">${className}, <span class="mono">${modalias}</span></span></th>${cells.map(
        ({ badge: state, drivers }) =>
          html`<td>${badge(state)}${drivers === '' ? nothing : html`<span class="sub mono">${drivers}</span>`}</td>`,
      )}</tr>`,
  );
  return scrolling(
    caption,
    html`<table class="devices"><caption>${caption}</caption><thead><tr><th scope="col">Device</th>${head}</tr></thead><tbody>${body}</tbody></table>`,
  );
}

function expectations({ summary, open, rows }: ExpectationsView): Html {
  const cells = rows.map(({ aspect, expected, found, badge: state }) => [
    html`<span class="mono">${aspect}</span>`,
    expected,
    found,
    badge(state),
  ]);
  return details(
    summary,
    table('What the lab had recorded', ['Aspect', 'Recorded', 'Found', 'Result'], cells, 4),
    open,
  );
}

function kernels(rows: readonly KernelRow[], anchor: string): Html {
  const stopped = rows.filter(({ linksStopped }) => linksStopped !== '');
  return html`${table(
    `Kernels after ${anchor}`,
    ['Kernel', 'Boot', 'Root file system', 'Initrd', 'Taints', 'Refused', 'Seen', 'Loadable', 'Linked', 'Hidden'],
    rows.map((row) => [
      html`<span class="mono">${row.release}</span><span class="sub mono">${row.package}</span>`,
      row.nextBoot,
      row.root,
      row.initrd,
      row.taints,
      row.refused,
      row.visible,
      row.loadable,
      row.weakUpdates,
      row.shadowed,
    ]),
    6,
  )}${stopped.map(({ release, linksStopped }) => html`<p>Nothing was linked into <span class="mono">${release}</span>: ${linksStopped}.</p>`)}`;
}

function costs({ costs: rows }: StepView): Html {
  return table(
    'Estimated from the counts of this step; alternatives stand beside each other and do not add up',
    ['What', 'Time', 'Basis', 'Of', 'Source'],
    rows.map(({ what, time, basis, counts, source }) => [what, time, basis, counts, source]),
    5,
  );
}

function samples({ samples: rows }: StepView): Html {
  return table(
    'Samples in the order taken',
    ['Phase', 'Median', 'Samples'],
    rows.map(({ phase, median, values }) => [phase, median, values]),
    1,
  );
}

function refused({ summary, modules }: RefusedView): Html {
  const entries = modules.map(
    ({ kernelModule, package: owner, why, examples }) =>
      html`<li><p><span class="mono">${kernelModule}</span>: ${why} <span class="sub mono">${owner}</span></p>${
        examples.length === 0 ? nothing : refusedImports(kernelModule, examples)
      }</li>`,
  );
  return details(summary, html`<ul class="plain">${entries}</ul>`);
}

function refusedImports(kernelModule: string, examples: RefusedView['modules'][number]['examples']): Html {
  return table(
    `Refused imports of ${kernelModule}`,
    ['Symbol', 'Compiled against', 'This kernel has', 'Why refused'],
    examples.map(({ symbol, wanted, found, why }) => [
      html`<span class="mono">${symbol}</span>`,
      html`<span class="mono">${wanted}</span>`,
      html`<span class="mono">${found}</span>`,
      why,
    ]),
    4,
  );
}
