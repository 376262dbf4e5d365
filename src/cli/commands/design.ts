import { challengePromises } from '#challenge';
import { readEdits, searchDesigns } from '#design-search';
import { InputError, nearest } from '#errors';
import { designNamed, optionNames, parseSchemeText, unfoldedDesign } from '#packaging';
import { dependencyKinds, formatDependency, nevra, type RpmPackage } from '#rpm';
import { defaultJobs, hardwareNamed, kernelNamed } from '#run';
import { type PromiseId, promiseIds } from '#run-document';
import { scorecard, scoreScenarios } from '#scorecard';
import type { Register } from '../command.js';
import { type ExitCode, type Io, printJson } from '../io.js';
import { positive, wholeNumber } from '../numbers.js';
import { packageRoot } from '../package-root.js';
import { Progress } from '../progress.js';
import { scorecardText } from '../text/scorecard-table.js';
import { searchText } from '../text/search-table.js';

interface ShowFlags {
  readonly kernel: string;
  readonly module?: string;
  readonly json?: boolean;
}

/** Dependencies of an example that are shown of each kind; --json has all. */
const shown = 6;

interface SearchFlags {
  readonly from: string;
  readonly edits: string;
  readonly promise?: readonly string[];
  readonly histories: number;
  readonly seed: number;
  readonly costs: boolean;
  readonly json?: boolean;
}

interface CompareFlags {
  readonly hardware?: readonly string[];
  readonly histories: number;
  readonly seed: number;
  readonly samples: number;
  readonly jobs?: number;
  readonly json?: boolean;
}

export const registerDesign: Register = (program, { io, exitWith }) => {
  const design = program.command('design').description('look at designs: which packages a kernel build becomes');
  design
    .command('compare')
    .description('the scorecard: designs by what a machine must keep, and by what they cost')
    .argument('<design...>', 'ready designs or paths of some, with options: "modular hardRequires=true"')
    .option('--hardware <profile...>', 'machines over whole kernels (default: all that come along)')
    .option('--histories <n>', 'random histories for each design', wholeNumber, 100)
    .option('--seed <n>', 'seed of these', wholeNumber, 1)
    .option('--samples <n>', 'also measure the time of the solver, so often', wholeNumber, 0)
    .option('--jobs <n>', 'workers beside each other (default: one a processor, as memory allows); 1: none', positive)
    .option(
      '--json',
      'print the scorecard as JSON: every cell with its smallest counterexample, every figure with its step',
    )
    .addHelpText(
      'after',
      `
Examples:
  kmplab design compare modular companion
  kmplab design compare ./mine.yaml modular --json`,
    )
    .action(exitWith((designs: string[], flags: CompareFlags) => compare(designs, flags, io)));
  design
    .command('search')
    .description(
      'the smallest sets of edits to a design that keep every promise, what they cost, and why others do not',
    )
    .requiredOption('--from <design>', 'the design to begin with')
    .requiredOption('--edits <file>', 'YAML with a list of `edits`; docs/designs.md tells what one says')
    .option('--promise <promise...>', 'promises that must be kept (default: all that a scenario can judge)')
    .option('--histories <n>', 'random histories for each design that keeps them in every scenario', wholeNumber, 100)
    .option('--seed <n>', 'seed of these', wholeNumber, 1)
    .option('--no-costs', 'do not count what the designs that are found cost on whole kernels')
    .option('--json', 'print every set of edits with its counterexample as JSON')
    .addHelpText(
      'after',
      `
Examples:
  kmplab design search --from modular --edits scenarios/edits/from-modular.yaml`,
    )
    .action(exitWith((flags: SearchFlags) => search(flags, io)));
  design
    .command('show')
    .description(
      'a design unfolded over one kernel build: its kinds of packages, and one of each with its dependencies',
    )
    .argument('<design>', 'a ready design or the path of one, with options: "modular hardRequires=true"')
    .option('--kernel <kernel>', 'the kernel build', 'debian-6.1.0-53-amd64')
    .option('--module <name>', 'show the packages of this kernel module')
    .option('--json', 'print it as JSON, every dependency of the examples included')
    .action(exitWith((design: string, flags: ShowFlags) => show(design, flags, io)));
};

/** 0 where some set of edits keeps every promise, 1 where none does. */
async function search(flags: SearchFlags, io: Io): Promise<ExitCode> {
  const progress = new Progress(io, flags.json === true && !io.terminal);
  designNamed(parseSchemeText(flags.from).name);
  const result = await searchDesigns({
    from: flags.from,
    edits: await readEdits(flags.edits),
    promises: (flags.promise ?? challengePromises).map(promiseNamed),
    scenarios: (await scoreScenarios(packageRoot)).filter(({ ground }) => ground !== 'catalogue'),
    histories: flags.histories,
    seed: flags.seed,
    costs: flags.costs,
    root: packageRoot,
    jobs: defaultJobs(),
    onProgress: progress.say,
    onCount: progress.count,
  });
  progress.done();
  if (flags.json === true) printJson(io, result);
  else io.out(searchText(result));
  return result.candidates.some(({ status }) => status === 'keeps') ? 0 : 1;
}

function promiseNamed(name: string): PromiseId {
  const found = promiseIds.find((id) => id === name);
  if (found !== undefined) return found;
  const guess = nearest(name, [...promiseIds]);
  throw new InputError('usage', `there is no promise "${name}"`, {
    expected: promiseIds.join(', '),
    ...(guess === null ? {} : { hint: `write "${guess}"` }),
  });
}

/** 0 where some design keeps every promise, 1 where none does, 2 where one is refused. */
async function compare(designs: readonly string[], flags: CompareFlags, io: Io): Promise<ExitCode> {
  const progress = new Progress(io, flags.json === true && !io.terminal);
  const { hardware: profiles = [], histories, seed, samples, jobs = defaultJobs() } = flags;
  for (const profile of profiles) await hardwareNamed(profile);
  const how = { root: packageRoot, profiles, histories, seed, samples, jobs, onProgress: progress.say };
  const card = await scorecard({ designs, ...how });
  progress.done();
  if (flags.json === true) printJson(io, card);
  else io.out(scorecardText(card));
  if (card.designs.some(({ status }) => status === 'refused')) return 2;
  const keeps = card.designs.some(
    (design) => design.status === 'scored' && design.cells.every(({ status }) => status !== 'broken'),
  );
  return keeps ? 0 : 1;
}

async function show(text: string, flags: ShowFlags, io: Io): Promise<ExitCode> {
  const build = await kernelNamed(flags.kernel);
  const { design, kinds, notes } = unfoldedDesign(text, build, flags.module?.replaceAll('-', '_'));
  const { name, about, question, source, client, weakModules } = design;
  const options = optionNames(design);
  if (flags.json === true) {
    const head = { name, about, question, source, client, weakModules, options };
    printJson(io, { ...head, kernel: build.release, kinds, notes });
    return 0;
  }
  io.out(`${name}: ${about}\n${question}\nsource: ${source}\nclient: ${client}, weak modules: ${weakModules}\n`);
  io.out(`options: ${options.join(', ')}\n`);
  for (const { kind, packages, example } of kinds) {
    io.out(`\n${kind}: ${packages} ${packages === 1 ? 'package' : 'packages'} of ${build.release}\n`);
    if (example !== null) io.out(packageText(example));
  }
  for (const note of notes) io.err(`note: ${note}\n`);
  return 0;
}

function packageText(pkg: RpmPackage): string {
  const lines = dependencyKinds.flatMap((kind) => {
    const texts = pkg[kind].map(formatDependency);
    const more = texts.length - shown;
    return [
      ...texts.slice(0, shown).map((text) => `    ${kind} ${text}`),
      ...(more > 0 ? [`    ${kind} … and ${more} more`] : []),
    ];
  });
  return [`  ${nevra(pkg)}`, ...lines, ''].join('\n');
}
