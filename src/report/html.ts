import { visible, visibleJson } from '#tell';

/** Text that is safe to put into a page as it is. Only this file makes one, so that nothing else can skip the escaping. */
export class Html {
  readonly #text: string;

  private constructor(text: string) {
    this.#text = text;
  }

  toString(): string {
    return this.#text;
  }

  /** For text this program wrote itself: the style sheet, a chart that the SVG serialiser escaped. Never for text from a run. */
  static trusted(text: string): Html {
    return new Html(text);
  }
}

/** What may stand in a template. Numbers are not among it: the view models format them. */
export type Fragment = string | Html | readonly (string | Html)[];

/**
 * A template of HTML. Every string that is put in is escaped, for text and for attribute values in double quotes alike (no other place
 * may hold one: no unquoted attribute, no script, no style, no URL). Lists are joined without a separator.
 */
export function html(literals: TemplateStringsArray, ...fragments: readonly Fragment[]): Html {
  const parts = literals.map((literal, index) => {
    const fragment = fragments[index];
    return fragment === undefined ? literal : literal + rendered(fragment);
  });
  return Html.trusted(parts.join(''));
}

export const nothing: Html = Html.trusted('');

function rendered(fragment: Fragment): string {
  if (typeof fragment === 'string') return escapeHtml(fragment);
  if (fragment instanceof Html) return fragment.toString();
  return fragment.map(rendered).join('');
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  '`': '&#96;',
};

export function escapeHtml(text: string): string {
  return visible(text).replace(/[&<>"'`]/g, (character) => entities[character] ?? character);
}

/**
 * JSON that can stand inside a script element: no `<` that could end it, and no character that a reader of the source would not see (among
 * them the line separators that older parsers choke on).
 */
export function jsonForScript(value: unknown): Html {
  const asCode = (character: string): string => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  return Html.trusted(visibleJson(value).replace(/[<>]/g, asCode));
}
