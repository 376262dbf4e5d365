import { kernelDiff, kernelDocument } from '#analyse';
import { InputError } from '#errors';
import { writeFileAtomic } from '#files';
import { builtinNames, importKernel, writeKernelBuild } from '#kernel';
import { renderKernel, renderKernelDiff } from '#report';
import { kernelNamed } from '#run';
import type { Register } from '../command.js';
import { type ExitCode, type Io, printJson } from '../io.js';
import { OutputOption } from '../output-option.js';
import { Progress } from '../progress.js';
import { kernelDiffText, kernelText } from '../text/kernel-text.js';
import { registerKernelMakers } from './kernel-make.js';

interface ImportFlags {
  readonly output?: string;
  readonly release?: string;
  readonly flavor?: string;
  readonly measureCompressed?: boolean;
  readonly compressedFrom?: string;
  readonly json?: boolean;
}

interface ShowFlags {
  readonly html?: string;
  readonly json?: boolean;
}

export const registerKernel: Register = (program, context) => {
  const { io, exitWith } = context;
  const kernel = program.command('kernel').description('read kernel builds, make them, look at them');
  kernel
    .command('import')
    .description('read a kernel build and write it as one file')
    .argument(
      '<source...>',
      'packages, a /lib/modules/<release> directory, a Module.symvers: whatever there is of one build',
    )
    .addOption(
      new OutputOption('-o, --output <file>', 'where the build goes (default: <release>.kernel.json.zst)', 'file', '.'),
    )
    .option('--release <release>', 'which one, where the sources hold several')
    .option('--flavor <name>', 'what its configuration is called (default: the end of the release)')
    .option('--measure-compressed', 'also learn how small each kernel module packs; takes minutes')
    .option('--compressed-from <kernel>', 'take that from an earlier import of the same packages')
    .option('--json', 'print the facts as JSON')
    .addHelpText(
      'after',
      `
Examples:
  kmplab kernel import /lib/modules/$(uname -r)
  kmplab kernel import linux-image-6.1.0-56-amd64_*.deb linux-headers-6.1.0-56-amd64_*.deb --flavor default`,
    )
    .action(exitWith((sources: string[], flags: ImportFlags) => importSources(sources, flags, io)));
  kernel
    .command('show')
    .description('what a kernel build is, or what changed from one to another; without arguments those that come along')
    .argument('[kernel]', 'a built-in kernel, or the file of a kernel build')
    .argument('[newer]', 'another one, to compare with')
    .addOption(
      new OutputOption('--html <file>', 'also as one HTML page that needs nothing else; "-" prints it instead'),
    )
    .option('--json', 'print the facts as JSON')
    .addHelpText(
      'after',
      `
Examples:
  kmplab kernel show debian-6.1.0-52-amd64
  kmplab kernel show debian-6.1.0-52-amd64 debian-6.1.0-53-amd64 --html update.html`,
    )
    .action(
      exitWith((name: string | undefined, newer: string | undefined, flags: ShowFlags) => show(name, newer, flags, io)),
    );
  registerKernelMakers(kernel, context);
};

async function importSources(sources: readonly string[], flags: ImportFlags, io: Io): Promise<ExitCode> {
  const progress = new Progress(io, !io.terminal);
  const { compressedFrom } = flags;
  if (flags.measureCompressed === true && compressedFrom !== undefined) {
    throw new InputError('usage', '--measure-compressed and --compressed-from exclude each other');
  }
  const build = await importKernel(sources, {
    ...(compressedFrom === undefined ? {} : { compressedFrom: await kernelNamed(compressedFrom) }),
    ...(flags.release === undefined ? {} : { release: flags.release }),
    ...(flags.flavor === undefined ? {} : { flavor: flags.flavor }),
    measureCompressed: flags.measureCompressed === true,
    onProgress: (modules) => {
      if (modules % 50 === 0) progress.say(`${modules} kernel modules read`);
    },
  });
  const file = flags.output ?? `${build.release}.kernel.json.zst`;
  await writeKernelBuild(build, file);
  progress.done();
  const document = kernelDocument(build);
  if (flags.json === true) printJson(io, { file, document, warnings: build.warnings });
  else io.out(`${kernelText(document)}written to ${file}\n`);
  return 0;
}

async function show(name: string | undefined, newer: string | undefined, flags: ShowFlags, io: Io): Promise<ExitCode> {
  if (name === undefined) {
    const names = await builtinNames();
    if (flags.json === true) printJson(io, names);
    else io.out(names.map((known) => `${known}\n`).join(''));
    return 0;
  }
  const build = await kernelNamed(name);
  if (newer === undefined) {
    const document = kernelDocument(build);
    return put({ document, text: kernelText(document), page: () => renderKernel(document) }, flags, io);
  }
  const document = kernelDiff(build, await kernelNamed(newer));
  return put({ document, text: kernelDiffText(document), page: () => renderKernelDiff(document) }, flags, io);
}

interface Shown {
  readonly document: unknown;
  readonly text: string;
  readonly page: () => Promise<string>;
}

async function put({ document, text, page }: Shown, { html, json }: ShowFlags, io: Io): Promise<ExitCode> {
  if (html === '-') {
    if (json === true) throw new InputError('usage', '--json and --html - both want the output');
    io.out(await page());
    return 0;
  }
  if (json === true) printJson(io, document);
  else io.out(text);
  if (html !== undefined) {
    await writeFileAtomic(html, await page());
    io.err(`page written to ${html}\n`);
  }
  return 0;
}
