import { type Html, html, nothing } from '../html.js';
import type { BackgroundView } from '../view/background.js';
import { details, facts, section, table } from './parts.js';

export function repositoriesTemplate({ repositories, repositoryDigests, kernels }: BackgroundView): Html {
  return section(
    'repositories',
    'Repositories and kernels',
    html`${table(
      'Repositories',
      [
        'Repository',
        'Scheme',
        'Packages',
        'Dependencies',
        'primary.xml',
        'gzip',
        'zstd',
        '.solv',
        'Package ms',
        'Write ms',
      ],
      repositories,
      2,
    )}
${table('Kernel builds', ['Release', 'Version', 'For', 'Modules', 'Size', 'Exports', 'Imports', 'Warnings'], kernels, 3)}
${repositoryDigests.length === 0 ? nothing : details('SHA-256 of each repomd.xml', facts(repositoryDigests, 'digests'))}`,
  );
}

export function notRunTemplate({ notRun }: BackgroundView): Html {
  return section(
    'not-run',
    'What did not run',
    notRun.length === 0
      ? html`<p>Everything that was asked for ran.</p>`
      : html`<p class="lead">A part that did not run is unknown; it counts as neither passed nor failed.</p><ul class="plain">${notRun.map(
          ({ what, why }) => html`<li class="error"><strong>${what}</strong>: ${why}</li>`,
        )}</ul>`,
  );
}

export function methodTemplate({ environment, sources, samples, seed }: BackgroundView): Html {
  return section(
    'method',
    'How it was measured',
    html`<p>Each sample is a fresh pool in WebAssembly that was compiled before the clock started; phases are timed apart, with ${samples} each. A number
of time is a median with its spread, never a single run. Times belong to this machine and compare only with times taken on it in the same run.</p>
<p>Counts are exact: rules, decisions, transaction steps, bytes and heap are the same on every machine for the same input and the same
libsolv. A gate may fail on any change of one. Everything random started from seed <span class="mono">${seed}</span>.</p>
<p>Beside the solver stand two checks of its answer: a verifier that looks for unmet requires, conflicts and obsoletes in the resulting set, and an
audit that asks, for every installed kernel, which kernel modules its loader would accept and which devices get a driver.</p>
<h3>Environment</h3>
${facts(environment)}
${table('Sources of the WebAssembly module', ['Source', 'Version', 'SHA-256'], sources, 3)}`,
  );
}
