import { InputError } from '#errors';
import { mergedShards, readShard } from '#jobs';
import { provideLibsolv, runLab, sweepSeries } from '#run';
import type { LibsolvModules } from '#solve';
import type { Register } from '../command.js';
import { type ExitCode, type Io, printJson } from '../io.js';
import { identityOf, jobsOf } from '../jobs.js';
import { libsolvOption } from '../libsolv-option.js';
import { OutputOption } from '../output-option.js';
import { packageRoot } from '../package-root.js';
import { outputDirectory, publishRun, thisLab } from '../run-files.js';
import { growthTable } from '../text/growth-table.js';
import { runSummary } from '../text/run-summary.js';

interface MergeFlags {
  readonly output?: string;
  readonly libsolv?: string;
  readonly json?: boolean;
}

export const registerMerge: Register = (program, { io, exitWith }) => {
  program
    .command('merge')
    .description('the parts of a sweep that "kmplab sweep --shard" made, as the whole sweep')
    .argument('<part...>', 'all parts, in any order')
    .addOption(
      new OutputOption(
        '-o, --output <dir>',
        'where run.json and index.html go (default: reports/out/<name of the sweep>)',
        'files',
      ),
    )
    .addOption(libsolvOption())
    .option('--json', 'print the run document, and write no files unless -o is given')
    .addHelpText(
      'after',
      `
Example:
  kmplab sweep sweep.yaml --shard 1/2 -o parts
  kmplab sweep sweep.yaml --shard 2/2 -o parts
  kmplab merge parts/part-*.json -o merged`,
    )
    .action(exitWith((files: string[], flags: MergeFlags) => merge(files, flags, io)));
};

async function merge(files: readonly string[], flags: MergeFlags, io: Io): Promise<ExitCode> {
  const parts = [];
  for (const file of files) parts.push({ file, shard: await readShard(file) });
  const results = mergedShards(parts);
  const libsolv = flags.libsolv === undefined ? null : await provideLibsolv(flags.libsolv, () => undefined);
  const [first] = parts;
  if (first === undefined) throw new InputError('usage', 'there are no parts');
  const { sweep, identity } = first.shard;
  await refuseOtherLab(first.file, identity, libsolv);
  const missing = missingParts(parts.map(({ shard }) => shard.shard));
  if (missing.length > 0) {
    throw new InputError('missing', `these parts are not here: ${missing.join(', ')}`, { hint: 'name all of them' });
  }
  const remembered = await jobsOf(libsolv, results, () => undefined);
  const directory = outputDirectory({ ...flags, name: sweep.name });
  const document = await publishRun(directory, async () =>
    runLab({
      name: sweep.name,
      files: [],
      root: packageRoot,
      samples: 0,
      jobs: 1,
      schemes: [],
      profiles: [],
      growth: sweepSeries(sweep.text, first.file),
      seed: 1,
      libsolv,
      kmplab: await thisLab(),
      remembered: () => remembered(refuse),
      onProgress: () => undefined,
    }),
  );
  if (flags.json === true) printJson(io, document);
  else io.out(`${growthTable(document.growth)}\n${runSummary(document, directory)}`);
  return 0;
}

/** Keys of results are of the lab that made them: another one finds none of them. */
async function refuseOtherLab(file: string, identity: string, libsolv: LibsolvModules | null): Promise<void> {
  if (identity === (await identityOf(libsolv))) return;
  throw new InputError('invalid', 'this part was made by another version of this lab, or with another libsolv', {
    file,
    hint: 'merge with the commit, and with the --libsolv, that made the parts',
  });
}

function missingParts(shards: readonly { readonly index: number; readonly of: number }[]): string[] {
  const of = shards[0]?.of ?? 0;
  const there = new Set(shards.map(({ index }) => index));
  return Array.from({ length: of }, (_, position) => position + 1)
    .filter((index) => !there.has(index))
    .map((index) => `${index}/${of}`);
}

function refuse(): never {
  throw new InputError('missing', 'a result is in none of the parts', { hint: 'make the parts anew' });
}
