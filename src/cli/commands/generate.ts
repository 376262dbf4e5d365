import { InputError } from '#errors';
import { writeFileAtomic } from '#files';
import type { KernelBuild } from '#kernel';
import {
  designNamed,
  designNames,
  optionNames,
  packageBuilds,
  parseSchemeOptions,
  parseSchemeText,
  readyDesigns,
  renderSpec,
} from '#packaging';
import { isOwnRepository, type WrittenRepository, writeRepository } from '#repomd';
import { dependencyKinds } from '#rpm';
import { kernelNamed } from '#run';
import type { Register } from '../command.js';
import { readGroups } from '../groups-file.js';
import { type ExitCode, type Io, printJson } from '../io.js';
import { OutputOption } from '../output-option.js';

interface GenerateFlags {
  readonly scheme: string;
  readonly output: string;
  readonly option: readonly string[];
  readonly spec?: string;
  readonly groups?: string;
  readonly earlier?: readonly string[];
  readonly zstd?: boolean;
  readonly json?: boolean;
}

export const registerGenerate: Register = (program, { io, exitWith }) => {
  program
    .command('generate')
    .description('package kernel builds under a scheme and write them as an rpm-md repository')
    .argument('<kernel...>', 'kernel builds: names of built-in ones, or files from "kmplab kernel import"')
    .option('--scheme <scheme>', `one of ${designNames().join(', ')}, or a design's file`, 'modular')
    .addOption(
      new OutputOption('-o, --output <dir>', 'the repository; an older one there is replaced, anything else is not', {
        mayReplace: isOwnRepository,
      }).makeOptionMandatory(),
    )
    .option('--option <key=value>', 'an option of the scheme; may be given several times', collect, [])
    .addOption(
      new OutputOption('--spec <file>', 'also write an RPM spec with a sub-package for each; "rpmbuild -bb" builds it'),
    )
    .option('--groups <file>', 'for --scheme grouped: YAML with patterns of source paths by the name of their group')
    .option(
      '--earlier <kernel...>',
      'for --scheme symset: builds published before, whose sets are provided while they hold',
    )
    .option('--zstd', 'compress the metadata with zstd instead of gzip')
    .option('--json', 'print what was written as JSON')
    .addHelpText(
      'after',
      () => `
Examples:
  kmplab generate debian-6.1.0-53-amd64 -o /tmp/modular
  kmplab generate old.kernel.json.zst new.kernel.json.zst --scheme modular --option patterns=false -o repo

Schemes and their options:
${readyDesigns()
  .map((design) => `  ${design.name.padEnd(14)} ${design.about} (${optionNames(design).join(', ')})`)
  .join('\n')}`,
    )
    .action(exitWith((kernels: string[], flags: GenerateFlags) => generate(kernels, flags, io)));
};

async function generate(kernels: readonly string[], flags: GenerateFlags, io: Io): Promise<ExitCode> {
  const builds: KernelBuild[] = [];
  for (const kernel of kernels) builds.push(await kernelNamed(kernel));
  const groups = flags.groups === undefined ? {} : { grouping: 'custom', groups: await readGroups(flags.groups) };
  refuseUnusedEarlier(flags);
  const earlier: KernelBuild[] = [];
  for (const kernel of flags.earlier ?? []) earlier.push(await kernelNamed(kernel));
  const options = { ...parseSchemeOptions(flags.option), ...groups };
  const made = packageBuilds(flags.scheme, builds, options, earlier);
  const { packages, scheme, notes = [] } = made;
  if (flags.spec !== undefined) {
    const spec = renderSpec(made, { name: `kernel-${scheme}`, dependencies: 'computed', files: true });
    await writeFileAtomic(flags.spec, spec);
  }
  const written = await writeRepository(packages, flags.output, { compression: flags.zstd === true ? 'zstd' : 'gzip' });
  const dependencies = packages.reduce(
    (sum, pkg) => sum + dependencyKinds.reduce((all, kind) => all + pkg[kind].length, 0),
    0,
  );
  if (flags.json === true) {
    printJson(io, { scheme, kernels: builds.map(({ release }) => release), dependencies, notes, ...written });
    return 0;
  }
  io.out(writtenText(written, `${dependencies} dependencies (${scheme})`));
  if (notes.length > 0) io.err(notesText(notes));
  if (written.replacedCharacters > 0) {
    io.err(`${written.replacedCharacters} characters that XML cannot carry were replaced\n`);
  }
  return 0;
}

function writtenText({ directory, packages, files }: WrittenRepository, what: string): string {
  const lines = files.map(
    ({ type, bytes, openBytes }) => `  ${type.padEnd(10)} ${bytes} bytes, ${openBytes} unpacked\n`,
  );
  return `${directory}: ${packages} packages with ${what}\n${lines.join('')}`;
}

const notesShown = 5;

/** Warnings for the person who builds such packages; there may be one for each package. */
function notesText(notes: readonly string[]): string {
  const more = notes.length - notesShown;
  const rest = more <= 0 ? [] : [`and ${more} more notes, which --json prints`];
  return [...notes.slice(0, notesShown).map((note) => `note: ${note}`), ...rest].map((line) => `${line}\n`).join('');
}

/** Builds that a scheme takes no notice of would be ignored in silence. */
function refuseUnusedEarlier({ scheme, earlier }: GenerateFlags): void {
  if (earlier === undefined || designNamed(parseSchemeText(scheme).name).symbolSets !== undefined) return;
  const looking = readyDesigns()
    .filter(({ symbolSets }) => symbolSets !== undefined)
    .map(({ name }) => name);
  throw new InputError('usage', `scheme ${scheme} takes no notice of --earlier`, { expected: looking.join(', ') });
}

function collect(value: string, before: readonly string[]): string[] {
  return [...before, value];
}
