import { InputError, nearest } from '#errors';
import type { Turnover } from './turnover.js';

/** Shares, 0 to 1, at quantiles, ascending. */
export type MeasuredQuantiles = readonly (readonly [quantile: number, share: number])[];

/** How a kernel line is maintained, as far as its kABI can tell. */
export type Regime = {
  readonly name: string;
  readonly description: string;
  /** Symbols that an update adds to the image, and those it takes away: ones whose last user is gone. */
  readonly adds: number;
  readonly loses: number;
  /** What a new version of the kernel replaces beside. */
  readonly turnover?: Turnover;
  /** Where the measured figures come from; empty where the regime is definite and nobody measured it. */
  readonly source: string;
  /** Measured: share of CRCs that one update changes. */
  readonly crcs: MeasuredQuantiles;
  /** Measured: share of the older build's kernel modules that import one of these. */
  readonly brokenModules: MeasuredQuantiles;
} & Changes;

/** What decides which types change. */
type Changes =
  | {
      /** A share drawn from `crcs`. */
      readonly changes: 'share';
      /**
       * Share of the changes to types that somebody uses which are hidden from genksyms (padding, `__GENKSYMS__`), so that no CRC changes.
       * Where any are, those to types of the base are.
       */
      readonly hidden: number;
    }
  | { readonly changes: 'nothing' | 'one-driver' | 'base' }
  | {
      /** All types of the base. */
      readonly changes: 'version';
      /** Share of the other symbols whose own signature changes. */
      readonly signatures: number;
    };

/** The regimes with what was measured on Module.symvers and kernel modules of successive builds; docs/kernels.md has the tables. */
export const regimes: readonly Regime[] = [
  {
    name: 'kabi-maintained',
    description:
      'an enterprise kernel: changes of the base are hidden from genksyms, only few and peripheral CRCs change',
    adds: 8,
    loses: 0,
    changes: 'share',
    hidden: 0.95,
    source: '47 updates of SUSE kernels, 2.6.32 to 4.12; kernel modules: 16 of them',
    crcs: [
      [0, 0],
      [0.5, 0.0035],
      [0.75, 0.0085],
      [0.9, 0.0184],
      [1, 0.03],
    ],
    brokenModules: [
      [0.5, 0.001],
      [0.94, 0.004],
    ],
  },
  {
    name: 'stable',
    description: 'a long-term kernel without a promise: most updates change little, a third of them a core structure',
    adds: 6,
    loses: 1,
    changes: 'share',
    hidden: 0,
    source: '66 updates of a 5.10 line',
    crcs: [
      [0, 0],
      [0.25, 0.0004],
      [0.5, 0.0094],
      [0.75, 0.29],
      [0.9, 0.67],
      [1, 0.71],
    ],
    brokenModules: [
      [0.5, 0.007],
      [0.75, 0.72],
      [0.9, 1],
    ],
  },
  {
    name: 'debian',
    description: 'stable updates several releases at a time, as a distribution ships them',
    adds: 5,
    loses: 1,
    changes: 'share',
    hidden: 0,
    source: '9 updates of Debian 6.1.0, -47 to -56',
    crcs: [
      [0, 0],
      [0.22, 0.0007],
      [0.28, 0.0007],
      [0.375, 0.142],
      [0.5, 0.306],
      [0.625, 0.35],
      [0.75, 0.741],
      [1, 0.764],
    ],
    brokenModules: [
      [0.22, 0.0007],
      [0.28, 0.0007],
      [0.375, 0.3],
      [0.5, 0.76],
      [0.625, 0.84],
      [0.75, 1],
    ],
  },
  {
    name: 'security-fix',
    description: 'one driver is fixed; no type changes',
    adds: 0,
    loses: 0,
    changes: 'nothing',
    source: 'Debian 6.1.0-48 to -49 and -55 to -56',
    crcs: [[0.5, 0]],
    brokenModules: [[0.5, 0]],
  },
  {
    name: 'new-symbols',
    description: 'symbols are added and none changes',
    adds: 40,
    loses: 0,
    changes: 'nothing',
    source: '',
    crcs: [],
    brokenModules: [],
  },
  {
    name: 'driver-update',
    description: 'one exporting driver gets a new version, and its own types change',
    adds: 2,
    loses: 0,
    changes: 'one-driver',
    source: 'Debian 6.1.0-50 to -51',
    crcs: [[0.5, 0.0007]],
    brokenModules: [[0.5, 0.0007]],
  },
  {
    name: 'core-struct',
    description: 'struct module itself changes: module_layout gets a new CRC',
    adds: 5,
    loses: 1,
    changes: 'base',
    source: 'Debian 6.1.0-47 to -48, -49 to -50, -54 to -55',
    crcs: [[0.5, 0.764]],
    brokenModules: [[0.5, 1]],
  },
  {
    name: 'service-pack',
    description:
      'a new kernel version: every type of the base changes; kernel modules and symbols come, go and are renamed',
    adds: 853,
    loses: 283,
    turnover: {
      modulesLost: 0.027,
      modulesAdded: 0.078,
      imageSymbolsReplaced: 0.029,
      moduleSymbolsReplaced: 0.017,
      moduleSymbolsAdded: 0.072,
    },
    changes: 'version',
    signatures: 0.13,
    source: 'Debian 6.1.0-56 to 6.12.107, eleven versions of Linux as from one service pack to another',
    crcs: [[0.5, 0.772]],
    brokenModules: [[0.5, 1]],
  },
];

/** @throws InputError `missing` with the names that exist */
export function regimeNamed(name: string): Regime {
  const found = regimes.find((regime) => regime.name === name);
  if (found !== undefined) return found;
  const known = regimes.map((regime) => regime.name);
  const guess = nearest(name, known);
  throw new InputError('missing', `there is no regime ${name}`, {
    expected: `one of ${known.join(', ')}`,
    ...(guess === null ? {} : { hint: `write "${guess}"` }),
  });
}
