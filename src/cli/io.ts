import { printable, type Styled, visibleJson } from '#tell';

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
export type Streams = Output<string>;

/** Everything a command may touch of the outside besides files. */
export type Io = Output<string | Styled>;

/** The one door to a terminal: no command reaches the streams but through it. */
export function ioOf({ out, err, terminal, columns }: Streams): Io {
  return { out: (text) => out(printable(text)), err: (text) => err(printable(text)), terminal, columns };
}

/** 0 passed, 1 a scenario or gate failed, 2 usage or input error, 3 a bug of ours. */
export type ExitCode = 0 | 1 | 2 | 3;

export function printJson(io: Io, value: unknown): void {
  io.out(`${visibleJson(value, 2)}\n`);
}
