import { readJob } from './job-wire.js';
import type { Reply } from './memory.js';
import type { Pool } from './pool.js';
import type { Problem, ReplaceReason, SolutionElement } from './problem.js';
import { readInfo, readInfos } from './rule-wire.js';
import { toSolvable } from './solvable.js';

/** libsolv's SOLVER_SOLUTION_* (problems.h). */
const elementTypes = {
  job: 0,
  distupgrade: -1,
  infarch: -2,
  best: -3,
  poolJob: -4,
  blacklist: -5,
  strictRepoPriority: -6,
  erase: -100,
  replace: -101,
} as const;

/** Bits of libsolv's policy_is_illegal (policy.h). */
const replaceReasons: readonly (readonly [number, ReplaceReason])[] = [
  [1, 'downgrade'],
  [2, 'archChange'],
  [4, 'vendorChange'],
  [8, 'nameChange'],
];

export function readProblems(reply: Reply, pool: Pool): readonly Problem[] {
  return Array.from({ length: reply.int() }, () => {
    const mainRule = readInfo(reply);
    const rules = readInfos(reply);
    const solutions = Array.from({ length: reply.int() }, () => ({
      elements: Array.from({ length: reply.int() }, () => readElement(reply, pool)),
    }));
    return { mainRule, rules, solutions, text: mainRule.text };
  });
}

function readElement(reply: Reply, pool: Pool): SolutionElement {
  const raw = reply.int();
  const text = reply.string();
  switch (raw) {
    case elementTypes.job: {
      const index = reply.int();
      return { type: 'job', index, job: readJob(reply, pool), text };
    }
    case elementTypes.poolJob:
      return { type: 'poolJob', index: reply.int(), text };
    case elementTypes.erase:
      return { type: 'erase', installed: toSolvable(reply.int()), text };
    case elementTypes.replace: {
      const installed = toSolvable(reply.int());
      const replacement = toSolvable(reply.int());
      const illegal = reply.int();
      const reasons = replaceReasons.filter(([bit]) => (illegal & bit) !== 0).map(([, reason]) => reason);
      return { type: 'replace', installed, replacement, reasons, text };
    }
    case elementTypes.distupgrade:
      return { type: 'distupgrade', solvable: toSolvable(reply.int()), text };
    case elementTypes.infarch:
      return { type: 'infarch', solvable: toSolvable(reply.int()), text };
    case elementTypes.best:
      return { type: 'best', solvable: toSolvable(reply.int()), text };
    case elementTypes.blacklist:
      return { type: 'blacklist', solvable: toSolvable(reply.int()), text };
    case elementTypes.strictRepoPriority:
      return { type: 'strictRepoPriority', solvable: toSolvable(reply.int()), text };
    default:
      return { type: 'other', raw, text };
  }
}
