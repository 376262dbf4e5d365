import { join } from 'node:path';
import { Argument, InvalidArgumentError } from 'commander';
import { writeFileAtomic } from '#files';
import { findLimits, shapes } from '#limits';
import { renderLimits } from '#report';
import { provideLibsolv } from '#run';
import { type BoundFlags, boundOf, memoryMegabytes } from '../bound-options.js';
import type { Register } from '../command.js';
import { type ExitCode, type Io, printJson } from '../io.js';
import { libsolvOption } from '../libsolv-option.js';
import { positive, seconds } from '../numbers.js';
import { OutputOption } from '../output-option.js';
import { Progress } from '../progress.js';
import { limitsText } from '../text/limits-text.js';

interface LimitsFlags extends BoundFlags {
  readonly work: number;
  readonly size: number;
  readonly testsolv?: string;
  readonly output?: string;
  readonly html?: string;
  readonly json?: boolean;
  readonly libsolv?: string;
}

export const registerLimits: Register = (program, { io, exitWith }) => {
  program
    .command('limits')
    .description('where libsolv breaks: graphs of dependencies, grown until work, time or memory passes a bound')
    .addArgument(new Argument('[shape...]', 'only these shapes').argParser(shapeNamed))
    .option('--work <edges>', 'grow no further when a phase took more code edges', positive, 300_000_000)
    .option('--size <n>', 'grow no further than this', positive, 25_600)
    .option('--timeout <seconds>', 'end one size after', seconds, 60)
    .option('--memory <MB>', 'end one size at', memoryMegabytes, 2147)
    .addOption(libsolvOption())
    .option('--testsolv <program>', 'confirm what is found with a native testsolv')
    .addOption(
      new OutputOption('-o, --output <dir>', 'also write limits.json and the smallest testcase of each find', 'files'),
    )
    .addOption(new OutputOption('--html <file>', 'also write it as a page'))
    .option('--json', 'print the document')
    .addHelpText(
      'after',
      `
Shapes:
${shapes.map(({ name, question }) => `  ${name.padEnd(18)}${question}`).join('\n')}

Examples:
  kmplab limits
  kmplab limits hub-cycles --libsolv 0.7.32+order-cycles
  kmplab limits --testsolv testsolv -o limits`,
    )
    .action(exitWith((only: string[] | undefined, flags: LimitsFlags) => limits(only ?? [], flags, io)));
};

async function limits(only: readonly string[], flags: LimitsFlags, io: Io): Promise<ExitCode> {
  const progress = new Progress(io, flags.json === true && !io.terminal);
  const directory = flags.output ?? null;
  const found = await findLimits({
    only,
    libsolv: flags.libsolv === undefined ? null : await provideLibsolv(flags.libsolv, progress.say),
    bound: boundOf(flags),
    workMax: flags.work,
    sizeMax: flags.size,
    directory,
    testsolv: flags.testsolv ?? null,
    onProgress: progress.say,
  });
  progress.done();
  if (directory !== null) await writeFileAtomic(join(directory, 'limits.json'), `${JSON.stringify(found, null, 1)}\n`);
  if (flags.html !== undefined) await writeFileAtomic(flags.html, await renderLimits(found));
  if (flags.json === true) printJson(io, found);
  else io.out(limitsText(found));
  return 0;
}

function shapeNamed(name: string, before: readonly string[] | undefined): readonly string[] {
  if (!shapes.some((shape) => shape.name === name)) {
    throw new InvalidArgumentError(`expected one of ${shapes.map((shape) => shape.name).join(', ')}`);
  }
  return [...(before ?? []), name];
}
