import { InputError } from '#errors';
import { type Ordering, rpmvercmp } from './vercmp.js';

/** Epoch, version, release. A dependency may leave the release out (`= 5.14.21`), which then matches every release. */
export interface Evr {
  readonly epoch: number;
  readonly version: string;
  readonly release: string | null;
}

/**
 * Order by epoch, version, release. Where one side has no release, releases do not count: that is right for dependencies, and
 * sorting is meant for packages, which always have one.
 */
export function compareEvr(a: Evr, b: Evr): Ordering {
  if (a.epoch !== b.epoch) return a.epoch < b.epoch ? -1 : 1;
  const byVersion = rpmvercmp(a.version, b.version);
  if (byVersion !== 0 || a.release === null || b.release === null) return byVersion;
  return rpmvercmp(a.release, b.release);
}

/** `1:5.14.21-150500.1`: no epoch where it is 0, no release where there is none. */
export function formatEvr({ epoch, version, release }: Evr): string {
  const versionRelease = release === null ? version : `${version}-${release}`;
  return epoch === 0 ? versionRelease : `${epoch}:${versionRelease}`;
}

/** The characters rpmbuild takes in versions and releases, but for those of macros; `-` and `:` divide an EVR and cannot be part of one. */
const versionText = /^[A-Za-z0-9_.+~^]+$/;

export function isVersionText(text: string): boolean {
  return versionText.test(text) && !text.includes('..');
}

/**
 * Reads `[epoch:]version[-release]`. The release begins after the last `-`; a version that has dashes itself, as in
 * `kernel-uname-r = 6.4.0-150600.21-default`, is legal in a dependency, and rpm cuts it the same way.
 */
export function parseEvr(text: string): Evr {
  const parts = /^(?:(\d{1,10}):)?([^:]+?)(?:-([^:-]+))?$/.exec(text);
  const version = parts?.[2];
  const release = parts?.[3] ?? null;
  const epoch = Number(parts?.[1] ?? 0);
  const versionFits = version?.split('-').every(isVersionText) ?? false;
  const releaseFits = release === null || isVersionText(release);
  if (version === undefined || !versionFits || !releaseFits || epoch > 0xffffffff) {
    throw new InputError('invalid', `"${text}" is not a version`, { expected: '[epoch:]version[-release]' });
  }
  return { epoch, version, release };
}
