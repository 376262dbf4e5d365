import { execFile } from 'node:child_process';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { compareCommit } from '#compare';
import { InputError } from '#errors';
import { pathExists, writeFileAtomic } from '#files';
import {
  accept,
  type Baseline,
  baselineOf,
  type GateFile,
  type GateVerdict,
  judge,
  readBaseline,
  readGateFile,
  renderGateText,
  renderGithub,
  renderJunit,
  renderMarkdown,
  renderSarif,
  strictGate,
} from '#gate';
import { defaultJobs, provideLibsolv } from '#run';
import { type Comparison, type RunDocument, readRunDocument } from '#run-document';
import { libsolvName } from '#tell';
import type { Register } from '../command.js';
import { type ExitCode, type Io, printJson } from '../io.js';
import { libsolvOption } from '../libsolv-option.js';
import { OutputOption } from '../output-option.js';
import { packageRoot } from '../package-root.js';
import { Progress } from '../progress.js';
import { thisLab } from '../run-files.js';

interface GateFlags {
  readonly config?: string;
  readonly baseline?: string;
  readonly writeBaseline?: string;
  readonly part?: boolean;
  readonly date?: string;
  readonly time?: boolean;
  readonly libsolv?: string;
  readonly json?: boolean;
  readonly github?: boolean;
  readonly junit?: string;
  readonly sarif?: string;
  readonly markdown?: string;
}

interface AcceptFlags extends Pick<GateFlags, 'config' | 'baseline' | 'part' | 'date'> {
  readonly reason: string;
  readonly by?: string;
}

const settingsFile = 'kmplab-gate.yaml';

export const registerGate: Register = (program, { io, exitWith }) => {
  const gate = program
    .command('gate')
    .description('hold a run against a baseline: what moved, in which direction, and whether that is allowed')
    .argument('<run.json>', 'run document written by "kmplab run"')
    .option('--config <file>', `how strict it is on what (default: ${settingsFile} here, else exact)`)
    .option('--baseline <file>', 'baseline to hold it against (default: the one that the settings name)')
    .addOption(new OutputOption('--write-baseline <file>', 'write this run as a new baseline instead, without history'))
    .option('--part', 'the run is a part of what the baseline was taken of: judge what it has')
    .option('--date <day>', 'the day by which known findings expire (default: today)')
    .option('--time', "also take time, in turns with the baseline's own commit and module on this machine")
    .addOption(libsolvOption())
    .option('--json', 'print the verdict as JSON')
    .option('--github', "print GitHub's annotations")
    .addOption(new OutputOption('--junit <file>', 'also write JUnit XML'))
    .addOption(new OutputOption('--sarif <file>', 'also write SARIF 2.1.0'))
    .addOption(new OutputOption('--markdown <file>', 'also write a summary in Markdown'))
    .addHelpText(
      'after',
      `
Exits with 0 when nothing is worse than the settings allow, with 1 when something is or could not be judged.

Examples:
  kmplab gate reports/out/run.json --baseline reports/baseline/run.json
  kmplab gate accept reports/out/run.json --reason "libsolv 0.7.40 decides less"`,
    )
    .action(exitWith((file: string, flags: GateFlags) => gateCommand(file, flags, io)));
  gate
    .command('accept')
    .description('move the baseline to a run, and keep who moved what and why')
    .argument('<run.json>', 'run document written by "kmplab run"')
    .requiredOption('--reason <text>', 'why the new values are right')
    .option('--by <name>', "who says so (default: git's user.name)")
    .option('--config <file>', `settings that name the baseline (default: ${settingsFile} here)`)
    .option('--baseline <file>', 'the baseline (default: the one that the settings name)')
    .option('--part', 'the run is a part: leave the rest of the baseline as it is')
    .option('--date <day>', 'the day (default: today)')
    .action(
      exitWith((file: string, _flags: AcceptFlags, command: { optsWithGlobals: () => AcceptFlags }) =>
        acceptCommand(file, command.optsWithGlobals(), io),
      ),
    );
};

async function gateCommand(file: string, flags: GateFlags, io: Io): Promise<ExitCode> {
  const { writeBaseline } = flags;
  if (flags.baseline !== undefined && writeBaseline !== undefined) {
    throw new InputError('usage', 'a baseline is either compared with or written', {
      expected: 'either --baseline FILE or --write-baseline FILE',
    });
  }
  if (writeBaseline !== undefined) {
    const run = await readRunDocument(file);
    await writeFileAtomic(writeBaseline, `${JSON.stringify(baselineOf(run), null, 1)}\n`);
    io.err(`baseline of run ${run.name} written to ${writeBaseline}\n`);
    return 0;
  }
  const { settings, baseline } = await settingsOf(flags);
  const today = dayOf(flags);
  const held = await readBaseline(baseline);
  const run = await readRunDocument(file);
  const gate = flags.time === true ? timed(settings) : settings;
  const comparison = flags.time === true ? await timeAgainst(held, run, gate, flags, io) : null;
  const options = { part: flags.part === true, gate, today, comparison };
  const verdict = judge(run, held, options);
  await writeReports(verdict, flags);
  if (flags.json === true) printJson(io, verdict);
  else io.out(flags.github === true ? renderGithub(verdict) : renderGateText(verdict));
  return verdict.status === 'passed' ? 0 : 1;
}

async function acceptCommand(file: string, flags: AcceptFlags, io: Io): Promise<ExitCode> {
  const { settings, baseline } = await settingsOf(flags);
  const part = flags.part === true;
  const run = await readRunDocument(file);
  const before = (await pathExists(baseline)) ? await readBaseline(baseline) : null;
  const today = dayOf(flags);
  const verdict = before === null ? null : judge(run, before, { part, gate: settings, today });
  const by = flags.by ?? (await gitUser());
  const old = before === null || verdict === null ? null : { baseline: before, verdict };
  const accepted = accept(run, old, { on: today, by, reason: flags.reason, part });
  await writeFileAtomic(baseline, `${JSON.stringify(accepted, null, 1)}\n`);
  const [entry] = accepted.accepted;
  io.err(
    `${baseline} moved to run ${run.name} by ${by}: ${entry?.failed ?? 0} worse, ${entry?.better ?? 0} better, ${entry?.unknown ?? 0} new or unknown\n`,
  );
  return 0;
}

/** Who asks for time wants it judged. */
function timed(settings: GateFile): GateFile {
  return settings.time.level === 'off' ? { ...settings, time: { ...settings.time, level: 'error' } } : settings;
}

/** This checkout against the commit of the baseline. @throws InputError where one of them is not what its document says */
async function timeAgainst(
  baseline: Baseline,
  run: RunDocument,
  { time }: GateFile,
  flags: GateFlags,
  io: Io,
): Promise<Comparison> {
  const commit = baseline.kmplab?.commit ?? null;
  if (commit === null) {
    const hint = 'accept a run of a commit as the baseline, with "kmplab gate accept"';
    throw new InputError('unsupported', 'the baseline does not say which commit it was taken by', { hint });
  }
  const progress = new Progress(io, flags.json === true && !io.terminal);
  const files = time.scenarios.length > 0 ? time.scenarios : run.scenarios.map(({ file }) => file);
  const comparison = await compareCommit(commit, {
    root: packageRoot,
    files: [...new Set(files)].map((file) => resolve(packageRoot, file)),
    jobs: defaultJobs(),
    pairs: time.pairs,
    margin: Number(time.margin.replace('%', '')) / 100,
    seed: run.seed,
    libsolv: flags.libsolv === undefined ? null : await provideLibsolv(flags.libsolv, progress.say),
    kmplab: await thisLab(),
    onProgress: progress.say,
  });
  progress.done();
  const { moduleSha256 } = run.environment.libsolv;
  if (comparison.b.libsolv.moduleSha256 !== moduleSha256)
    throw new InputError(
      'unsupported',
      `the run was made with another libsolv than the one here: ${libsolvName(run.environment.libsolv)}`,
      {
        hint: 'say --libsolv as the run did',
      },
    );
  if (comparison.a.libsolv.moduleSha256 !== baseline.libsolv.moduleSha256)
    throw new InputError(
      'unsupported',
      `commit ${commit} builds another module here than the baseline was taken with`,
      {
        hint: 'take the baseline with the compiler of this machine, and without --libsolv',
      },
    );
  return comparison;
}

/** How strict, and against what. @throws InputError where no baseline is named, or the settings are not right */
async function settingsOf(
  flags: Pick<GateFlags, 'config' | 'baseline'>,
): Promise<{ readonly settings: GateFile; readonly baseline: string }> {
  const file = flags.config ?? ((await pathExists(settingsFile)) ? settingsFile : null);
  const settings = file === null ? strictGate : await readGateFile(file);
  const named = settings.baseline === undefined ? undefined : join(dirname(file ?? '.'), settings.baseline);
  const baseline = flags.baseline ?? named;
  if (baseline === undefined) {
    throw new InputError('usage', 'the gate needs a baseline to compare with, or one to write', {
      expected: `--baseline FILE, --write-baseline FILE, or "baseline" in ${settingsFile}`,
    });
  }
  return { settings, baseline };
}

/** @throws InputError where it is no day */
function dayOf({ date }: Pick<GateFlags, 'date'>): string {
  const day = date ?? new Date().toISOString().slice(0, 10);
  const read = new Date(`${day}T00:00:00Z`);
  if (!/^\d{4}-\d\d-\d\d$/.test(day) || Number.isNaN(read.getTime()) || !read.toISOString().startsWith(day))
    throw new InputError('usage', `"${day}" is no day`, { expected: 'a day as 2026-11-21' });
  return day;
}

async function gitUser(): Promise<string> {
  try {
    const { stdout } = await promisify(execFile)('git', ['config', 'user.name']);
    if (stdout.trim() !== '') return stdout.trim();
  } catch {
    // No git, or nobody is named.
  }
  throw new InputError('usage', 'nobody is named who accepts this', { hint: 'say --by NAME' });
}

async function writeReports(verdict: GateVerdict, { junit, sarif, markdown }: GateFlags): Promise<void> {
  if (junit !== undefined) await writeFileAtomic(junit, renderJunit(verdict));
  if (sarif !== undefined) await writeFileAtomic(sarif, renderSarif(verdict));
  if (markdown !== undefined) await writeFileAtomic(markdown, renderMarkdown(verdict));
}
