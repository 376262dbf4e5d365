import { invariant } from '#errors';
import type { Dependency, PackageFile, RpmPackage } from '#rpm';
import { type Random, seededRandom } from '#statistics';
import { proportions, type Quantiles } from './proportions.js';

export interface OrdinarySpec {
  readonly packages: number;
  readonly seed: number;
}

/**
 * Ordinary packages of a distribution, made up in Debian's proportions, the most wanted first. Each asks only for such as are wanted more than
 * itself: there are no circles, and any of them can be installed. One after the other, nothing is kept.
 */
export function* ordinaryPackages({ packages, seed }: OrdinarySpec, arch: string): Generator<RpmPackage> {
  const random = seededRandom(seed);
  for (let index = 0; index < packages; index++) yield ordinaryPackage(index, packages, arch, random);
}

const evr = { epoch: 0, version: '1.0', release: '1' } as const;

function ordinaryPackage(index: number, of: number, arch: string, random: Random): RpmPackage {
  const name = ordinaryName(index);
  const packageBytes = drawn(proportions.packageBytes, random);
  const wanted = (count: number): Dependency[] =>
    [...new Set(Array.from({ length: count }, () => wantedIndex(index, of, random)))]
      .filter((target) => target !== null)
      .map((target) => ({
        name: ordinaryName(target),
        range: random.float() < proportions.versioned ? { flag: 'GE', evr } : null,
      }));
  return {
    name,
    evr,
    arch: random.float() < proportions.noarch ? 'noarch' : arch,
    summary: `An ordinary package, of rank ${index + 1} among those that others ask for`,
    description: `Made up in the proportions of ${proportions.source}.`,
    license: 'GPL-2.0-only',
    vendor: '',
    group: '',
    url: '',
    sourceRpm: `${name}-1.0-1.src.rpm`,
    buildTime: 0,
    packageBytes,
    installedBytes: Math.round(packageBytes * proportions.installedPerPackageByte),
    files: ordinaryFiles(name, random),
    changelog: [],
    provides: [
      ...Array.from({ length: drawn(proportions.provides, random) }, (_, at) => ({
        name: `${name}(api-${at})`,
        range: null,
      })),
      { name, range: { flag: 'EQ', evr } },
    ],
    requires: wanted(drawn(proportions.requires, random)),
    recommends: wanted(drawn(proportions.recommends, random)),
    conflicts: [],
    obsoletes: [],
    supplements: [],
    suggests: [],
    enhances: [],
  };
}

function ordinaryName(index: number): string {
  return `ordinary-${String(index).padStart(8, '0')}`;
}

/** A share of them lies where primary.xml lists files too: programs and configuration. */
function ordinaryFiles(name: string, random: Random): PackageFile[] {
  return Array.from({ length: drawn(proportions.files, random) }, (_, at) => ({
    path: random.float() < proportions.primaryFiles ? `/usr/bin/${name}-${at}` : `/usr/share/${name}/part-${at}`,
    kind: 'file',
  }));
}

/** Which package is asked for, by how Debian's are; null where this one is the most wanted of all. */
function wantedIndex(index: number, of: number, random: Random): number | null {
  if (index === 0) return null;
  const scale = proportions.packages / of;
  const share = random.float() * shareUpTo(index * scale);
  return Math.min(index - 1, Math.floor(rankAt(share) / scale));
}

/** Share of all dependencies that go to the packages up to a rank; even over the logarithm of ranks between two that were counted. */
function shareUpTo(rank: number): number {
  const at = proportions.wanted.findIndex(([known]) => known >= rank);
  if (at === 0) return (proportions.wanted[0]?.[1] ?? 0) * rank;
  const [lower, upper] = [proportions.wanted[at - 1], proportions.wanted[at]];
  if (lower === undefined || upper === undefined) return 1;
  return lower[1] + ((upper[1] - lower[1]) * Math.log(rank / lower[0])) / Math.log(upper[0] / lower[0]);
}

/** The other way round. */
function rankAt(share: number): number {
  const at = proportions.wanted.findIndex(([, known]) => known >= share);
  const [lower, upper] = [proportions.wanted[at - 1], proportions.wanted[at]];
  if (lower === undefined || upper === undefined) return 0;
  return lower[0] * (upper[0] / lower[0]) ** ((share - lower[1]) / (upper[1] - lower[1]));
}

/** A whole number, drawn from quantiles. */
function drawn(quantiles: Quantiles, random: Random): number {
  const at = random.float();
  const above = quantiles.findIndex(([quantile]) => quantile > at);
  const [lower, upper] = [quantiles[above - 1], quantiles[above]];
  invariant(lower !== undefined && upper !== undefined, 'quantiles go from 0 to 1');
  return Math.round(lower[1] + ((upper[1] - lower[1]) * (at - lower[0])) / (upper[0] - lower[0]));
}
