import type { Address } from '../../site/place.js';

/** Text that may lead somewhere. */
export interface Cell {
  readonly text: string;
  readonly to: Address | null;
  /** What a data file says: the number unrounded; the text unless given. */
  readonly value?: number | null;
}

export interface ThingFact {
  readonly name: string;
  readonly cells: readonly Cell[];
}

export interface ThingTable {
  readonly caption: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
  /** Columns at the left that hold text; the others hold numbers. */
  readonly textColumns: number;
  /** The data file that has these rows, beside those of the same table on other pages of this kind. */
  readonly data: string;
  /** Rows that the page shows, the first ones; all unless given. The data file has all. */
  readonly shownMax?: number;
  /** Columns that only the data file needs: what the place on the page says of the table. */
  readonly also?: Readonly<Record<string, string>>;
  /** Behind its caption until somebody asks: many pages have the like, and few read it. */
  readonly folded?: boolean;
}

export interface ThingSection {
  readonly anchor: string;
  readonly title: string;
  readonly sentences: readonly string[];
  /** What gives the figures of the section again; empty where nothing does. */
  readonly command: string;
  readonly facts: readonly ThingFact[];
  readonly tables: readonly ThingTable[];
}

/** A page about one thing that a run has: what it is, and every place that names it. */
export interface ThingView {
  readonly kind: string;
  readonly title: string;
  readonly lead: string;
  readonly facts: readonly ThingFact[];
  readonly sections: readonly ThingSection[];
}

export function plain(text: string): Cell {
  return { text, to: null };
}

/** A number as the page shows it, and unrounded for its data file. */
export function figure(value: number | null, text: (value: number) => string): Cell {
  return { text: value === null ? '\u2013' : text(value), to: null, value };
}

export function fact(name: string, ...cells: readonly (string | Cell)[]): ThingFact {
  return { name, cells: cells.map((cell) => (typeof cell === 'string' ? plain(cell) : cell)) };
}

/** A section of tables alone; none where all of them are empty. */
export function tables(anchor: string, title: string, list: readonly ThingTable[]): ThingSection[] {
  const filled = list.filter(({ rows }) => rows.length > 0);
  return filled.length === 0 ? [] : [{ anchor, title, sentences: [], command: '', facts: [], tables: filled }];
}
