import { Argument, Option } from 'commander';
import { hardwareNamed, solveOnce, whyOnce, writeTestcase } from '#run';
import { verbs } from '#scenario';
import type { Register } from '../command.js';
import { type ExitCode, type Io, printJson } from '../io.js';
import { addRequestOptions, type RequestFlags, requestOf } from '../request-options.js';
import { outcomeText } from '../text/outcome-text.js';
import { whyText } from '../text/why-text.js';

interface SolveFlags extends RequestFlags {
  readonly repo: readonly string[];
  readonly installed?: string;
  readonly hardware?: string;
  readonly arch: string;
  readonly lock?: readonly string[];
  readonly running?: string;
  readonly exportTestcase?: string;
  readonly why?: string;
  readonly json?: boolean;
}

export const registerSolve: Register = (program, { io, exitWith }) => {
  const command = program
    .command('solve')
    .description('solve one request over repositories on disk, as zypper would')
    .addArgument(new Argument('<verb>', "zypper's verb").choices(verbs))
    .argument('[name...]', 'package names or capabilities')
    .addOption(new Option('--repo <dir...>', 'rpm-md repositories in reach').makeOptionMandatory())
    .option('--installed <dir>', 'rpm-md repository whose packages are all installed (default: nothing is)')
    .option('--hardware <profile>', 'a ready profile, or the file of one')
    .option('--arch <arch>', 'architecture of the machine', 'x86_64')
    .option('--lock <name...>', 'packages that must stay as they are, as "zypper addlock" keeps them')
    .option('--running <release>', 'the running kernel, which "purge-kernels" keeps');
  addRequestOptions(command)
    .option('--export-testcase <dir>', 'also write the solve as a libsolv testcase, for testsolv to replay')
    .option('--why <name>', 'say why a package, a version of it or a capability is there in the end, or is not')
    .option('--json', 'print outcome and counters as JSON')
    .addHelpText(
      'after',
      `
Exits with 0 when there is a solution, with 1 when there is none.

Examples:
  kmplab solve in kernel-default --repo /tmp/repo --hardware kvm-guest
  kmplab solve in kernel-default --repo /tmp/repo --hardware kvm-guest --why virtio_net-kmp-default
  kmplab solve up --repo /tmp/repo /tmp/update --installed /tmp/repo --json`,
    )
    .action(exitWith((verb: string, names: string[], flags: SolveFlags) => solveCommand(verb, names, flags, io)));
};

async function solveCommand(verb: string, names: string[], flags: SolveFlags, io: Io): Promise<ExitCode> {
  const { repo, installed, hardware, arch, lock = [], running, exportTestcase } = flags;
  const options = {
    repositories: repo,
    installed: installed ?? null,
    hardware: hardware === undefined ? null : await hardwareNamed(hardware),
    arch,
    locks: lock,
    running: running ?? null,
    request: requestOf(verb, names, flags),
  };
  if (exportTestcase !== undefined) await writeTestcase(options, exportTestcase);
  if (flags.why !== undefined) {
    const { solved, why } = await whyOnce(options, flags.why);
    if (flags.json === true) printJson(io, why);
    else io.out(whyText(why));
    return solved ? 0 : 1;
  }
  const solved = await solveOnce(options);
  if (flags.json === true) printJson(io, solved);
  else io.out(outcomeText(solved.outcome, solved.counters));
  return solved.outcome.status === 'solved' ? 0 : 1;
}
