import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { XMLParser } from 'fast-xml-parser';
import { type ZyppConf, zyppConfDefaults } from '#solve';
import { tool } from './clients.js';

export interface ZypperOutcome {
  readonly status: 'solved' | 'unsolvable';
  /** `+name-edition.arch`, `-…`, sorted; a package replaced by its own new version is `+new` and `-old`. */
  readonly steps: readonly string[];
  readonly printed: string;
}

export interface ZypperCommit {
  readonly code: number;
  readonly printed: string;
}

/** Where libzypp looks. Debian's rpm would use the caller's home. */
const database = '/var/lib/rpm';

/**
 * A system with another zypper, which `tools/zypper-today.sh` sets up; none: the machine's own zypper. It sees the machine's directory of
 * temporary files, where roots and repositories lie, in its own place.
 */
const otherSystem = process.env['KMPLAB_ZYPPER_SYSTEM'] ?? '';

function zypperCommand(args: readonly string[], env: NodeJS.ProcessEnv): Promise<string> {
  if (otherSystem === '') return tool('zypper', args, env);
  const script = 'mount --bind "$1" "$0$1" && system="$0" && shift && exec chroot "$system" zypper "$@"';
  return tool('unshare', ['--mount', 'sh', '-c', script, otherSystem, tmpdir(), ...args], env);
}

/** `1.14.42` */
export async function zypperVersion(): Promise<string> {
  return (await zypperCommand(['--version'], {})).replace(/^zypper\s+/, '').trim();
}

/** A system in a directory of its own: real rpm database, real zypper, nothing of the machine's. */
export class ZypperRoot {
  readonly #root: string;

  private constructor(root: string) {
    this.#root = root;
  }

  static async create(root: string): Promise<ZypperRoot> {
    await mkdir(join(root, 'etc/zypp/repos.d'), { recursive: true });
    await mkdir(join(root, 'var/lib/rpm'), { recursive: true });
    await tool('rpm', ['--root', root, '--dbpath', database, '--initdb']);
    const made = new ZypperRoot(root);
    await made.configure({});
    return made;
  }

  /**
   * zypp.conf: as SUSE ships it, but for what is given. Debian's package has none. libzypp takes `$ZYPP_CONF` as it stands, and since 17.30.0
   * (commit 2855f4e9b) once more, below the root, for the solver's settings: it has to lie in both places.
   */
  async configure(conf: ZyppConf): Promise<void> {
    const settings = Object.entries({ ...zyppConfDefaults, ...conf }).map(([key, value]) => `${key} = ${value}\n`);
    for (const file of [this.#conf, join(this.#root, this.#conf)]) {
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, `[main]\n${settings.join('')}`);
    }
  }

  get #conf(): string {
    return join(this.#root, 'etc/zypp/zypp.conf');
  }

  /** Which installed packages nobody asked for. libzypp takes its history for the answer where this file is missing. */
  async setAutoInstalled(names: readonly string[]): Promise<void> {
    await mkdir(join(this.#root, 'var/lib/zypp'), { recursive: true });
    await writeFile(join(this.#root, 'var/lib/zypp/AutoInstalled'), names.map((name) => `${name}\n`).join(''));
  }

  /** Vendors that count as one, each list a file. */
  async vendors(groups: readonly (readonly string[])[]): Promise<void> {
    const directory = join(this.#root, 'etc/zypp/vendors.d');
    await mkdir(directory, { recursive: true });
    for (const [index, group] of groups.entries())
      await writeFile(join(directory, `group${index}`), `[main]\nvendors = ${group.join(',')}\n`);
  }

  async lock(patterns: readonly string[]): Promise<void> {
    await writeFile(
      join(this.#root, 'etc/zypp/locks'),
      patterns
        .map((name) => `\ntype: package\nmatch_type: glob\ncase_sensitive: on\nsolvable_name: ${name}\n`)
        .join('\n'),
    );
  }

  async install(rpms: readonly string[]): Promise<void> {
    if (rpms.length === 0) return;
    const flags = ['--justdb', '--nodeps', '--noscripts', '--ignorearch', '--oldpackage'];
    await tool('rpm', ['--root', this.#root, '--dbpath', database, '-i', ...flags, ...rpms]);
  }

  async addRepository(name: string, directory: string, priority = 99): Promise<void> {
    const options = ['--type', 'rpm-md', '--no-gpgcheck', '--priority', String(priority)];
    await this.#zypper(['addrepo', ...options, `dir:${directory}`, name]);
    await this.#zypper(['refresh', name]);
  }

  /** Takes packages out of the rpm database, by `name-version-release.arch`. */
  async remove(nevras: readonly string[]): Promise<void> {
    await tool('rpm', [
      '--root',
      this.#root,
      '--dbpath',
      database,
      '-e',
      '--justdb',
      '--nodeps',
      '--noscripts',
      ...nevras,
    ]);
  }

  /**
   * One request, carried out: packages fetched in advance, as YaST and most installations do, so that a conflict of files is found before the
   * first package is touched. Returns zypper's exit code: 0, 8 where the commit failed, 4 where there is no solution, 104 for what is unknown.
   */
  async commit(args: readonly string[], modaliasFile: string, env: NodeJS.ProcessEnv = {}): Promise<ZypperCommit> {
    const [verb = '', ...rest] = args;
    const inAdvance = verb === 'rm' || verb === 'purge-kernels' ? [] : ['--download-in-advance'];
    try {
      const printed = await this.#zypper([verb, ...inAdvance, ...rest], { ZYPP_MODALIAS_SYSFS: modaliasFile, ...env });
      return { code: 0, printed };
    } catch (error) {
      if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'number') throw error;
      return { code: error.code, printed: 'stdout' in error ? String(error.stdout) : '' };
    }
  }

  /** Every package of the rpm database, sorted. */
  async installedNevras(): Promise<string[]> {
    const format = '%{NAME}-%{VERSION}-%{RELEASE}.%{ARCH}\\n';
    const printed = await tool('rpm', ['--root', this.#root, '--dbpath', database, '-qa', '--queryformat', format]);
    return printed
      .split('\n')
      .filter((line) => line !== '')
      .sort();
  }

  /** Really installs RPM files, files and all. */
  async installForGood(rpms: readonly string[]): Promise<void> {
    const flags = ['--nodeps', '--noscripts', '--ignorearch', '--oldpackage'];
    await tool('rpm', ['--root', this.#root, '--dbpath', database, '-i', ...flags, ...rpms]);
  }

  /** Paths of the files below these directories, sorted. */
  async filesBelow(directories: readonly string[]): Promise<string[]> {
    const found: string[] = [];
    for (const directory of directories) {
      const at = join(this.#root, directory);
      const entries = await readdir(at, { recursive: true, withFileTypes: true }).catch(() => []);
      for (const entry of entries)
        if (!entry.isDirectory()) found.push(join(entry.parentPath, entry.name).slice(this.#root.length));
    }
    return found.sort();
  }

  /** Leaves only these repositories in reach. */
  async enableOnly(names: readonly string[]): Promise<void> {
    await this.#zypper(['modifyrepo', '--disable', '--all']);
    if (names.length > 0) await this.#zypper(['modifyrepo', '--enable', ...names]);
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
  async dryRun(args: readonly string[], modaliasFile: string, env: NodeJS.ProcessEnv = {}): Promise<ZypperOutcome> {
    const [verb = '', ...rest] = args;
    let printed: string;
    try {
      printed = await this.#zypper([verb, '--dry-run', ...rest], { ZYPP_MODALIAS_SYSFS: modaliasFile, ...env });
    } catch (error) {
      const stdout = error instanceof Error && 'stdout' in error ? String(error.stdout) : '';
      // zypper cancels at the first question it may not answer itself: how to solve a problem.
      // It does not even ask the solver for what nothing in reach provides.
      const unknown = /(?:No provider of|Package) .* (?:found|not found)\./.test(stdout);
      if (!stdout.includes('<prompt') && !/[Pp]roblem/.test(stdout) && !unknown) throw error;
      // Where it shows what it would do and asks whether to, as it does for patches that need a reboot, it has solved it.
      const ended = !stdout.includes('<install-summary') && !stdout.includes('Nothing to do.');
      if (ended) return { status: 'unsolvable', steps: [], printed: stdout };
      printed = stdout;
    }
    return { status: /Problem: /.test(printed) ? 'unsolvable' : 'solved', steps: stepsOf(printed), printed };
  }

  /**
   * What `--debug-solver` writes for one request, in a directory. zypper knows one place for it, which may hold the machine's own: it gets
   * another one in a mount namespace.
   */
  async debugSolver(args: readonly string[], modaliasFile: string): Promise<string> {
    const [verb = '', ...rest] = args;
    const logs = join(this.#root, 'var/log');
    await mkdir(logs, { recursive: true });
    const request = ['--root', this.#root, '--non-interactive', '--no-gpg-checks', verb, '--debug-solver', ...rest];
    const script = 'mount --bind "$0" /var/log && exec zypper "$@"';
    await tool('unshare', ['--mount', 'sh', '-c', script, logs, ...request], {
      ZYPP_CONF: this.#conf,
      ZYPP_MODALIAS_SYSFS: modaliasFile,
    });
    return join(logs, 'zypper.solverTestCase');
  }

  #zypper(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<string> {
    // Its lock is of this root too: roots are worked on beside each other.
    const conf = { ZYPP_CONF: this.#conf, ZYPP_LOCKFILE_ROOT: this.#root };
    const all = ['--xmlout', '--root', this.#root, '--non-interactive', '--no-gpg-checks', ...args];
    return zypperCommand(all, { ...conf, ...env });
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
  // What is upgraded to another vendor's package is listed under both headings.
  const steps = [
    ...of('to-install').map((one) => `+${text(one)}`),
    ...of('to-remove').map((one) => `-${text(one)}`),
    ...replaced.flatMap((one) => [
      `+${text(one)}`,
      `-${one.name}-${one['edition-old'] ?? one.edition}.${one['arch-old'] ?? one.arch}`,
    ]),
  ];
  return [...new Set(steps)].sort();
}
