import { join } from 'node:path';
import type { Command } from 'commander';
import { kernelDiff, kernelDocument } from '#analyse';
import {
  driverGaps,
  evolveKernel,
  readHistory,
  regimeDistributions,
  regimes,
  synthesizeKernel,
  writeKernelBuild,
} from '#kernel';
import { kernelNamed } from '#run';
import type { CommandContext } from '../command.js';
import { type ExitCode, type Io, printJson } from '../io.js';
import { wholeNumber } from '../numbers.js';
import { OutputOption } from '../output-option.js';
import { historyText } from '../text/history-text.js';
import { distributionText, kernelDiffText, kernelText } from '../text/kernel-text.js';

interface SynthFlags {
  readonly modules: number;
  readonly seed: number;
  readonly template?: string;
  readonly output?: string;
  readonly json?: boolean;
}

interface EvolveFlags {
  readonly regime: string;
  readonly seed: number;
  readonly builds: number;
  readonly output: string;
  readonly json?: boolean;
}

interface RegimesFlags {
  readonly draws: number;
  readonly seed: number;
  readonly json?: boolean;
}

/** Kernels that nobody built: `synth`, `evolve`, and what the regimes of `evolve` are worth. */
export function registerKernelMakers(kernel: Command, { io, exitWith }: CommandContext): void {
  kernel
    .command('synth')
    .description('make a kernel build with the shape of a real one, of any size')
    .requiredOption('--modules <n>', 'kernel modules, 100 to 100000', wholeNumber)
    .option('--seed <n>', 'seed of everything random', wholeNumber, 1)
    .option('--template <kernel>', 'the real build whose shape it has (default: the newest built-in one)')
    .addOption(
      new OutputOption('-o, --output <file>', 'where the build goes (default: <release>.kernel.json.zst)', 'file', '.'),
    )
    .option('--json', 'print the facts as JSON')
    .action(exitWith((flags: SynthFlags) => synth(flags, io)));
  kernel
    .command('evolve')
    .description('make the builds that follow a kernel')
    .argument('<kernel>', 'a built-in kernel, or the file of a kernel build')
    .requiredOption('--regime <name>', `how it is maintained: ${regimes.map(({ name }) => name).join(', ')}`)
    .option('--seed <n>', 'seed of everything random', wholeNumber, 1)
    .option('--builds <n>', 'how many, each following the one before', wholeNumber, 1)
    .addOption(
      new OutputOption('-o, --output <dir>', 'where the builds go, as <release>.kernel.json.zst', 'files').default('.'),
    )
    .option('--json', 'print the changes as JSON')
    .action(exitWith((name: string, flags: EvolveFlags) => evolve(name, flags, io)));
  kernel
    .command('regimes')
    .description('how the changes that evolve draws are spread, beside those of real updates')
    .argument('<kernel>', 'a built-in kernel, or the file of a kernel build')
    .option('--draws <n>', 'how many updates are drawn', wholeNumber, 200)
    .option('--seed <n>', 'seed of everything random', wholeNumber, 1)
    .option('--json', 'print the distributions as JSON')
    .action(exitWith((name: string, flags: RegimesFlags) => showRegimes(name, flags, io)));
  kernel
    .command('history')
    .description('builds over time, and how long drivers from outside of the tree are left behind by each')
    .argument('<file>', 'a history, such as scenarios/histories/debian-6.1.yaml')
    .option('--json', 'print the states as JSON')
    .action(exitWith((file: string, flags: { readonly json?: boolean }) => showHistory(file, flags.json === true, io)));
}

async function synth(flags: SynthFlags, io: Io): Promise<ExitCode> {
  const template = flags.template === undefined ? undefined : await kernelNamed(flags.template);
  const build = await synthesizeKernel({ modules: flags.modules, seed: flags.seed }, template);
  const file = flags.output ?? `${build.release}.kernel.json.zst`;
  await writeKernelBuild(build, file);
  const document = kernelDocument(build);
  if (flags.json === true) printJson(io, { file, seed: flags.seed, document });
  else io.out(`${kernelText(document)}seed ${flags.seed}, written to ${file}\n`);
  return 0;
}

async function evolve(name: string, flags: EvolveFlags, io: Io): Promise<ExitCode> {
  let build = await kernelNamed(name);
  const changes = [];
  for (let step = 0; step < flags.builds; step++) {
    const next = await evolveKernel(build, { regime: flags.regime, seed: flags.seed + step });
    const file = join(flags.output, `${next.release}.kernel.json.zst`);
    await writeKernelBuild(next, file);
    const change = kernelDiff(build, next);
    changes.push({ file, seed: flags.seed + step, change });
    if (flags.json !== true) io.out(`${kernelDiffText(change)}seed ${flags.seed + step}, written to ${file}\n`);
    build = next;
  }
  if (flags.json === true) printJson(io, changes);
  return 0;
}

async function showRegimes(name: string, flags: RegimesFlags, io: Io): Promise<ExitCode> {
  const distributions = await regimeDistributions(await kernelNamed(name), flags.draws, flags.seed);
  if (flags.json === true) printJson(io, { seed: flags.seed, distributions });
  else io.out(distributions.map(distributionText).join(''));
  return 0;
}

async function showHistory(file: string, json: boolean, io: Io): Promise<ExitCode> {
  const history = await readHistory(file);
  const states = driverGaps(history);
  if (json) printJson(io, { name: history.name, states });
  else io.out(historyText(history, states));
  return 0;
}
