import { mkdir } from 'node:fs/promises';
import { nevra, type RpmPackage } from '#rpm';
import { buildEmptyRpms, tool } from './clients.js';

/** Headings of the sections of dnf's table. What it would only install again changes nothing. */
const comes = /^(Installing|Upgrading|Downgrading)/;
const replaces = /^(Upgrading|Downgrading)/;
const goes = /^Removing/;

/** A system in a directory of its own under real dnf: nothing of the machine's but its rpm, whose database dnf looks for where rpm does. */
export class DnfRoot {
  readonly #root: string;
  readonly #repositories: string[] = [];
  #installed: readonly RpmPackage[] = [];

  private constructor(root: string) {
    this.#root = root;
  }

  static async create(root: string): Promise<DnfRoot> {
    await mkdir(root, { recursive: true });
    return new DnfRoot(root);
  }

  /** Puts packages into the rpm database, built as empty RPMs in a directory. */
  async install(packages: readonly RpmPackage[], directory: string): Promise<void> {
    const rpms = await buildEmptyRpms(packages, directory);
    await tool('rpm', ['--root', this.#root, '-i', '--justdb', '--nodeps', '--noscripts', '--ignorearch', ...rpms]);
    this.#installed = [...this.#installed, ...packages];
  }

  addRepository(name: string, directory: string): void {
    this.#repositories.push(`--repofrompath=${name},${directory}`, `--repo=${name}`);
  }

  async repoquery(...args: readonly string[]): Promise<string[]> {
    const printed = await this.#dnf(['--quiet', 'repoquery', ...args]);
    return printed.trim().split('\n');
  }

  /** What one request would do: `+name-version.arch` and `-…`, sorted. */
  async dryRun(...request: readonly string[]): Promise<DnfOutcome> {
    // dnf exits with 1 where it was not allowed to go on, too: what it would do is in what it prints.
    const printed = await this.#dnf(['--assumeno', ...request]).catch((error: unknown) => outputOf(error));
    return { status: /^Error: *$/m.test(printed) ? 'unsolvable' : 'solved', steps: this.#stepsOf(printed), printed };
  }

  /** Notes that packages came as dependencies only: `remove` may take them along once nobody needs them. */
  async markAsDependencies(names: readonly string[]): Promise<void> {
    await this.#dnf(['mark', 'remove', ...names]);
  }

  /** dnf breaks a line behind a name that is long. Of what it upgrades it prints the new version alone. */
  #stepsOf(printed: string): string[] {
    const [, table = ''] = printed.split('Dependencies resolved.');
    const steps = table.split(/^(?=[A-Z][a-z ]+:$)/m).flatMap((section) => {
      const sign = comes.test(section) ? '+' : goes.test(section) ? '-' : null;
      if (sign === null) return [];
      const rows = section.matchAll(/^ (\S+)\s+(x86_64|noarch)\s+(\S+)\s+\S+\s+\d/gm);
      return [...rows].flatMap(([, name, arch, evr]) => {
        const replaced = replaces.test(section) ? this.#installed.filter((one) => one.name === name) : [];
        return [`${sign}${name}-${evr}.${arch}`, ...replaced.map((one) => `-${nevra(one)}`)];
      });
    });
    return steps.sort();
  }

  #dnf(args: readonly string[]): Promise<string> {
    return tool('dnf', [
      ...['--installroot', this.#root, '--releasever=1', '--forcearch=x86_64', '--nogpgcheck', '--noplugins'],
      '--setopt=reposdir=/nonexistent',
      ...this.#repositories,
      ...args,
    ]);
  }
}

export interface DnfOutcome {
  readonly status: 'solved' | 'unsolvable';
  readonly steps: readonly string[];
  readonly printed: string;
}

function outputOf(error: unknown): string {
  if (!(error instanceof Error && 'stdout' in error && 'stderr' in error)) throw error;
  return `${error.stdout}${error.stderr}`;
}
