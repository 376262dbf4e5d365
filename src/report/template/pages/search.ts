import { sha256Hex } from '#files';
import { type Html, html } from '../../html.js';
import { linked, type Place } from '../../site/place.js';
import type { SearchView } from '../../view/search.js';

/** The list itself is the index: without a script it is read as it is, with one it is narrowed while somebody types. */
export function searchHeader({ total }: SearchView, place: Place): Html {
  return html`<header><p class="eyebrow">Report</p><h1>Search</h1>
<p><label for="${place.id('query')}">Scenarios, designs, kernels, kernel modules, packages and symbols</label></p>
<p><input type="search" id="${place.id('query')}" class="query" autocomplete="off" spellcheck="false" hidden> <span id="${place.id('found')}" role="status">${total}</span></p></header>`;
}

export function searchSections({ groups }: SearchView, place: Place): Html[] {
  return groups.map(
    ({ title, entries }) =>
      html`<section class="names-of"><h2 class="small">${title}</h2><ul class="many">${entries.map(
        ({ name, to }) => html`<li>${linked(place, to, name)}</li>`,
      )}</ul></section>`,
  );
}

/** Narrows the lists to names that have all words typed. It makes nothing from text, and asks nobody. */
const text = `
(() => {
  const query = document.querySelector('.query');
  const found = document.querySelector('[role=status]');
  const groups = [...document.querySelectorAll('.names-of')].map((group) => ({
    group,
    items: [...group.querySelectorAll('li')].map((item) => ({ item, name: item.textContent.toLowerCase() })),
  }));
  const narrow = () => {
    const words = query.value.toLowerCase().split(/\\s+/).filter(Boolean);
    let total = 0;
    for (const { group, items } of groups) {
      let shown = 0;
      for (const { item, name } of items) {
        const fits = words.every((word) => name.includes(word));
        item.hidden = !fits;
        if (fits) shown++;
      }
      group.hidden = shown === 0;
      total += shown;
    }
    found.textContent = total + (total === 1 ? ' name' : ' names');
  };
  query.hidden = false;
  query.addEventListener('input', narrow);
  if (document.querySelector('.whole') === null) query.focus();
  if (query.value !== '') narrow();
})();
`;

export const searchScript = {
  text,
  source: `'sha256-${Buffer.from(sha256Hex(text), 'hex').toString('base64')}'`,
};
