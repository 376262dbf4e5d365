import { type Command, InvalidArgumentError } from 'commander';
import { type Bound, defaultBound } from '#solve';
import { seconds, wholeNumber } from './numbers.js';

export interface BoundFlags {
  readonly timeout: number;
  readonly memory: number;
}

/** The same wherever requests are solved. */
export function addBoundOptions(command: Command): Command {
  const { timeoutMs, memoryMaxBytes } = defaultBound;
  return command
    .option('--timeout <seconds>', 'end a request that takes longer', seconds, timeoutMs / 1000)
    .option('--memory <MB>', 'end a request that takes more', memoryMegabytes, Math.floor(memoryMaxBytes / megabyte));
}

export function boundOf({ timeout, memory }: BoundFlags): Bound {
  return { timeoutMs: Math.ceil(timeout * 1000), memoryMaxBytes: memory * megabyte };
}

const megabyte = 1e6;
/** What the module itself needs to begin, and what 32 bits can address. */
const [least, most] = [32, 4294];

export function memoryMegabytes(text: string): number {
  const number = wholeNumber(text);
  if (number < least || number > most) throw new InvalidArgumentError(`expected from ${least} to ${most}`);
  return number;
}
