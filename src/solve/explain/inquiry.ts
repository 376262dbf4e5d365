import type { SolvableId } from '@opensuse/libsolv-wasm';
import type { Reason } from '#run-document';
import type { Solving, World } from './world.js';

/** What the solve left: whether it has a solution, and which packages are there in the end. */
export interface Ending {
  readonly solved: boolean;
  readonly result: ReadonlySet<SolvableId>;
}

/** What an answer is made from. */
export interface Inquiry {
  readonly solving: Solving;
  readonly ending: Ending;
  readonly world: World;
}

/** A finding about a package that is not there, with nothing below it. */
export function statement(kind: Reason['kind'], nevra: string, text: string): Reason {
  return {
    kind,
    package: nevra,
    installed: false,
    by: null,
    dependencies: [],
    dependenciesTotal: 0,
    text,
    because: [],
  };
}
