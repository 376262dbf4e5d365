import { Html, html } from '../html.js';
import { style } from '../style.js';

export interface PageParts {
  readonly title: string;
  readonly navigation: readonly { readonly anchor: string; readonly text: string }[];
  readonly header: Html;
  readonly sections: readonly Html[];
  /** JSON for machines, already escaped for a script element. */
  readonly figures: Html;
  /** Where every number behind the page is. */
  readonly footer: Html;
}

export const runFooter: Html = html`<span class="mono">run.json</span> beside this file holds every number, and more of them.`;

/**
 * The whole file. It needs nothing from outside and says so: the content policy forbids every fetch and every script, so that even a hole
 * in the escaping could not run anything.
 */
export function pageTemplate({ title, navigation, header, sections, figures, footer }: PageParts): string {
  const links = navigation.map(({ anchor, text }) => html`<li><a href="#${anchor}">${text}</a></li>`);
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${title}</title>
<style>${Html.trusted(style)}</style>
</head>
<body>
<a class="skip" href="#main">Skip to the content</a>
<div class="page">
<nav aria-label="Sections"><ul>${links}</ul></nav>
<main id="main" tabindex="-1">
${header}
${sections}
<footer><p>Made by kmplab. ${footer}</p></footer>
</main>
</div>
<script type="application/json" id="figures">${figures}</script>
</body>
</html>
`.toString();
}
