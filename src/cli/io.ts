import { printable, type Styled, visibleJson } from '#tell';
import { coloured } from './colour.js';

interface Output<Text> {
  /** Results: what `--json` prints, what a pipe reads. */
  readonly out: (text: Text) => void;
  /** Progress and errors. */
  readonly err: (text: Text) => void;
  /** Whether `err` is a terminal that can redraw a line. */
  readonly terminal: boolean;
  /** Columns of that terminal. */
  readonly columns: number;
}

/** The process's own: injected, so that tests see what a user sees. */
export interface Streams extends Output<string> {
  /** Which of them show colours; none unless given. */
  readonly colour?: { readonly out: boolean; readonly err: boolean };
}

/** Everything a command may touch of the outside besides files. */
export interface Io extends Output<string | Styled> {
  /** Whether nobody wants to see progress. */
  readonly quiet: boolean;
}

/** The one door to a terminal: no command reaches the streams but through it. */
export function ioOf({ out, err, terminal, columns, colour = { out: false, err: false } }: Streams, quiet = false): Io {
  const shown = (text: string | Styled, colours: boolean): string =>
    colours && typeof text === 'string' ? coloured(printable(text)) : printable(text);
  return {
    out: (text) => out(shown(text, colour.out)),
    err: (text) => err(shown(text, colour.err)),
    terminal,
    columns,
    quiet,
  };
}

/** 0 passed, 1 a scenario or gate failed, 2 usage or input error, 3 a bug of ours. */
export type ExitCode = 0 | 1 | 2 | 3;

export function printJson(io: Io, value: unknown): void {
  io.out(`${visibleJson(value, 2)}\n`);
}
