import { InputError } from '#errors';
import { writeFileAtomic } from '#files';
import {
  baselineOf,
  type GateVerdict,
  judge,
  readBaseline,
  renderGateText,
  renderJunit,
  renderMarkdown,
  renderSarif,
} from '#gate';
import { readRunDocument } from '#run-document';
import type { Register } from '../command.js';
import { type ExitCode, type Io, printJson } from '../io.js';
import { OutputOption } from '../output-option.js';

interface GateFlags {
  readonly baseline?: string;
  readonly writeBaseline?: string;
  readonly part?: boolean;
  readonly json?: boolean;
  readonly junit?: string;
  readonly sarif?: string;
  readonly markdown?: string;
}

export const registerGate: Register = (program, { io, exitWith }) => {
  program
    .command('gate')
    .description("hold a run's exact values against a baseline, and name what moved")
    .argument('<run.json>', 'run document written by "kmplab run"')
    .option('--baseline <file>', 'baseline to hold it against')
    .addOption(
      new OutputOption('--write-baseline <file>', 'write the exact values of this run as a new baseline instead'),
    )
    .option('--part', 'the run is a part of what the baseline was taken of: judge what it has')
    .option('--json', 'print the verdict as JSON')
    .addOption(new OutputOption('--junit <file>', 'also write JUnit XML'))
    .addOption(new OutputOption('--sarif <file>', 'also write SARIF 2.1.0'))
    .addOption(new OutputOption('--markdown <file>', 'also write a summary in Markdown'))
    .addHelpText(
      'after',
      `
Exits with 0 when every exact value is as before, with 1 when one moved or something could not be judged.

Examples:
  kmplab gate reports/out/run.json --baseline reports/baseline/run.json
  kmplab gate reports/out/run.json --write-baseline reports/baseline/run.json`,
    )
    .action(exitWith((file: string, flags: GateFlags) => gate(file, flags, io)));
};

async function gate(file: string, flags: GateFlags, io: Io): Promise<ExitCode> {
  const { baseline, writeBaseline } = flags;
  if ((baseline === undefined) === (writeBaseline === undefined)) {
    throw new InputError('usage', 'the gate needs a baseline to compare with, or one to write', {
      expected: 'either --baseline FILE or --write-baseline FILE',
    });
  }
  const run = await readRunDocument(file);
  if (baseline === undefined) {
    const target = writeBaseline ?? '';
    await writeFileAtomic(target, `${JSON.stringify(baselineOf(run), null, 1)}\n`);
    io.err(`baseline of run ${run.name} written to ${target}\n`);
    return 0;
  }
  const verdict = judge(run, await readBaseline(baseline), { part: flags.part === true });
  await writeReports(verdict, flags);
  if (flags.json === true) printJson(io, verdict);
  else io.out(renderGateText(verdict));
  return verdict.status === 'passed' ? 0 : 1;
}

async function writeReports(verdict: GateVerdict, { junit, sarif, markdown }: GateFlags): Promise<void> {
  if (junit !== undefined) await writeFileAtomic(junit, renderJunit(verdict));
  if (sarif !== undefined) await writeFileAtomic(sarif, renderSarif(verdict));
  if (markdown !== undefined) await writeFileAtomic(markdown, renderMarkdown(verdict));
}
