import { InvalidArgumentError } from 'commander';
import { type Costs, loadBuiltinCosts, measureCosts, readCosts } from '#cost';
import { writeFileAtomic } from '#files';
import type { Register } from '../command.js';
import { type ExitCode, type Io, printJson } from '../io.js';
import { OutputOption } from '../output-option.js';
import { Progress } from '../progress.js';
import { costsText } from '../text/costs-text.js';

interface CostFlags {
  readonly measure?: string;
  readonly samples: number;
  readonly name: string;
  readonly output?: string;
  readonly json?: boolean;
}

export const registerCost: Register = (program, { io, exitWith }) => {
  program
    .command('cost')
    .description('what updates cost outside of the solver: depmod, rpm, initrds, metadata; measured or modelled')
    .argument('[file]', 'a costs document (default: the one that comes along)')
    .option('--measure <tree>', 'measure on this machine, with the kernel modules of a /lib/modules/<release> tree')
    .option('--samples <n>', 'samples of each measurement, of which the fastest counts', wholeNumber, 5)
    .option('--name <name>', 'name of the measured document', 'measured')
    .addOption(new OutputOption('-o, --output <file>', 'where the measured document goes'))
    .option('--json', 'print the document as JSON')
    .addHelpText(
      'after',
      `
Measuring takes some minutes, needs depmod, dracut, rpm, rpmbuild and zstd, and changes nothing outside of its own directory.

Examples:
  kmplab cost
  kmplab cost --measure /tmp/debian/lib/modules/6.1.0-56-amd64 --name debian-12 -o scenarios/costs/debian-12.json`,
    )
    .action(exitWith((file: string | undefined, flags: CostFlags) => cost(file, flags, io)));
};

async function cost(file: string | undefined, flags: CostFlags, io: Io): Promise<ExitCode> {
  const costs = flags.measure === undefined ? await known(file) : await measured(flags.measure, flags, io);
  if (flags.output !== undefined) await writeFileAtomic(flags.output, `${JSON.stringify(costs, null, 1)}\n`);
  if (flags.json === true) printJson(io, costs);
  else io.out(costsText(costs));
  return 0;
}

function known(file: string | undefined): Promise<Costs> {
  return file === undefined ? loadBuiltinCosts() : readCosts(file);
}

async function measured(tree: string, { name, samples, json }: CostFlags, io: Io): Promise<Costs> {
  const progress = new Progress(io, json === true && !io.terminal);
  const costs = await measureCosts(name, { tree, samples, onProgress: progress.say });
  progress.done();
  return costs;
}

function wholeNumber(text: string): number {
  const number = Number(text);
  if (!Number.isSafeInteger(number) || number < 1) throw new InvalidArgumentError('expected a whole number from 1 on');
  return number;
}
