import { Command, CommanderError } from 'commander';
import { InputError, shortage } from '#errors';
import type { CommandContext, Register } from './command.js';
import { commandsFor } from './commands/index.js';
import { type ExitCode, ioOf, type Streams } from './io.js';
import { tryOutputs } from './output-option.js';
import { kmplabVersion } from './version.js';

/**
 * Runs one command line, without the program's name, and returns the exit code. Never throws: an InputError is printed and
 * becomes 2, anything else is a bug of this lab, printed with its stack, and becomes 3.
 */
export async function execute(args: readonly string[], streams: Streams): Promise<ExitCode> {
  const io = ioOf(streams, args.slice(0, endOfOptions(args)).includes('--quiet'));
  let code: ExitCode = 0;
  const context: CommandContext = {
    io,
    exitWith:
      (action) =>
      async (...actionArguments) => {
        code = await action(...actionArguments);
      },
  };
  try {
    const program = buildProgram(await commandsFor(args), context);
    await program.parseAsync([...args], { from: 'user' });
    return code;
  } catch (cause) {
    return reportError(cause, io.err);
  }
}

/** Where `--` stands: behind it nothing is an option. */
function endOfOptions(args: readonly string[]): number {
  const at = args.indexOf('--');
  return at < 0 ? args.length : at;
}

function buildProgram(commands: readonly Register[], context: CommandContext): Command {
  const program = new Command('kmplab')
    .description('Does kABI tracking scale? Packages every kernel module as its own RPM, solves, audits, measures.')
    .version(kmplabVersion())
    .option('--quiet', 'say nothing of progress, only results and errors')
    .showHelpAfterError('(add --help for the options and examples)')
    .exitOverride()
    .hook('preAction', (_, command) => tryOutputs(command))
    .configureOutput({ writeOut: context.io.out, writeErr: context.io.err });
  for (const register of commands) register(program, context);
  for (const command of program.commands) inherit(command, program);
  return program;
}

/** Settings that commander does not hand down to commands which were built on their own. */
function inherit(command: Command, parent: Command): void {
  command.copyInheritedSettings(parent);
  for (const child of command.commands) inherit(child, command);
}

/** Tells an error in the way of its kind, and returns the exit code of that. */
export function reportError(cause: unknown, err: (text: string) => void): ExitCode {
  if (cause instanceof CommanderError) return cause.exitCode === 0 ? 0 : 2;
  const known = cause instanceof InputError ? cause : shortage(cause);
  if (known !== null) {
    err(`kmplab: ${known.message}\n`);
    return 2;
  }
  const stack = cause instanceof Error ? (cause.stack ?? cause.message) : String(cause);
  err(`kmplab: internal error, please report it\n${stack}\n`);
  return 3;
}
