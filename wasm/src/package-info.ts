import type { SolvableId } from './ids.js';
import type { Repo } from './repo.js';

/** What is asked for most about a solvable, read in bulk. */
export interface PackageInfo {
  readonly id: SolvableId;
  readonly name: string;
  /** `[epoch:]version-release`, as libsolv holds it. */
  readonly evr: string;
  readonly arch: string;
  /** `name-evr.arch`, as libsolv prints it. */
  readonly nevra: string;
  /** Empty if the repository states none. */
  readonly vendor: string;
  readonly repo: Repo;
  /** Whether its repository is the installed one. */
  readonly installed: boolean;
  /** Size of the package file; 0 if the repository states none. */
  readonly downloadBytes: number;
  /** Size when installed; 0 if the repository states none. */
  readonly installedBytes: number;
}

/** The dependency lists of a solvable. */
export const dependencyKinds = [
  'provides',
  'requires',
  'conflicts',
  'obsoletes',
  'recommends',
  'suggests',
  'supplements',
  'enhances',
  /** Of debian packages: needed before installing, but not while installed. */
  'prereqIgnoreinst',
] as const;
export type DependencyKind = (typeof dependencyKinds)[number];
