import { execFile } from 'node:child_process';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { XMLParser } from 'fast-xml-parser';
import { type PackageSet, renderSpec } from '#packaging';

const run = promisify(execFile);
const maxBuffer = 2 ** 28;

/** Runs a program; a failure carries what it printed. */
export async function tool(program: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<string> {
  const { stdout } = await run(program, args, { maxBuffer, env: { ...process.env, LC_ALL: 'C', ...env } });
  return stdout;
}

/** What a program said on both channels. */
export async function toolWithErrors(
  program: string,
  args: readonly string[],
): Promise<{ readonly stdout: string; readonly stderr: string }> {
  return run(program, args, { maxBuffer, env: { ...process.env, LC_ALL: 'C' } });
}

/** Has rpmbuild make the packages of a set, without files, and returns their RPM files. */
export async function buildEmptyRpms(set: PackageSet, directory: string): Promise<string[]> {
  const spec = join(directory, 'empty.spec');
  await mkdir(directory, { recursive: true });
  await writeFile(spec, renderSpec(set, { name: 'kernel-empty', dependencies: 'stated', files: false }));
  return rpmbuild(spec, join(directory, 'rpmbuild'));
}

export async function rpmbuild(spec: string, topdir: string, more: readonly string[] = []): Promise<string[]> {
  await tool('rpmbuild', ['-bb', '--quiet', '--define', `_topdir ${topdir}`, ...more, spec]);
  const rpms = join(topdir, 'RPMS');
  const found: string[] = [];
  for (const arch of await readdir(rpms)) {
    for (const file of await readdir(join(rpms, arch))) found.push(join(rpms, arch, file));
  }
  return found.sort();
}

export interface ZypperOutcome {
  readonly status: 'solved' | 'unsolvable';
  /** `+name-edition.arch`, `-…`, sorted; a package replaced by its own new version is `+new` and `-old`. */
  readonly steps: readonly string[];
  readonly printed: string;
}

/** Where libzypp looks. Debian's rpm would use the caller's home. */
const database = '/var/lib/rpm';

/** A system in a directory of its own: real rpm database, real zypper, nothing of the machine's. */
export class ZypperRoot {
  readonly #root: string;

  private constructor(root: string) {
    this.#root = root;
  }

  static async create(root: string): Promise<ZypperRoot> {
    await mkdir(join(root, 'etc/zypp/repos.d'), { recursive: true });
    await mkdir(join(root, 'var/lib/rpm'), { recursive: true });
    // As SUSE ships it; Debian's package does too, but a machine may have changed it.
    await writeFile(join(root, 'etc/zypp/zypp.conf'), '[main]\nmultiversion = provides:multiversion(kernel)\n');
    await tool('rpm', ['--root', root, '--dbpath', database, '--initdb']);
    return new ZypperRoot(root);
  }

  async install(rpms: readonly string[]): Promise<void> {
    const flags = ['--justdb', '--nodeps', '--noscripts', '--ignorearch', '--oldpackage'];
    await tool('rpm', ['--root', this.#root, '--dbpath', database, '-i', ...flags, ...rpms]);
  }

  async addRepository(name: string, directory: string): Promise<void> {
    await this.#zypper(['addrepo', '--type', 'rpm-md', '--no-gpgcheck', `dir:${directory}`, name]);
    await this.#zypper(['refresh', name]);
  }

  async removeRepository(name: string): Promise<void> {
    await this.#zypper(['removerepo', name]);
  }

  /** `id category severity status` of every advisory in reach, sorted. */
  async patches(): Promise<string[]> {
    const printed = await this.#zypper(['list-patches', '--all', '--with-optional']);
    const { stream } = xml.parse(printed);
    const updates: readonly Record<string, string>[] = stream['update-status']['update-list'].update;
    return updates.map((one) => `${one['name']} ${one['category']} ${one['severity'] || '-'} ${one['status']}`).sort();
  }

  /** A dry run of one request, on a machine with these modaliases. */
  async dryRun(args: readonly string[], modaliasFile: string): Promise<ZypperOutcome> {
    const [verb = '', ...rest] = args;
    let printed: string;
    try {
      printed = await this.#zypper([verb, '--dry-run', ...rest], { ZYPP_MODALIAS_SYSFS: modaliasFile });
    } catch (error) {
      const stdout = error instanceof Error && 'stdout' in error ? String(error.stdout) : '';
      // zypper cancels at the first question it may not answer itself: how to solve a problem.
      if (!stdout.includes('<prompt') && !/[Pp]roblem/.test(stdout)) throw error;
      // Where it shows what it would do and asks whether to, as it does for patches that need a reboot, it has solved it.
      if (!stdout.includes('<install-summary')) return { status: 'unsolvable', steps: [], printed: stdout };
      printed = stdout;
    }
    return { status: /Problem: /.test(printed) ? 'unsolvable' : 'solved', steps: stepsOf(printed), printed };
  }

  #zypper(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<string> {
    const conf = { ZYPP_CONF: join(this.#root, 'etc/zypp/zypp.conf') };
    return tool('zypper', ['--xmlout', '--root', this.#root, '--non-interactive', '--no-gpg-checks', ...args], {
      ...conf,
      ...env,
    });
  }
}

interface SolvableNode {
  readonly type: string;
  readonly name: string;
  readonly edition: string;
  readonly arch: string;
  readonly 'edition-old'?: string;
  readonly 'arch-old'?: string;
}

const xml = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '',
  parseTagValue: false,
  isArray: (name) => name === 'solvable' || name === 'update',
});

function stepsOf(printed: string): string[] {
  const summary: Record<string, { solvable?: readonly SolvableNode[] }> =
    xml.parse(printed.replace(/<prompt.*$/s, '</stream>')).stream?.['install-summary'] ?? {};
  // A patch is listed among what is installed, and is nothing that rpm would install.
  const of = (part: string): readonly SolvableNode[] =>
    (summary[part]?.solvable ?? []).filter(({ type }) => type === 'package');
  const text = (one: SolvableNode): string => `${one.name}-${one.edition}.${one.arch}`;
  const replaced = ['to-upgrade', 'to-downgrade', 'to-change-arch', 'to-change-vendor'].flatMap(of);
  return [
    ...of('to-install').map((one) => `+${text(one)}`),
    ...of('to-remove').map((one) => `-${text(one)}`),
    ...replaced.flatMap((one) => [
      `+${text(one)}`,
      `-${one.name}-${one['edition-old'] ?? one.edition}.${one['arch-old'] ?? one.arch}`,
    ]),
  ].sort();
}
