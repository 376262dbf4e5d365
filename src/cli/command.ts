import type { Command } from 'commander';
import type { ExitCode, Io } from './io.js';

/** What a command registers: its arguments, and an action that returns the exit code. */
export type Register = (program: Command, context: CommandContext) => void;

export interface CommandContext {
  readonly io: Io;
  /** Wraps an action: whatever it returns becomes the exit code of the process. */
  readonly exitWith: <Arguments extends unknown[]>(
    action: (...args: Arguments) => Promise<ExitCode> | ExitCode,
  ) => (...args: Arguments) => Promise<void>;
}
