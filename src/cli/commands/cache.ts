import { InvalidArgumentError } from 'commander';
import { cacheDirectory, cacheUse, pruneCache } from '#files';
import { bytes, counted } from '#tell';
import type { Register } from '../command.js';
import { type ExitCode, type Io, printJson } from '../io.js';

export const registerCache: Register = (program, { io, exitWith }) => {
  const cache = program
    .command('cache')
    .description('what this lab keeps from one call to the next: results, repositories, modules of libsolv');
  cache
    .command('show', { isDefault: true })
    .description('where it lies and how large it is')
    .option('--json', 'print it as JSON')
    .action(exitWith((flags: { readonly json?: boolean }) => show(flags.json === true, io)));
  cache
    .command('prune')
    .description('remove what was not used for longest; all of it can be made again')
    .option('--max <size>', 'what may stay, as 500M or 2G; 0 removes everything', byteSize, 2 * 2 ** 30)
    .action(exitWith((flags: { readonly max: number }) => prune(flags.max, io)))
    .addHelpText(
      'after',
      `
Examples:
  kmplab cache
  kmplab cache prune --max 500M
  KMPLAB_CACHE=/var/tmp/kmplab kmplab sweep scenarios/sweeps/larger-kernels.yaml    another place`,
    );
};

async function show(json: boolean, io: Io): Promise<ExitCode> {
  const directory = cacheDirectory();
  const folders = await cacheUse(directory);
  if (json) {
    printJson(io, { directory, folders });
    return 0;
  }
  const lines = folders.map(
    ({ name, files, bytes: size }) => `  ${name.padEnd(14)}${counted(files, 'file')}, ${bytes(size)}`,
  );
  io.out(`${directory}${folders.length === 0 ? ': empty' : ''}\n${lines.map((line) => `${line}\n`).join('')}`);
  return 0;
}

async function prune(max: number, io: Io): Promise<ExitCode> {
  const { files, bytes: size } = await pruneCache(cacheDirectory(), max);
  io.out(files === 0 ? 'nothing had to go\n' : `removed ${counted(files, 'file')}, ${bytes(size)}\n`);
  return 0;
}

const units: Readonly<Record<string, number>> = { '': 1, K: 2 ** 10, M: 2 ** 20, G: 2 ** 30 };

function byteSize(text: string): number {
  const [, number = '', unit = ''] = /^(\d{1,9})([KMG]?)$/.exec(text) ?? [];
  if (number === '') throw new InvalidArgumentError('expected a size, as 500M or 2G');
  return Number(number) * (units[unit] ?? 1);
}
