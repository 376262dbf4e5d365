import type { RuleId } from './ids.js';
import type { Reply } from './memory.js';
import { namesByValue } from './names.js';
import { type RuleInfo, ruleTypes } from './rule.js';
import { optionalSolvable } from './solvable.js';

const typeNames = namesByValue(ruleTypes);

export function readInfos(reply: Reply): readonly RuleInfo[] {
  return Array.from({ length: reply.int() }, () => readInfo(reply));
}

export function readInfo(reply: Reply): RuleInfo {
  const raw = reply.int();
  const rule = optionalRule(reply.int());
  const source = optionalSolvable(reply.int());
  const target = optionalSolvable(reply.int());
  const job = reply.int();
  const basis = optionalRule(reply.int());
  const dependency = reply.int() === 1 ? reply.string() : null;
  return {
    type: typeNames.get(raw) ?? 'other',
    raw,
    rule,
    source,
    target,
    job: job < 0 ? null : job,
    basis,
    dependency,
    text: reply.string(),
  };
}

function optionalRule(id: number): RuleId | null {
  return id === 0 ? null : toRule(id);
}

/** The only place that makes rule ids of numbers. */
export function toRule(id: number): RuleId {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  return id as RuleId;
}
