import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type TrendRun, trendOf } from '#compare';
import { InputError } from '#errors';
import { listFilesSorted, writeFileAtomic } from '#files';
import { renderTrend } from '#report';
import { readRunDocument, type Trend } from '#run-document';
import { libsolvName } from '#tell';
import type { Register } from '../command.js';
import { type ExitCode, type Io, printJson } from '../io.js';
import { OutputOption } from '../output-option.js';
import { packageRoot } from '../package-root.js';
import { trendText } from '../text/trend-text.js';

interface TrendFlags {
  readonly html?: string;
  readonly json?: boolean;
}

export const registerTrend: Register = (program, { io, exitWith }) => {
  program
    .command('trend')
    .description('the runs of many commits as lines: where cost steps to another level, and at which commit')
    .argument('<dir>', 'directory with run documents, each *.json in it or below')
    .addOption(new OutputOption('--html <file>', 'also write a page with the lines'))
    .option('--json', 'print the lines as JSON')
    .addHelpText(
      'after',
      `
Runs stand in the order of their commits in this repository's history; those it does not have stand behind, by the names of their files.

Examples:
  kmplab run -o runs/$(git rev-parse --short HEAD)      once a commit
  kmplab trend runs --html trend.html`,
    )
    .action(exitWith((directory: string, flags: TrendFlags) => trendCommand(directory, flags, io)));
};

async function trendCommand(directory: string, flags: TrendFlags, io: Io): Promise<ExitCode> {
  const history = await commits();
  const runs: TrendRun[] = [];
  const left: { file: string; why: string }[] = [];
  const files = (await listFilesSorted(directory)).filter((file) => file.endsWith('.json'));
  for (const file of files) {
    try {
      const run = await readRunDocument(join(directory, file));
      const { kmplab, libsolv } = run.environment;
      const known = kmplab.commit === null ? undefined : history.get(kmplab.commit.slice(0, 12));
      const point = {
        file,
        run: run.name,
        commit: kmplab.commit,
        subject: known?.subject ?? null,
        libsolv: libsolvName(libsolv),
      };
      runs.push({ point, run });
    } catch (cause) {
      if (!(cause instanceof InputError)) throw cause;
      left.push({ file, why: cause.message });
    }
  }
  const at = ({ point: { commit } }: TrendRun): number =>
    history.get(commit?.slice(0, 12) ?? '')?.index ?? Number.MAX_SAFE_INTEGER;
  const trend: Trend = trendOf(
    [...runs].sort((a, b) => at(a) - at(b)),
    left,
  );
  if (trend.points.length === 0)
    throw new InputError('missing', 'no run document of this version is here', {
      file: directory,
      expected: 'a directory with the run.json of several commits',
    });
  if (flags.html !== undefined) await writeFileAtomic(flags.html, renderTrend(trend));
  if (flags.json === true) printJson(io, trend);
  else io.out(trendText(trend));
  return 0;
}

/** The history of the checkout that kmplab runs from, oldest first; empty outside of one. */
async function commits(): Promise<ReadonlyMap<string, { readonly index: number; readonly subject: string }>> {
  try {
    const args = ['log', '--topo-order', '--reverse', '--abbrev=12', '--format=%h %s'];
    const { stdout } = await promisify(execFile)('git', args, { cwd: packageRoot, maxBuffer: 64 << 20 });
    const lines = stdout.trimEnd().split('\n');
    return new Map(lines.map((line, index) => [line.slice(0, 12), { index, subject: line.slice(13) }]));
  } catch {
    return new Map();
  }
}
