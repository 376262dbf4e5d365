/** A value at each quantile, ascending. Between two of them values are drawn evenly. */
export type Quantiles = readonly (readonly [quantile: number, value: number])[];

/**
 * Debian 12 "bookworm", main for amd64, of 11 July 2026: 63,436 packages, counted in its Packages index. What stands beyond the 99.9th
 * percentile is cut there: one package out of a thousand.
 */
export const proportions = {
  source: 'Debian 12.15, main for amd64, 63,436 packages; files: 922 packages of an installed Debian 12',
  /** Depends and Pre-Depends: 4.40 in the mean. */
  requires: [
    [0, 0],
    [0.1, 0],
    [0.25, 1],
    [0.5, 3],
    [0.75, 5],
    [0.9, 10],
    [0.95, 14],
    [0.99, 28],
    [0.999, 62],
    [1, 62],
  ] satisfies Quantiles,
  /** Besides itself: 0.59 in the mean. */
  provides: [
    [0, 0],
    [0.75, 0],
    [0.9, 1],
    [0.95, 2],
    [0.99, 11],
    [0.999, 55],
    [1, 55],
  ] satisfies Quantiles,
  recommends: [
    [0, 0],
    [0.75, 0],
    [0.9, 1],
    [0.95, 2],
    [0.99, 7],
    [0.999, 32],
    [1, 32],
  ] satisfies Quantiles,
  packageBytes: [
    [0, 880],
    [0.1, 7824],
    [0.25, 17_824],
    [0.5, 59_164],
    [0.75, 295_848],
    [0.9, 1_452_308],
    [0.95, 3_863_056],
    [0.99, 21_925_104],
    [0.999, 170_769_960],
    [1, 170_769_960],
  ] satisfies Quantiles,
  /** Files and directories. */
  files: [
    [0, 5],
    [0.1, 11],
    [0.25, 12],
    [0.5, 18],
    [0.75, 40],
    [0.9, 172],
    [0.95, 321],
    [0.99, 1574],
    [1, 1574],
  ] satisfies Quantiles,
  /** Of files, those that primary.xml lists: below /etc and bin directories. */
  primaryFiles: 0.018,
  /** Of dependencies, those that state a version. */
  versioned: 0.58,
  /** Share of all dependencies that go to the so many most wanted packages, of 63,436. */
  wanted: [
    [1, 0.078],
    [3, 0.134],
    [10, 0.212],
    [30, 0.281],
    [100, 0.376],
    [300, 0.482],
    [1000, 0.613],
    [3000, 0.74],
    [10_000, 0.876],
    [34_776, 1],
  ] as readonly (readonly [rank: number, share: number])[],
  packages: 63_436,
  /** Bytes installed for each byte of a package. */
  installedPerPackageByte: 3.64,
  /** Packages without code of an architecture. */
  noarch: 0.49,
};
