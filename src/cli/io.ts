/** Everything a command may touch of the outside besides files: injected, so that tests see what a user sees. */
export interface Io {
  /** Results: what `--json` prints, what a pipe reads. */
  readonly out: (text: string) => void;
  /** Progress and errors. */
  readonly err: (text: string) => void;
  /** Whether `err` is a terminal that can redraw a line. */
  readonly terminal: boolean;
  /** Columns of that terminal. */
  readonly columns: number;
}

/** 0 passed, 1 a scenario or gate failed, 2 usage or input error, 3 a bug of ours. */
export type ExitCode = 0 | 1 | 2 | 3;

export function printJson(io: Io, value: unknown): void {
  io.out(`${JSON.stringify(value, null, 2)}\n`);
}
