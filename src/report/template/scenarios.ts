import { type Html, html, nothing } from '../html.js';
import type { CostRow } from '../view/costs.js';
import type { DeviceRow, DeviceTable, KernelRow, RefusedView } from '../view/devices.js';
import type { ExpectationsView, ScenarioView, StepView } from '../view/scenarios.js';
import { badge, details, facts, listDetails, scrolling, section, table } from './parts.js';
import { problemTemplate } from './problem.js';

export function scenariosTemplate(scenarios: readonly ScenarioView[]): Html {
  return section(
    'scenarios',
    'Scenarios',
    html`<p class="lead">Each is a question put to the solver as zypper would put it. The answer is what the solver said, and what the
machine would really have afterwards: which kernel modules its loaders accept and which devices work.</p>${scenarios.map(scenario)}`,
  );
}

function scenario({
  anchor,
  id,
  question,
  answer,
  badge: state,
  error,
  facts: list,
  rerun,
  steps,
}: ScenarioView): Html {
  return html`<article id="${anchor}" class="scenario">
<p class="eyebrow mono">${id}</p>
<h3>${question}</h3>
<p class="answer">${badge(state)} ${answer}</p>
${error.map((text) => html`<p class="error" role="note">${text}</p>`)}
${facts(list, 'inline')}
${steps.map(step)}
<p class="rerun">Run it alone: <code>${rerun}</code></p>
</article>`;
}

function step(view: StepView): Html {
  return html`<section class="step">
<h4>${view.name}</h4>
<p class="request"><code>${view.request}</code></p>
<p class="outcome">${badge(view.outcome)} ${view.findings.map(badge)} <span>${view.summary}</span></p>
${view.problems.map(problemTemplate)}
${view.deviceTable === null ? nothing : lackingDevices(view.deviceTable)}
<div class="more">
${view.expectations.rows.length === 0 ? nothing : expectations(view.expectations)}
${view.deviceTable === null ? nothing : drivenDevices(view.deviceTable)}
${view.transaction.map(listDetails)}
${view.notes.map(listDetails)}
${view.refused.map(refused)}
${view.kernels.length === 0 ? nothing : details('Kernels and what their loaders accept', kernels(view.kernels))}
${view.costs.length === 0 ? nothing : details('What it costs outside of the solver', costs(view.costs))}
${details('Exact counters', facts(view.counters))}
</div>
</section>`;
}

function lackingDevices(devices: DeviceTable): Html {
  if (devices.lacking.length === 0) return nothing;
  return deviceRows('Devices that a kernel leaves without a driver after this step', devices, devices.lacking);
}

function drivenDevices(devices: DeviceTable): Html {
  if (devices.driven.length === 0) return nothing;
  return details(devices.drivenSummary, deviceRows('Devices with a driver after this step', devices, devices.driven));
}

function deviceRows(caption: string, { kernels }: DeviceTable, rows: readonly DeviceRow[]): Html {
  const head = kernels.map(
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
  return details(summary, table('Expectations', ['Aspect', 'Expected', 'Found', 'Result'], cells, 4), open);
}

function kernels(rows: readonly KernelRow[]): Html {
  const stopped = rows.filter(({ linksStopped }) => linksStopped !== '');
  return html`${table(
    'Kernels after this step',
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

function costs(rows: readonly CostRow[]): Html {
  return table(
    'Estimated from the counts of this step; alternatives stand beside each other and do not add up',
    ['What', 'Time', 'Basis', 'Of', 'Source'],
    rows.map(({ what, time, basis, counts, source }) => [what, time, basis, counts, source]),
    5,
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
