import { optionNames, unfoldedDesign } from '#packaging';
import { dependencyKinds, formatDependency, nevra, type RpmPackage } from '#rpm';
import { kernelNamed } from '#run';
import type { Register } from '../command.js';
import { type ExitCode, type Io, printJson } from '../io.js';

interface ShowFlags {
  readonly kernel: string;
  readonly module?: string;
  readonly json?: boolean;
}

/** Dependencies of an example that are shown of each kind; --json has all. */
const shown = 6;

export const registerDesign: Register = (program, { io, exitWith }) => {
  program
    .command('design')
    .description('look at designs: which packages a kernel build becomes')
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
