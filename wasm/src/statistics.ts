import type { Reply } from './memory.js';

/** Rules by class, as the solver held them when it ended. Exact and the same on every machine. */
export interface RuleCounts {
  readonly total: number;
  readonly pkg: number;
  readonly feature: number;
  readonly update: number;
  readonly job: number;
  readonly infarch: number;
  readonly dup: number;
  readonly best: number;
  readonly yumobs: number;
  readonly blacklist: number;
  readonly strictRepoPriority: number;
  readonly choice: number;
  readonly recommends: number;
  readonly learnt: number;
}

export interface SolverStatistics {
  readonly rules: RuleCounts;
  /** Length of the decision queue at the end. */
  readonly decisions: number;
  /** Rules learnt while searching, those dropped again included. */
  readonly learnt: number;
  /** Unsolvable sets of rules met while searching. */
  readonly unsolvable: number;
  readonly problems: number;
  /** Packages that at least one package rule is about: what the solver considered. */
  readonly considered: number;
  /** Bytes of the rules array. */
  readonly ruleBytes: number;
}

/** A pool's tables: entries, and the bytes in use. */
export interface PoolStatistics {
  readonly solvables: number;
  readonly strings: number;
  readonly relations: number;
  /** Ids of the whatprovides data. */
  readonly whatprovidesEntries: number;
  readonly repos: number;
  readonly bytes: {
    readonly strings: number;
    readonly relations: number;
    readonly solvables: number;
    readonly whatprovides: number;
    /** Dependency lists of all repositories. */
    readonly dependencies: number;
    /** Everything else that repositories tell: sizes, summaries, file lists, checksums. */
    readonly attributes: number;
  };
}

/** What an instance has used. Deterministic: the same calls give the same numbers on every machine. */
export interface Counters {
  /** Bytes allocated now. */
  readonly heapBytes: number;
  /** Most bytes the heap ever took from the WebAssembly memory. */
  readonly heapBytesMax: number;
  /** Control-flow edges executed since the instance was made; null in the release build, which does not count. */
  readonly work: number | null;
}

/** In the order shim/pool.c writes them. */
export function readPoolStatistics(reply: Reply): PoolStatistics {
  return {
    solvables: reply.int(),
    strings: reply.int(),
    relations: reply.int(),
    whatprovidesEntries: reply.int(),
    repos: reply.int(),
    bytes: {
      strings: reply.wide(),
      relations: reply.wide(),
      solvables: reply.wide(),
      whatprovides: reply.wide(),
      dependencies: reply.wide(),
      attributes: reply.wide(),
    },
  };
}
