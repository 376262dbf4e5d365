import type { Reply } from './memory.js';
import type { SolverStatistics } from './statistics.js';

/** In the order shim/solver.c writes them. */
export function readStatistics(reply: Reply): SolverStatistics {
  return {
    rules: {
      total: reply.int(),
      pkg: reply.int(),
      feature: reply.int(),
      update: reply.int(),
      job: reply.int(),
      infarch: reply.int(),
      dup: reply.int(),
      best: reply.int(),
      yumobs: reply.int(),
      blacklist: reply.int(),
      strictRepoPriority: reply.int(),
      choice: reply.int(),
      recommends: reply.int(),
      learnt: reply.int(),
    },
    decisions: reply.int(),
    learnt: reply.int(),
    unsolvable: reply.int(),
    problems: reply.int(),
    considered: reply.int(),
    ruleBytes: reply.wide(),
  };
}
