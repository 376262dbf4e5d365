/** The element of the page with this id. Its absence is a fault of the template. */
export function byId<Kind extends HTMLElement>(id: string, kind: new () => Kind): Kind {
  const found = document.getElementById(id);
  if (found instanceof kind) return found;
  throw new Error(`the page has no ${kind.name} "${id}"`);
}

type Child = string | Node;

/** An element whose texts are texts: nothing of an answer is ever read as markup. */
export function element(name: string, attributes: Readonly<Record<string, string>>, ...children: Child[]): HTMLElement {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

/** A table with a head and, where it is said, columns of numbers. */
export function table(caption: string, head: readonly string[], rows: readonly (readonly Child[])[]): HTMLElement {
  const line = (kind: string, cells: readonly Child[], scope: Readonly<Record<string, string>>): HTMLElement =>
    element(
      'tr',
      {},
      ...cells.map((cell, index) => element(index === 0 ? 'th' : kind, index === 0 ? scope : {}, cell)),
    );
  const columns = element('tr', {}, ...head.map((text) => element('th', { scope: 'col' }, text)));
  return element(
    'div',
    { class: 'scroll' },
    element(
      'table',
      {},
      element('caption', {}, caption),
      element('thead', {}, columns),
      element('tbody', {}, ...rows.map((cells) => line('td', cells, { scope: 'row' }))),
    ),
  );
}
