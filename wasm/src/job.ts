import type { SolvableId } from './ids.js';
import type { Repo } from './repo.js';

/** What to do with the packages a job selects; libsolv's job types (solver.h). */
export const jobActions = {
  noop: 0x0000,
  install: 0x0100,
  erase: 0x0200,
  update: 0x0300,
  weakenDeps: 0x0400,
  multiversion: 0x0500,
  lock: 0x0600,
  distupgrade: 0x0700,
  verify: 0x0800,
  dropOrphaned: 0x0900,
  userinstalled: 0x0a00,
  allowUninstall: 0x0b00,
  favor: 0x0c00,
  disfavor: 0x0d00,
  blacklist: 0x0e00,
  excludeFromWeak: 0x1000,
} as const;
export type JobAction = keyof typeof jobActions;

/** How a job is meant; libsolv's job flags. The `set…` flags say which parts of the package the selection fixed. */
export const jobFlags = {
  weak: 0x010000,
  essential: 0x020000,
  cleandeps: 0x040000,
  orupdate: 0x080000,
  forcebest: 0x100000,
  targeted: 0x200000,
  notbyuser: 0x400000,
  setev: 0x01000000,
  setevr: 0x02000000,
  setarch: 0x04000000,
  setvendor: 0x08000000,
  setrepo: 0x10000000,
  noautoset: 0x20000000,
  setname: 0x40000000,
} as const;
export type JobFlag = keyof typeof jobFlags;

/** Which packages a job is about. `name` and `dep` may carry a range: `kernel-default >= 6`. */
export type JobSelect =
  | { readonly kind: 'solvable'; readonly id: SolvableId }
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'provides'; readonly dep: string }
  | { readonly kind: 'oneOf'; readonly ids: readonly SolvableId[] }
  | { readonly kind: 'repo'; readonly repo: Repo }
  | { readonly kind: 'all' };

export interface Job {
  readonly action: JobAction;
  readonly select: JobSelect;
  readonly flags?: readonly JobFlag[];
}
