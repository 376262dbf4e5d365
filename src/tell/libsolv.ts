import type { Environment } from '#run-document';

type Ran = Environment['libsolv'];

/** `0.7.32+order-index`: as `--libsolv` takes it, and marked where the version was not the pinned archive. */
export function libsolvName({ version, patches, sources }: Pick<Ran, 'version' | 'patches' | 'sources'>): string {
  const name = [version, ...patches.map((patch) => patch.name)].join('+');
  return sources.some(({ name: of, pinned }) => of === 'libsolv' && !pinned) ? `${name} of a source directory` : name;
}

/** The version of one source, and that it is not the one the lab names where that is so. */
export function sourceVersion({ version, pinned }: Ran['sources'][number]): string {
  return pinned ? version : `${version}, not the pinned one`;
}
