import { basename } from 'node:path';
import { defaultJobs, provideLibsolv, readSweep, runLab } from '#run';
import type { Register } from '../command.js';
import { type ExitCode, type Io, printJson } from '../io.js';
import { libsolvOption } from '../libsolv-option.js';
import { positive, wholeNumber } from '../numbers.js';
import { OutputOption } from '../output-option.js';
import { packageRoot } from '../package-root.js';
import { Progress } from '../progress.js';
import { outputDirectory, publishRun, thisLab } from '../run-files.js';
import { growthTable } from '../text/growth-table.js';
import { runSummary } from '../text/run-summary.js';

interface SweepFlags {
  readonly output?: string;
  readonly samples: number;
  readonly jobs?: number;
  readonly json?: boolean;
  readonly libsolv?: string;
}

export const registerSweep: Register = (program, { io, exitWith }) => {
  program
    .command('sweep')
    .description('one update over sizes, schemes, regimes and seeds, on synthetic kernels: how its cost grows')
    .argument('<file>', 'YAML with the lists')
    .addOption(
      new OutputOption(
        '-o, --output <dir>',
        'where run.json and index.html go (default: reports/out/<name of the file>)',
        'files',
      ),
    )
    .option('--samples <n>', 'also measure time, so often; counts are exact and need none', wholeNumber, 0)
    .option('--jobs <n>', 'workers beside each other (default: one a processor, as memory allows); 1: none', positive)
    .addOption(libsolvOption())
    .option('--json', 'print the run document, and write no files unless -o is given')
    .addHelpText(
      'after',
      `
Examples:
  kmplab sweep scenarios/sweeps/larger-kernels.yaml
  kmplab gate reports/out/larger-kernels/run.json --write-baseline larger.json    to hold later sweeps against this one`,
    )
    .action(exitWith((file: string, flags: SweepFlags) => sweep(file, flags, io)));
};

async function sweep(file: string, flags: SweepFlags, io: Io): Promise<ExitCode> {
  const progress = new Progress(io, flags.json === true && !io.terminal);
  const name = basename(file).replace(/\.ya?ml$/, '');
  const directory = outputDirectory({ ...flags, name });
  const options = {
    name,
    files: [],
    root: packageRoot,
    samples: flags.samples,
    jobs: flags.jobs ?? defaultJobs(),
    schemes: [],
    profiles: [],
    libsolv: flags.libsolv === undefined ? null : await provideLibsolv(flags.libsolv, progress.say),
    growth: await readSweep(file),
    seed: 1,
    kmplab: await thisLab(),
    onProgress: progress.say,
  };
  const document = await publishRun(directory, () => runLab(options));
  progress.done();
  if (flags.json === true) printJson(io, document);
  else io.out(`${growthTable(document.growth)}\n${runSummary(document, directory)}`);
  return 0;
}
