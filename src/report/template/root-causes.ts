import { type Html, html } from '../html.js';
import type { RootCausesView } from '../view/root-causes.js';
import { section, table } from './parts.js';

export function rootCausesTemplate({ lead, rows }: RootCausesView): Html {
  return section(
    'root-causes',
    'Root causes',
    html`<p class="lead">What the failures come down to, the widest cause first. A symbol that a kernel exports with another checksum refuses the
kernel modules that import it, and through these all that import from them; a failure with several causes is counted for each. ${lead}</p>${table(
      'Causes by what they stop',
      ['Cause', 'Scenarios', 'Kernel modules refused', 'Through exporters', 'Packages at fault', 'Problems'],
      rows.map(({ cause, scenarios, direct, through, packages, problems }) => [
        html`<span class="mono">${cause}</span>`,
        scenarios,
        direct,
        through,
        packages,
        problems,
      ]),
      2,
    )}`,
  );
}
