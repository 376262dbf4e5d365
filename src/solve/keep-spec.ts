import { compareEvr, type Evr, parseEvr } from '#rpm';

/** `multiversion.kernels` of zypp.conf, taken apart (PurgeKernels::parseKeepSpec). */
export interface KeepSpec {
  readonly running: boolean;
  /** `latest-1` is 1. */
  readonly latest: ReadonlySet<number>;
  /** `oldest+1` is 1. */
  readonly oldest: ReadonlySet<number>;
  readonly editions: readonly Evr[];
}

/**
 * A word that is no keyword is the edition of a kernel, of whose parts between dashes the third and later ones are a flavor and do not count
 * (libzypp dcb9b51d3). `latest+1` and `oldest-1` keep nothing; commas without a word are nothing. Null for an empty text, which removes
 * nothing; a text of commas alone is `latest,running`. All as in libzypp.
 */
export function parseKeepSpec(text: string): KeepSpec | null {
  if (text === '') return null;
  const stated = text.split(',').flatMap((part) => (part.trim() === '' ? [] : [part.trim()]));
  const words = stated.length === 0 ? ['latest', 'running'] : stated;
  const spec = { running: false, latest: new Set<number>(), oldest: new Set<number>(), editions: [] as Evr[] };
  for (const word of words) {
    const [, end, offset = '0'] = /^(latest|oldest)([+-]\d+)?$/.exec(word) ?? [];
    const distance = Number(offset);
    if (word === 'running') spec.running = true;
    else if (end === 'latest' && distance <= 0) spec.latest.add(-distance);
    else if (end === 'oldest' && distance >= 0) spec.oldest.add(distance);
    else if (end === undefined) spec.editions.push(parseEvr(word.split('-').slice(0, 2).join('-')));
  }
  return spec;
}

/** Equal with everything in it: to libzypp `6.1.13` is not the edition of `6.1.13-1`. */
export function isSameEdition(a: Evr, b: Evr): boolean {
  return (a.release === null) === (b.release === null) && compareEvr(a, b) === 0;
}

/** What `uname -r` says of the running kernel (PurgeKernels::setUnameR): `5.3.18-59.5-default`. */
export interface RunningKernel {
  readonly flavor: string;
  /** Two of them, because `-rc` became `.rc` in packages of old and `~rc` in packages of new. */
  readonly editions: readonly Evr[];
}

export function parseUname(uname: string): RunningKernel {
  const [, versionAndRelease = uname, flavor = uname] = /^(.*)-([^-]*)$/.exec(uname) ?? [];
  const [, base = versionAndRelease, release = versionAndRelease] = /^(.*)-([^-]*)$/.exec(versionAndRelease) ?? [];
  const editions = ['~rc', '.rc'].map((candidate) => {
    const version = base
      .replace(/\.0-rc/, candidate)
      .replace(/-rc\d+/, '')
      .replaceAll('-', '.');
    return { epoch: 0, version, release };
  });
  return { flavor, editions };
}

/** Whether an edition is the wanted one, or the wanted one with a rebuild counter behind it (PurgeKernels::versionMatch). */
export function isEdition(wanted: Evr, found: Evr): boolean {
  if (compareEvr(wanted, found) === 0) return true;
  const release = found.release?.replace(/\.[0-9]+($|\.g[0-9a-f]{7}$)/, '$1') ?? null;
  return release !== found.release && compareEvr(wanted, { ...found, release }) === 0;
}
