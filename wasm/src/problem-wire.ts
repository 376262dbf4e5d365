import { readJob } from './job-wire.js';
import type { Reply } from './memory.js';
import type { Pool } from './pool.js';
import { type Problem, type ReplaceReason, type SolutionElement, solutionElements } from './problem.js';
import { readInfo, readInfos } from './rule-wire.js';
import { toSolvable } from './solvable.js';

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
    case solutionElements.job: {
      const index = reply.int();
      return { type: 'job', index, job: readJob(reply, pool), text };
    }
    case solutionElements.poolJob:
      return { type: 'poolJob', index: reply.int(), text };
    case solutionElements.erase:
      return { type: 'erase', installed: toSolvable(reply.int()), text };
    case solutionElements.replace: {
      const installed = toSolvable(reply.int());
      const replacement = toSolvable(reply.int());
      const illegal = reply.int();
      const reasons = replaceReasons.filter(([bit]) => (illegal & bit) !== 0).map(([, reason]) => reason);
      return { type: 'replace', installed, replacement, reasons, text };
    }
    case solutionElements.distupgrade:
      return { type: 'distupgrade', solvable: toSolvable(reply.int()), text };
    case solutionElements.infarch:
      return { type: 'infarch', solvable: toSolvable(reply.int()), text };
    case solutionElements.best:
      return { type: 'best', solvable: toSolvable(reply.int()), text };
    case solutionElements.black:
      return { type: 'black', solvable: toSolvable(reply.int()), text };
    case solutionElements.strictRepoPriority:
      return { type: 'strictRepoPriority', solvable: toSolvable(reply.int()), text };
    default:
      return { type: 'other', raw, text };
  }
}
