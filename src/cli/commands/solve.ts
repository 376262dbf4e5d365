import { Argument, InvalidArgumentError } from 'commander';
import { InputError } from '#errors';
import { defaultLimitOpenBytes } from '#repomd';
import {
  hardwareNamed,
  provideLibsolv,
  readAutoInstalled,
  readZyppConf,
  type SolveOnceOptions,
  solveOnce,
  whyOnce,
  withBound,
  withLibsolv,
  writeTestcase,
} from '#run';
import type { Environment } from '#run-document';
import { verbs } from '#scenario';
import { libsolvName, noAnswerLines, outcomeText, whyText } from '#tell';
import { addBoundOptions, type BoundFlags, boundOf } from '../bound-options.js';
import type { Register } from '../command.js';
import { type ExitCode, type Io, printJson } from '../io.js';
import { libsolvOption } from '../libsolv-option.js';
import { positive } from '../numbers.js';
import { OutputOption } from '../output-option.js';
import { Progress } from '../progress.js';
import { addRequestOptions, type RequestFlags, requestOf } from '../request-options.js';
import { type QuestionFlags, solveQuestion } from './solve-question.js';

interface SolveFlags extends RequestFlags, BoundFlags, Omit<QuestionFlags, 'allowUninstall' | 'recommends'> {
  readonly repo?: readonly string[];
  readonly priority?: readonly string[];
  readonly autoInstalled?: string;
  readonly zyppConf?: string;
  readonly installed?: string;
  readonly hardware?: string;
  readonly arch: string;
  readonly lock?: readonly string[];
  readonly running?: string;
  readonly exportTestcase?: string;
  readonly why?: string;
  readonly json?: boolean;
  readonly libsolv?: string;
  readonly metadata: number;
}

export const registerSolve: Register = (program, { io, exitWith }) => {
  const command = program
    .command('solve')
    .description(
      'solve one request, as zypper would, over repositories on disk or kernel builds that are packaged for it',
    )
    .addArgument(new Argument('<verb>', "zypper's verb").choices(verbs))
    .argument('[name...]', 'package names or capabilities')
    .option('--repo <dir...>', 'rpm-md repositories in reach; needed by every verb but rm and purge-kernels')
    .option('--priority <dir=n...>', 'priorities of repositories, the lowest is the best (default: 99)')
    .option('--installed <dir>', 'rpm-md repository whose packages are all installed (default: nothing is)')
    .option('--hardware <profile>', 'a ready profile, or the file of one')
    .option(
      '--metadata <MB>',
      'refuse a repository whose metadata unpack to more; thirty whole kernels need 800, and reading takes twice that',
      metadataMegabytes,
      Math.ceil(defaultLimitOpenBytes / 1e6),
    )
    .option('--arch <arch>', 'architecture of the machine', 'x86_64')
    .option('--lock <name...>', 'packages that must stay as they are, as "zypper addlock" keeps them')
    .option('--running <release>', 'the running kernel, which "purge-kernels" keeps')
    .option('--auto-installed <file>', 'names of what nobody asked for, as /var/lib/zypp/AutoInstalled')
    .option('--zypp-conf <file>', 'settings of the solver, as /etc/zypp/zypp.conf')
    .option('--kernel <kernel...>', 'instead of repositories: kernel builds in reach, oldest first')
    .option('--scheme <scheme>', 'with --kernel: the design that they are packaged under (default: modular)')
    .option(
      '--had <name...>',
      'with --kernel: what the machine was installed with from the first of them (default: nothing)',
    )
    .option('--withhold <name...>', 'with --kernel: packages of the last of them that are not there')
    .option('--change <symbol...>', 'with --kernel: symbols that have another checksum in the last of them')
    .option('--swap <device=modalias...>', 'with --kernel: devices that are exchanged before the request');
  addBoundOptions(addRequestOptions(command))
    .addOption(
      new OutputOption(
        '--export-testcase <dir>',
        'also write the solve as a libsolv testcase, for testsolv to replay',
        { mayReplace: () => false },
      ),
    )
    .option('--why <name>', 'say why a package, a version of it or a capability is there in the end, or is not')
    .addOption(libsolvOption())
    .option('--json', 'print outcome, counters and which libsolv answered as JSON')
    .addHelpText(
      'after',
      `
Exits with 0 when there is a solution, with 1 when there is none, when nothing is called by a name that was given, or when the
request was ended by --timeout or --memory.

Examples:
  kmplab solve in kernel-default --repo /tmp/repo --hardware kvm-guest
  kmplab solve in kernel-default --repo /tmp/repo --hardware kvm-guest --why virtio_net-kmp-default
  kmplab solve up --repo /tmp/repo /tmp/update --installed /tmp/repo --json
  kmplab solve up --kernel debian-6.1.0-52-amd64 debian-6.1.0-53-amd64 --had kernel-default base-system --hardware laptop-e1000e`,
    )
    .action(exitWith((verb: string, names: string[], flags: SolveFlags) => solveCommand(verb, names, flags, io)));
};

async function solveCommand(verb: string, names: string[], flags: SolveFlags, io: Io): Promise<ExitCode> {
  const solveIt = () =>
    withBound(boundOf(flags), () =>
      flags.kernel === undefined ? solveAndTell(verb, names, flags, io) : solveQuestion(verb, names, flags, io),
    );
  if (flags.libsolv === undefined) return solveIt();
  const progress = new Progress(io, flags.json === true && !io.terminal);
  const libsolv = await provideLibsolv(flags.libsolv, progress.say);
  progress.done();
  return withLibsolv(libsolv, solveIt);
}

async function solveAndTell(verb: string, names: string[], flags: SolveFlags, io: Io): Promise<ExitCode> {
  const { repo = [], installed, hardware, arch, lock = [], running, exportTestcase } = flags;
  if (repo.length === 0 && verb !== 'rm' && verb !== 'purge-kernels')
    throw new InputError('usage', `"${verb}" looks at repositories`, {
      hint: 'say --repo DIR, once or several times, or --kernel',
    });
  const options = {
    repositories: repo,
    priorities: prioritiesOf(flags.priority ?? [], repo),
    autoInstalled: flags.autoInstalled === undefined ? null : await readAutoInstalled(flags.autoInstalled),
    zyppConf: flags.zyppConf === undefined ? {} : await readZyppConf(flags.zyppConf),
    installed: installed ?? null,
    hardware: hardware === undefined ? null : await hardwareNamed(hardware),
    arch,
    locks: lock,
    running: running ?? null,
    request: requestOf(verb, names, flags),
    limitOpenBytes: flags.metadata * 1e6,
  };
  if (exportTestcase !== undefined) await writeTestcase(options, exportTestcase);
  if (flags.why !== undefined) return tellWhy(options, flags.why, { flags, io });
  const solved = await solveOnce(options);
  if (flags.json === true) printJson(io, solved);
  else io.out(`${outcomeText(solved.outcome, solved.counters)}${answeredBy(solved.libsolv, flags)}`);
  const { outcome } = solved;
  return outcome.status === 'solved' && outcome.unknown.length === 0 ? 0 : 1;
}

async function tellWhy(
  options: SolveOnceOptions,
  name: string,
  { flags, io }: { readonly flags: SolveFlags; readonly io: Io },
): Promise<ExitCode> {
  const { libsolv, found } = await whyOnce(options, name);
  const isAnswered = 'why' in found;
  const text = isAnswered ? whyText(found.why) : noAnswerLines(found);
  if (flags.json === true) printJson(io, { ...(isAnswered ? found.why : found), libsolv });
  else io.out(`${text}${answeredBy(libsolv, flags)}`);
  return isAnswered && found.solved ? 0 : 1;
}

/** A user who asked for another libsolv sees which it was. */
function answeredBy(libsolv: Environment['libsolv'], flags: SolveFlags): string {
  return flags.libsolv === undefined ? '' : `answered by libsolv ${libsolvName(libsolv)}\n`;
}

/** @throws InputError `usage` where one is not a number, or of no repository that is in reach */
function prioritiesOf(texts: readonly string[], repositories: readonly string[]): ReadonlyMap<string, number> {
  return new Map(
    texts.map((text) => {
      const [, directory = '', priority] = /^(.+)=(\d{1,9})$/.exec(text) ?? [];
      if (priority === undefined || !repositories.includes(directory)) {
        const expected = `DIR=NUMBER, of ${repositories.join(', ')}`;
        throw new InputError('usage', `"${text}" is no priority of a repository`, { expected });
      }
      return [directory, Number(priority)];
    }),
  );
}

/** What one array of bytes can hold. */
const metadataMax = 2147;

function metadataMegabytes(text: string): number {
  const number = positive(text);
  if (number > metadataMax) throw new InvalidArgumentError(`expected at most ${metadataMax}`);
  return number;
}
