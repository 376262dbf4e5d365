import type { Decision, RuleId, RuleInfo, SolvableId } from '@opensuse/libsolv-wasm';
import { expect, it } from 'vitest';
import { decisionsOfProof, reasonTree } from '../../../src/solve/explain/reason-tree.js';
import { placesOf, reasonsOf } from '../../../src/solve/explain/reasons.js';
import type { Context } from '../../../src/solve/explain/world.js';

const [one, other] = [11, 12] as [SolvableId, SolvableId];
const info = (more: Partial<RuleInfo>): RuleInfo => ({
  type: 'learnt',
  raw: 0,
  rule: null,
  source: null,
  target: null,
  job: null,
  basis: null,
  dependency: null,
  text: '',
  ...more,
});
const decision = (solvable: SolvableId | null, infos: readonly RuleInfo[]): Decision => ({
  solvable,
  install: true,
  reason: 'unitRule',
  rawReason: 1,
  infos,
  text: '',
});

/** Two packages that conflict, each decided by a rule that was learnt, whose proof is the same again: twice as many at each level. */
function proofOf(level: number): Decision[] {
  const learnt = [info({ type: 'learnt', rule: (level - 1) as RuleId })];
  const clash = info({ type: 'pkgConflicts', source: one, target: other, dependency: 'x' });
  return [decision(one, learnt), decision(other, learnt), decision(null, [clash])];
}

const context = {
  solving: { machine: { input: { modaliases: [] } } },
  world: {
    nevra: (id: SolvableId | null) => (id === null ? null : `p${id}-1-1`),
    package: () => null,
    selected: () => [],
  },
} as unknown as Context;

it('comes to an end where what was learnt rests on what was learnt, forty times over', () => {
  const learnt = (rule: RuleId): readonly Decision[] => (rule === 0 ? [] : proofOf(rule));
  const proof = proofOf(40);
  const last = proof.at(-1);
  if (last === undefined) throw new Error('no proof');
  const tree = reasonTree(last, decisionsOfProof(proof, learnt), context);
  expect(placesOf(tree).length).toBeLessThan(21_000);
  const reasons = reasonsOf(tree);
  expect(reasons[0]?.statement).toMatchObject({ kind: 'conflicts', by: 'p11-1-1', with: 'p12-1-1' });
  expect(reasons.map(({ statement }) => statement.kind)).toContain('leftOut');
  expect(reasons.length).toBeLessThan(402);
});
