import { InputError } from '#errors';
import type { KernelBuild } from '#kernel';
import { hardwareNamed, kernelNamed, supportCheck } from '#run';
import { supportLines } from '#tell';
import type { Register } from '../command.js';
import { type ExitCode, type Io, printJson } from '../io.js';

interface AuditFlags {
  readonly root?: string;
  readonly rpmList?: string;
  readonly repo?: readonly string[];
  readonly hardware?: string;
  readonly kernel?: readonly string[];
  readonly json?: boolean;
}

export const registerAudit: Register = (program, { io, exitWith }) => {
  program
    .command('audit')
    .description('check that every installed driver package fits each installed kernel and is supported')
    .option('--root <dir>', 'root of a system: its rpm database is read, and its /lib/modules')
    .option('--rpm-list <file>', 'a list of installed packages, one a line, instead of a root')
    .option('--repo <dir...>', 'rpm-md repositories that state the dependencies of the listed packages')
    .option('--hardware <profile>', 'with --root: a ready profile, or the file of one, whose devices must be driven')
    .option('--kernel <kernel...>', 'kernel builds that say which kernel modules are supported')
    .option('--json', 'print the result as JSON')
    .addHelpText(
      'after',
      `
Exits with 0 when all is well, with 1 when a driver package does not fit a kernel, is unsupported or is not known, with 2 for wrong input.
Nothing of the root is executed.

Examples:
  kmplab audit --root /
  kmplab audit --root /mnt --hardware server-intel --json
  rpm -qa --qf '%{NEVRA}\\t%{VENDOR}\\n' > installed.txt
  kmplab audit --rpm-list installed.txt --repo /srv/repo/base /srv/repo/update`,
    )
    .action(exitWith((flags: AuditFlags) => auditCommand(flags, io)));
};

async function auditCommand(flags: AuditFlags, io: Io): Promise<ExitCode> {
  const { root, rpmList, repo = [], hardware, kernel = [] } = flags;
  checkUsage(flags);
  const builds: KernelBuild[] = [];
  for (const name of kernel) builds.push(await kernelNamed(name));
  const result = await supportCheck({
    root: root ?? null,
    list: rpmList ?? null,
    repositories: repo,
    hardware: hardware === undefined ? null : await hardwareNamed(hardware),
    builds,
  });
  if (flags.json === true) printJson(io, result);
  else
    io.out(
      supportLines(result)
        .map((line) => `${line}\n`)
        .join(''),
    );
  return result.faults.length === 0 ? 0 : 1;
}

function checkUsage({ root, rpmList, repo = [], hardware }: AuditFlags): void {
  if ((root === undefined) === (rpmList === undefined)) {
    throw new InputError('usage', 'the audit needs a system to look at', {
      expected: 'either --root DIR or --rpm-list FILE',
    });
  }
  if (rpmList !== undefined && repo.length === 0) {
    throw new InputError('usage', 'a list says nothing of dependencies', { hint: 'name repositories with --repo' });
  }
  if (rpmList !== undefined && hardware !== undefined) {
    throw new InputError('usage', 'a list says nothing of files, so that no device can be checked', {
      hint: 'use --root',
    });
  }
}
