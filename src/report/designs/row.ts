import type { PromiseId, WallPart } from '#run-document';
import type { Address } from '../site/place.js';

/** On how many machines something holds, and the first one on which it does not; where all hold, any one. */
export interface Share {
  readonly holds: number;
  readonly of: number;
  readonly at: Address | null;
}

/** The median of some machines or steps, and where it is from. */
export interface Figure {
  readonly value: number;
  readonly most: number;
  readonly at: Address | null;
}

export interface Wall extends Omit<WallPart, 'at'> {
  readonly at: Address | null;
}

/** What decides of one design. What was not tried is null, and of a share `of` is 0. */
export interface DesignFigures {
  readonly design: string;
  readonly about: string;
  /** Why nothing was tried; null where something was. */
  readonly refused: string | null;
  readonly boots: { readonly install: Share; readonly update: Share; readonly kernelByName: Share };
  readonly devices: Share;
  readonly driverAlone: Share;
  readonly installBytes: Figure | null;
  readonly updateBytes: Figure | null;
  readonly diskBytes: Figure | null;
  readonly refreshBytes: Figure | null;
  /** Packages rebuilt in the median update, of all packages. */
  readonly rebuilt: { readonly packages: number; readonly of: number; readonly at: Address | null } | null;
  readonly wall: readonly Wall[];
  /** Promises that some step broke, and where first. */
  readonly broken: readonly { readonly promise: PromiseId; readonly at: Address | null }[];
}
