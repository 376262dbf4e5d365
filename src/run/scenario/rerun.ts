import { commandLine } from '#files';

interface Rerun {
  /** Other than the scenario's own; null for its own. */
  readonly scheme: string | null;
  /** One of several that the scenario lists; null where there is no choice. */
  readonly hardware: string | null;
}

/** The command that runs one scenario alone, to be pasted into a shell. */
export function rerunCommand(file: string, { scheme, hardware }: Rerun): string {
  return commandLine([
    ...['kmplab', 'run', file],
    ...(scheme === null ? [] : ['--scheme', scheme]),
    ...(hardware === null ? [] : ['--hardware', hardware]),
  ]);
}
