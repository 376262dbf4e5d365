import { basename, dirname, join } from 'node:path';
import { InputError } from '#errors';
import { tryDirectory, tryOutput, tryOwnDirectories, writeFileAtomic, writeFilesAtomic } from '#files';
import { renderComparison, renderReport, renderSingleFile, reportDirectories } from '#report';
import { readRunDocument } from '#run-document';
import { renderWhatIf } from '#what-if-page';
import type { Register } from '../command.js';
import type { ExitCode, Io } from '../io.js';
import { OutputOption } from '../output-option.js';

/** Of the interactive page, beside the report. */
const whatIf = 'what-if.html';

interface ReportFlags {
  readonly output: string;
  readonly singleFile?: boolean;
  readonly interactive?: boolean;
  readonly kernel?: readonly string[];
}

export const registerReport: Register = (program, { io, exitWith }) => {
  program
    .command('report')
    .description('render a run as pages, or what differs between two as one, that need nothing else')
    .argument('<run.json>', 'run document written by "kmplab run"')
    .argument('[second.json]', 'another one, to compare with the first')
    .addOption(
      new OutputOption(
        '-o, --output <path>',
        'the directory for the pages; the file with --single-file or of two runs, "-" prints it',
        'command',
      ).makeOptionMandatory(),
    )
    .option('--single-file', 'all pages in one HTML file')
    .option('--interactive', 'also write what-if.html beside it, a page in which libsolv answers questions')
    .option('--kernel <kernel...>', 'kernel builds of that page, oldest first (default: three that come along)')
    .addHelpText(
      'after',
      `
Examples:
  kmplab report reports/out/run.json -o reports/out
  kmplab report reports/out/run.json -o reports/out --interactive
  kmplab report reports/out/run.json --single-file -o report.html
  kmplab report before.json after.json -o comparison.html`,
    )
    .action(
      exitWith((first: string, second: string | undefined, flags: ReportFlags) => report(first, second, flags, io)),
    );
};

async function report(first: string, second: string | undefined, flags: ReportFlags, io: Io): Promise<ExitCode> {
  const { output, singleFile = false, interactive = false } = flags;
  if (output === '-' && interactive) {
    throw new InputError('usage', 'the interactive page is a second file', { hint: 'name a file with -o' });
  }
  const pages = second === undefined && !singleFile;
  const page = interactive ? await whatIfPage(pages ? 'index.html' : basename(output), flags) : null;
  const index = pages ? await writePages(first, output, interactive) : await writeOne(first, second, output, io);
  if (index !== null) io.err(`report written to ${index}\n`);
  if (page !== null && index !== null) {
    const file = join(dirname(index), whatIf);
    await writeFileAtomic(file, page);
    io.err(`interactive page written to ${file}\n`);
  }
  return 0;
}

/** Before the report is written, which leads to it: it reads kernel builds that were named. */
function whatIfPage(report: string, { kernel }: ReportFlags): Promise<string> {
  return renderWhatIf({ report, ...(kernel === undefined ? {} : { kernels: kernel }) });
}

/** The one file; null where it was printed. */
async function writeOne(first: string, second: string | undefined, output: string, io: Io): Promise<string | null> {
  if (output !== '-') await tryOutput(output);
  const run = await readRunDocument(first);
  const html =
    second === undefined ? await renderSingleFile(run) : await renderComparison(run, await readRunDocument(second));
  if (output === '-') {
    io.out(html);
    return null;
  }
  await writeFileAtomic(output, html);
  return output;
}

/** Pages are many: they need a directory, and a name that looks like a file's is a mistake. */
async function writePages(file: string, directory: string, interactive: boolean): Promise<string> {
  if (directory === '-' || /\.html?$/.test(directory)) {
    throw new InputError('usage', 'a report has several pages, and this is the name of one file', {
      file: directory,
      expected: 'the directory for the pages',
      hint: 'add --single-file for one file with all of them',
    });
  }
  await tryDirectory(directory);
  await tryOwnDirectories(directory, reportDirectories);
  await writeFilesAtomic(
    directory,
    await renderReport(await readRunDocument(file), interactive ? whatIf : null),
    reportDirectories,
  );
  return join(directory, 'index.html');
}
