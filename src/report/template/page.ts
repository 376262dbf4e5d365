import { Html, html, nothing } from '../html.js';
import { style } from '../style.js';

export interface Navigation {
  readonly href: string;
  readonly text: string;
}

export interface PageParts {
  readonly title: string;
  readonly navigation: readonly Navigation[];
  readonly header: Html;
  readonly sections: readonly Html[];
  /** JSON for machines, already escaped for a script element; none where a file beside the page has it. */
  readonly figures?: Html;
  /** Rules of this page alone. */
  readonly rules?: string;
  /** A script of ours, the only one that may run here, and the source that the content policy names it by. */
  readonly script?: { readonly text: string; readonly source: string };
  /** Where every number behind the page is. */
  readonly footer: Html;
}

export const runFooter: Html = html`<span class="mono">run.json</span> beside this report holds every number, and more of them.`;

/**
 * The whole file. It needs nothing from outside and says so: the content policy forbids every fetch and every script but the one it names,
 * so that even a hole in the escaping could not run anything.
 */
export function pageTemplate(parts: PageParts): string {
  const { title, navigation, header, sections, figures, rules = '', script, footer } = parts;
  const links = navigation.map(({ href, text }) => html`<li><a href="${href}">${text}</a></li>`);
  const scripts = script === undefined ? '' : ` script-src ${script.source};`;
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline';${Html.trusted(scripts)} base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${title}</title>
<style>${Html.trusted(style)}${Html.trusted(rules)}</style>
</head>
<body>
<a class="skip" href="#main">Skip to the content</a>
<div class="page">
<nav aria-label="Report"><ul>${links}</ul></nav>
<main id="main" tabindex="-1">
${header}
${sections}
</main>
<footer><p>Made by kmplab. ${footer}</p></footer>
</div>
${figures === undefined ? nothing : html`<script type="application/json" id="figures">${figures}</script>`}
${script === undefined ? nothing : html`<script>${Html.trusted(script.text)}</script>`}
</body>
</html>
`.toString();
}
