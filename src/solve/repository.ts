import type { Libsolv } from '@opensuse/libsolv-wasm';
import { type PhaseClock, untimed } from './clock.js';

/** Turns rpm-md into libsolv's binary form, as zypper does once after a refresh. Phases: parseRpmmd, writeSolv. */
export function rpmmdToSolv(
  libsolv: Libsolv,
  name: string,
  documents: { readonly primary: Uint8Array; readonly filelists?: Uint8Array; readonly updateinfo?: Uint8Array },
  clock: PhaseClock = untimed,
): Uint8Array {
  const pool = libsolv.createPool({ arch: 'x86_64', distType: 'rpm' });
  try {
    const repo = pool.addRepo(name);
    clock('parseRpmmd', () => repo.addRpmmd(documents));
    return clock('writeSolv', () => repo.toSolv());
  } finally {
    pool.dispose();
  }
}
