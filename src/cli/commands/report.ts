import { writeFileAtomic } from '#files';
import { renderComparison, renderReport } from '#report';
import { readRunDocument } from '#run-document';
import type { Register } from '../command.js';
import type { ExitCode, Io } from '../io.js';
import { OutputOption } from '../output-option.js';

interface ReportFlags {
  readonly output: string;
}

export const registerReport: Register = (program, { io, exitWith }) => {
  program
    .command('report')
    .description('render a run, or what differs between two, as one HTML file that needs nothing else')
    .argument('<run.json>', 'run document written by "kmplab run"')
    .argument('[second.json]', 'another one, to compare with the first')
    .addOption(new OutputOption('-o, --output <file>', 'where the HTML goes; "-" prints it').makeOptionMandatory())
    .addHelpText(
      'after',
      `
Examples:
  kmplab report reports/out/run.json -o reports/out/index.html
  kmplab report before.json after.json -o comparison.html`,
    )
    .action(
      exitWith((first: string, second: string | undefined, flags: ReportFlags) => report(first, second, flags, io)),
    );
};

async function report(first: string, second: string | undefined, { output }: ReportFlags, io: Io): Promise<ExitCode> {
  const run = await readRunDocument(first);
  const html =
    second === undefined ? await renderReport(run) : await renderComparison(run, await readRunDocument(second));
  if (output === '-') io.out(html);
  else {
    await writeFileAtomic(output, html);
    io.err(`report written to ${output}\n`);
  }
  return 0;
}
