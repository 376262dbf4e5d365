import type { StatedPackage } from '#audit';
import { InputError } from '#errors';
import { readInputText } from '#files';
import { metadataOf, readRepository } from '#repomd';
import { type RepositoryPackage, repositoryPackages } from '#solve';
import { inFreshInstance } from '../instances.js';

const limitBytes = 64 << 20;
const linesMax = 200_000;

export interface ListedPackage {
  readonly name: string;
  /** Null where the list gives none: `rpm -qa` alone never does. */
  readonly epoch: number | null;
  /** `version-release` */
  readonly versionRelease: string;
  readonly arch: string;
  readonly vendor: string | null;
}

/**
 * A list of installed packages: `name-[epoch:]version-release.arch` on each line, as `rpm -qa` prints them, and after a tab or blanks the
 * vendor where one is given. Empty lines and comments (`#`) are skipped, and so are signing keys.
 *
 * @throws InputError with file and line
 */
export function parseRpmList(text: string, file: string): ListedPackage[] {
  const lines = text.split(/\r?\n/);
  if (lines.length > linesMax) throw new InputError('too-large', `more than ${linesMax} lines are no system`, { file });
  return lines.flatMap((line, index) => {
    if (/^\s*(#|$)/.test(line) || line.startsWith('gpg-pubkey-')) return [];
    const parts =
      /^([A-Za-z0-9_][A-Za-z0-9._+-]*)-(?:(\d{1,10}):)?([^\s:-]+-[^\s:-]+)\.([A-Za-z0-9_]+)(?:\s+(\S.*))?$/.exec(
        line.slice(0, 4096).trim(),
      );
    const [, name, epoch, versionRelease, arch, vendor] = parts ?? [];
    if (name === undefined || versionRelease === undefined || arch === undefined) {
      throw new InputError('invalid', 'this is no package', {
        file,
        place: { line: index + 1 },
        expected: 'name-version-release.arch, and a vendor after it where there is one',
        hint: 'make the list with: rpm -qa --qf "%{NEVRA}\\t%{VENDOR}\\n"',
      });
    }
    const stated = vendor === undefined || vendor === '(none)' ? null : vendor.trim();
    return [{ name, epoch: epoch === undefined ? null : Number(epoch), versionRelease, arch, vendor: stated }];
  });
}

export interface ListedSystem {
  readonly packages: readonly StatedPackage[];
  /** Packages that no repository has, so that nothing is known of their dependencies. */
  readonly unknown: readonly ListedPackage[];
}

/** The listed packages with the dependencies that repositories state for them. */
export async function readRpmList(file: string, repositories: readonly string[]): Promise<ListedSystem> {
  const listed = parseRpmList(
    await readInputText(file, { limitBytes, expected: 'a list of installed packages' }),
    file,
  );
  const wanted = new Set(listed.map(keyOf));
  const found = new Map<string, RepositoryPackage>();
  for (const directory of repositories) {
    const primary = metadataOf(await readRepository(directory), 'primary');
    const packages = await inFreshInstance((libsolv) =>
      repositoryPackages(libsolv, { primary, repository: directory }, (pkg) => wanted.has(keyOf(cut(pkg)))),
    );
    for (const pkg of packages) found.set(keyOf(cut(pkg)), pkg);
  }
  const isKnown = (listedPackage: ListedPackage): boolean => {
    const inRepository = found.get(keyOf(listedPackage));
    return (
      inRepository !== undefined && (listedPackage.epoch === null || listedPackage.epoch === cut(inRepository).epoch)
    );
  };
  return {
    unknown: listed.filter((listedPackage) => !isKnown(listedPackage)),
    packages: listed.filter(isKnown).flatMap((listedPackage): StatedPackage[] => {
      const inRepository = found.get(keyOf(listedPackage));
      if (inRepository === undefined) return [];
      const { vendor, ...stated } = inRepository;
      return [{ ...stated, vendor: listedPackage.vendor ?? vendor, files: null }];
    }),
  };
}

function keyOf({ name, versionRelease, arch }: Pick<ListedPackage, 'name' | 'versionRelease' | 'arch'>): string {
  return `${name}-${versionRelease}.${arch}`;
}

function cut({ name, evr, arch }: Pick<RepositoryPackage, 'name' | 'evr' | 'arch'>): Omit<ListedPackage, 'vendor'> {
  const [, epoch, versionRelease = evr] = /^(?:(\d+):)?(.*)$/.exec(evr) ?? [];
  return { name, epoch: Number(epoch ?? 0), versionRelease, arch };
}

/** Whether a package's name says that it has kernel modules: it must not pass unseen. */
export function soundsLikeDriver({ name }: ListedPackage): boolean {
  return /-kmp-|^kmod-|^kernel-/.test(name);
}
