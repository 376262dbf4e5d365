import { type Html, html } from '../html.js';

/** A page of the report by its path without ending, and a place on it. */
export interface Address {
  readonly page: string;
  readonly anchor: string | null;
}

/** Where something is being told: what a link from here looks like, and what an anchor here is called. */
export interface Place {
  readonly page: string;
  readonly href: (to: Address) => string;
  readonly id: (anchor: string) => string;
  /** The name of a data file as a link takes it; null where the report is one file and has none beside it. */
  readonly file: (path: string) => string | null;
}

/** A page that is a file of its own, in a directory of the report or above them. */
export function ownFile(page: string): Place {
  const up = '../'.repeat(page.split('/').length - 1);
  return {
    page,
    href: (to) => {
      const anchor = to.anchor === null ? '' : `#${encodeURIComponent(to.anchor)}`;
      return to.page === page && anchor !== '' ? anchor : `${up}${encodeURI(to.page)}.html${anchor}`;
    },
    id: (anchor) => anchor,
    file: (path) => `${up}${encodeURI(path)}`,
  };
}

/** A page that stands alone: it leads to nothing but itself, and nothing lies beside it. */
export const alone: Place = { ...ownFile('index'), file: () => null };

/** A page that is a part of one large file. */
export function partOfOne(page: string): Place {
  return {
    page,
    href: (to) => `#${encodeURI(to.anchor === null ? to.page : `${to.page}/${to.anchor}`)}`,
    id: (anchor) => `${page}/${anchor}`,
    file: () => null,
  };
}

/** Text as a link; as it is where there is no page for it. */
export function linked(place: Place, to: Address | null, text: string | Html, className = ''): Html {
  if (to === null) return className === '' ? html`${text}` : html`<span class="${className}">${text}</span>`;
  return className === ''
    ? html`<a href="${place.href(to)}">${text}</a>`
    : html`<a class="${className}" href="${place.href(to)}">${text}</a>`;
}
