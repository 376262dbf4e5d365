import { execute } from '#cli';

export interface CliResult {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs the command line in this process and collects what a user would see. */
export async function cli(...args: readonly string[]): Promise<CliResult> {
  let out = '';
  let err = '';
  const code = await execute(args, {
    out: (text) => {
      out += text;
    },
    err: (text) => {
      err += text;
    },
    terminal: false,
    columns: 80,
  });
  return { code, out, err };
}
