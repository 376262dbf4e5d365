import type { NamedCount } from '#run-document';
import { count } from './numbers.js';

/** A row of a list of facts: what it is about, and what is said of it. */
export interface TitledText {
  readonly title: string;
  readonly text: string;
}

/** How many names a row shows; `--json` has more. */
const listedMax = 10;

/** `net 12, usb 3, …`; no row where there is nothing. */
export function listRow(title: string, counts: readonly NamedCount[]): TitledText[] {
  if (counts.length === 0) return [];
  const items = counts.slice(0, listedMax).map(({ name, count: number }) => `${name} ${count(number)}`);
  return [{ title, text: `${items.join(', ')}${counts.length > listedMax ? ', …' : ''}` }];
}
