import { Html, html, pageStyle } from '#report';
import { verbs } from '#scenario';
import type { Question } from '#what-if';
import type { PackedBaggage } from './baggage.js';
import type { Choices } from './choices.js';
import { style } from './style.js';

interface PageParts {
  readonly choices: Choices;
  readonly report: string;
  readonly page: string;
  readonly worker: string;
  readonly scriptHash: string;
  readonly baggage: PackedBaggage;
}

/**
 * The whole file. Its policy lets this one script run, a worker from a Blob, and WebAssembly in it; nothing can be fetched. What is large
 * stands at the end, so that the form is painted before it is read.
 */
export function whatIfPage({ choices, report, page, worker, scriptHash, baggage }: PageParts): string {
  const policy = `default-src 'none'; script-src 'sha256-${scriptHash}' 'wasm-unsafe-eval'; worker-src blob:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'`;
  const script = (text: string): Html =>
    Html.trusted(text.replace(/<\/(script)/gi, '<\\/$1').replaceAll('<!--', '<\\!--'));
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>What if? kmplab</title>
<style>${Html.trusted(pageStyle)}${Html.trusted(style)}</style>
</head>
<body>
<a class="skip" href="#main">Skip to the content</a>
<main id="main" class="solo" tabindex="-1">
<p class="eyebrow"><a href="${report}">Report</a></p>
<h1>What if?</h1>
<p class="lead">Ask a machine for something and see the transaction, the next boot, why, and what it costs. libsolv runs in this page.</p>
<div id="needs-script" role="note"><p>This page needs scripts and WebAssembly, because it solves. Without them, ask the same on the command line: <code>kmplab solve --help</code>. The <a href="${report}">report</a> needs no script.</p></div>
<div id="lab" hidden>
${questionForm(choices)}
<p id="status" role="status" aria-live="polite"></p>
<section id="found" hidden aria-labelledby="what-happens">
<h2 id="what-happens">What happens</h2>
<div id="answer"></div>
${whyForm}
${costForm}
${copies}
</section>
</div>
<footer><p>Made by kmplab. Repositories are packaged in this page from facts of real kernels.</p></footer>
</main>
<script type="text/plain" id="worker">${script(worker)}</script>
<script type="text/plain" id="libsolv">${baggage.module}</script>
<script type="text/plain" id="files">${baggage.files}</script>
${baggage.repositories.map(
  ({ key, primaryGzipBytes, packed }) =>
    html`<script type="text/plain" data-kind="repository" data-key="${key}" data-primary-gzip-bytes="${String(primaryGzipBytes)}">${packed}</script>
`,
)}${baggage.kernels.map(
  ({ name, packed }) => html`<script type="text/plain" data-kind="kernel" data-name="${name}">${packed}</script>
`,
)}<script>${script(page)}</script>
</body>
</html>
`.toString();
}

function questionForm({ schemes, kernels, profiles, question }: Choices): Html {
  const { request, had } = question;
  return html`<form id="question">
<div class="try">
<fieldset><legend>The request</legend>
${select('verb', 'Verb', verbs, request.verb)}
${lines('name', 'Names, one a line', request.names, 'kernel-default')}
<label class="beside"><input type="checkbox" id="no-recommends"> no recommends</label>
<label class="beside"><input type="checkbox" id="allow-uninstall"> packages may be removed</label>
</fieldset>
<fieldset><legend>The kernels</legend>
<label for="scheme">Design</label><input type="text" id="scheme" name="scheme" list="schemes" value="${question.scheme}" spellcheck="false">
<datalist id="schemes">${schemes.map((name) => html`<option value="${name}">`)}</datalist>
<label for="dependency">A dependency of it</label><select id="dependency" name="dependency"></select>
<p><button type="button" data-edit="drop">Drop it</button> <button type="button" data-edit="bind">Bind it to one kernel</button></p>
<p id="in-reach">Kernels in reach</p>
<div role="group" aria-labelledby="in-reach">${kernels.map((kernel) => kernelBox(kernel, question))}</div>
</fieldset>
<fieldset><legend>The machine</legend>
${select(
  'hardware',
  'Hardware',
  profiles.map(({ name }) => name),
  question.hardware ?? '',
)}
${lines('had', 'What it was installed with from the first kernel, one a line', had, 'nothing: an empty disk')}
${lines('lock', 'Locked packages', question.locks, 'e1000e-kmp-default')}
</fieldset>
<fieldset><legend>What is otherwise</legend>
${lines('withhold', 'Packages of the last kernel that are not built yet', question.withhold, 'e1000e-kmp-default')}
${lines('change', 'Symbols with another checksum in the last kernel', question.change, 'usb_register_driver')}
${lines('swap', 'Other cards, as DEVICE=MODALIAS', [], 'Wired network card=usb:v0BDAp8152d2000dc00dsc00dp00icFFiscFFip00in00')}
</fieldset>
</div>
<p><button class="ask" type="submit">Solve</button></p>
</form>`;
}

function select(id: string, label: string, values: readonly string[], chosen: string): Html {
  const options = values.map((value) =>
    value === chosen ? html`<option selected>${value}</option>` : html`<option>${value}</option>`,
  );
  return html`<label for="${id}">${label}</label><select id="${id}" name="${id}">${options}</select>`;
}

function lines(id: string, label: string, values: readonly string[], example: string): Html {
  return html`<label for="${id}">${label}</label><textarea id="${id}" name="${id}" rows="2" spellcheck="false" placeholder="${example}">${values.join('\n')}</textarea>`;
}

function kernelBox(kernel: string, { kernels }: Question): Html {
  return kernels.includes(kernel)
    ? html`<label class="beside"><input type="checkbox" name="kernel" value="${kernel}" checked> ${kernel}</label>`
    : html`<label class="beside"><input type="checkbox" name="kernel" value="${kernel}"> ${kernel}</label>`;
}

const whyForm = html`<form id="why"><h3>Why?</h3>
<label for="why-name">A package, a version of it, or a capability</label>
<input type="text" id="why-name" name="why-name" spellcheck="false" required>
<p><button type="submit">Tell why it is there, or is not</button></p></form>
<div id="because"></div>`;

const costForm = html`<h3>What it costs</h3>
<div class="try">
<p><label for="line">Line speed: <output id="line-value" for="line"></output></label><input type="range" id="line" min="0" max="4" step="0.1" value="2"></p>
<p><label for="depmod">depmod: <output id="depmod-value" for="depmod"></output></label><input type="range" id="depmod" min="-3" max="1" step="0.1" value="0"></p>
<p><label for="initrd">initrd: <output id="initrd-value" for="initrd"></output></label><input type="range" id="initrd" min="-2" max="1" step="0.1" value="0"></p>
</div>
<div id="costs"></div>`;

const copies = html`<h3>The same question elsewhere</h3>
<p><label for="command">As a command</label><textarea id="command" rows="3" readonly></textarea><button type="button" data-copies="command">Copy the command</button></p>
<p><label for="scenario">As a scenario file, for <code>kmplab run</code></label><textarea id="scenario" rows="12" readonly></textarea><button type="button" data-copies="scenario">Copy the scenario</button></p>
<details><summary>The answer as JSON</summary><textarea id="json" rows="12" readonly aria-label="The answer as JSON"></textarea></details>`;
