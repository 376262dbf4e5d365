import type { Libsolv } from '@opensuse/libsolv-wasm';
import { type PhaseClock, untimed } from './clock.js';
import { readDocument } from './understood.js';

/**
 * Turns rpm-md into libsolv's binary form, as zypper does once after a refresh. Phases: parseRpmmd, writeSolv.
 *
 * @throws InputError `corrupt`, `too-large` or `unsupported` where the documents are of `repository`, which is somebody else's
 */
export function rpmmdToSolv(
  libsolv: Libsolv,
  name: string,
  documents: {
    readonly primary: Uint8Array;
    readonly filelists?: Uint8Array;
    readonly updateinfo?: Uint8Array | undefined;
    readonly repository?: string | undefined;
  },
  clock: PhaseClock = untimed,
): Uint8Array {
  const pool = libsolv.createPool({ arch: 'x86_64', distType: 'rpm' });
  try {
    const repo = pool.addRepo(name);
    const { repository, updateinfo, ...others } = documents;
    const given = updateinfo === undefined ? others : { ...others, updateinfo };
    clock('parseRpmmd', () => readDocument(repository, () => repo.addRpmmd(given)));
    return clock('writeSolv', () => repo.toSolv());
  } finally {
    pool.dispose();
  }
}
