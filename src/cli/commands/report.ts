import { basename, dirname, join } from 'node:path';
import { InputError } from '#errors';
import { writeFileAtomic } from '#files';
import { renderComparison, renderReport } from '#report';
import { readRunDocument } from '#run-document';
import { renderWhatIf } from '#what-if-page';
import type { Register } from '../command.js';
import type { ExitCode, Io } from '../io.js';
import { OutputOption } from '../output-option.js';

interface ReportFlags {
  readonly output: string;
  readonly interactive?: boolean;
  readonly kernel?: readonly string[];
}

export const registerReport: Register = (program, { io, exitWith }) => {
  program
    .command('report')
    .description('render a run, or what differs between two, as one HTML file that needs nothing else')
    .argument('<run.json>', 'run document written by "kmplab run"')
    .argument('[second.json]', 'another one, to compare with the first')
    .addOption(new OutputOption('-o, --output <file>', 'where the HTML goes; "-" prints it').makeOptionMandatory())
    .option('--interactive', 'also write what-if.html beside it, a page in which libsolv answers questions')
    .option('--kernel <kernel...>', 'kernel builds of that page, oldest first (default: three that come along)')
    .addHelpText(
      'after',
      `
Examples:
  kmplab report reports/out/run.json -o reports/out/index.html
  kmplab report reports/out/run.json -o reports/out/index.html --interactive
  kmplab report before.json after.json -o comparison.html`,
    )
    .action(
      exitWith((first: string, second: string | undefined, flags: ReportFlags) => report(first, second, flags, io)),
    );
};

async function report(first: string, second: string | undefined, flags: ReportFlags, io: Io): Promise<ExitCode> {
  const { output, interactive = false, kernel } = flags;
  if (output === '-' && interactive) {
    throw new InputError('usage', 'the interactive page is a second file', { hint: 'name a file with -o' });
  }
  const run = await readRunDocument(first);
  const html =
    second === undefined ? await renderReport(run) : await renderComparison(run, await readRunDocument(second));
  if (output === '-') io.out(html);
  else {
    await writeFileAtomic(output, html);
    io.err(`report written to ${output}\n`);
  }
  if (interactive) {
    const page = join(dirname(output), 'what-if.html');
    const kernels = kernel === undefined ? {} : { kernels: kernel };
    await writeFileAtomic(page, await renderWhatIf({ report: basename(output), ...kernels }));
    io.err(`interactive page written to ${page}\n`);
  }
  return 0;
}
