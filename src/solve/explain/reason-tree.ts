import { type Decision, type RuleId, type SolvableId, systemSolvable } from '@opensuse/libsolv-wasm';
import { matchModalias } from '#hardware';
import { type Branch, finding } from './reasons.js';
import { stated, supplementsOf } from './statement.js';
import type { Context } from './world.js';

/** Where the decisions of a solve are found: by package, and for a learnt rule the ones that prove it. */
export interface Decisions {
  readonly of: (id: SolvableId) => Decision | null;
  readonly learnt: (rule: RuleId) => readonly Decision[];
}

/** The steps of a proof, as libsolv lists them: what follows from the steps before it comes after them. */
export function decisionsOfProof(proof: readonly Decision[], learnt: Decisions['learnt']): Decisions {
  const bySolvable = new Map(proof.map((decision) => [decision.solvable, decision]));
  return { of: (id) => bySolvable.get(id) ?? null, learnt };
}

/** One proof, and the packages that were told of in it. */
interface Proof {
  readonly decisions: Decisions;
  readonly told: Set<SolvableId>;
}

/** What is still to be told, and where it belongs. */
type Waiting = { readonly into: Branch[] } & (
  | { readonly kind: 'branch'; readonly branch: Branch }
  | { readonly kind: 'decision'; readonly decision: Decision; readonly proof: Proof }
  | { readonly kind: 'package'; readonly id: SolvableId; readonly below: string | null; readonly proof: Proof }
);

/** Statements that a tree is made of at most. What is learnt has proofs that rest on what is learnt, each told in full. */
const statementsMax = 20_000;

/**
 * The tree of reasons under a decision: what it follows from, and so on down to requests, installed packages, hardware and gaps. What
 * was told before is named again without its reasons, so that a web of forty packages stays a page.
 */
export function reasonTree(decision: Decision, decisions: Decisions, context: Context): Branch {
  const roots: Branch[] = [];
  const waiting: Waiting[] = [{ kind: 'decision', decision, proof: { decisions, told: new Set() }, into: roots }];
  let statements = 0;
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const found = next.kind === 'package' ? antecedent(next, context) : next;
    if (found === null) continue;
    if (statements >= statementsMax) {
      found.into.push(finding({ kind: 'leftOut', statements: waiting.length + 1 }));
      break;
    }
    statements += 1;
    if (found.kind === 'branch') found.into.push(found.branch);
    else waiting.push(...tell(found.decision, found, context).reverse());
  }
  return roots[0] ?? finding({ kind: 'leftOut', statements: 1 });
}

/** Tells one decision; gives back what it follows from, in order. */
function tell(
  decision: Decision,
  { proof, into }: { readonly proof: Proof; readonly into: Branch[] },
  context: Context,
): Waiting[] {
  if (decision.solvable !== null) proof.told.add(decision.solvable);
  const { statement, decides, participants } = stated(decision, context);
  const branch: Branch = { statement, decides, because: [] };
  into.push(branch);
  const below = { into: branch.because };
  return [
    ...[...new Set(participants)].map(
      (id): Waiting => ({ ...below, kind: 'package', id, below: decides?.package ?? null, proof }),
    ),
    ...hardware(decision, context).map((device): Waiting => ({ ...below, kind: 'branch', branch: device })),
    ...ofLearnt(decision, proof).map((learnt): Waiting => ({ ...below, ...learnt })),
  ];
}

/** What is to be told of a package that a statement rests on; null where that is nothing. */
function antecedent(
  { id, below, proof, into }: Extract<Waiting, { kind: 'package' }>,
  { world }: Context,
): Exclude<Waiting, { kind: 'package' }> | null {
  const decision = id === systemSolvable ? null : proof.decisions.of(id);
  if (decision === null) return null;
  if (!proof.told.has(id)) return { kind: 'decision', decision, proof, into };
  const nevra = world.nevra(id);
  if (decision.solvable === null || nevra === null || nevra === below) return null;
  const { install: installed } = decision;
  const decides = { package: nevra, installed };
  return { kind: 'branch', into, branch: { ...finding({ kind: 'above', package: nevra, installed }), decides } };
}

/** One line for each device of this machine that a supplements means. */
function hardware(decision: Decision, { solving }: Context): Branch[] {
  const patterns = supplementsOf(decision).flatMap(modaliasPatterns);
  const devices = solving.machine.input.modaliases.filter((modalias) =>
    patterns.some((pattern) => matchModalias(pattern, modalias)),
  );
  return [...new Set(devices)].map((modalias) => finding({ kind: 'hardware', modalias }));
}

/** A learnt rule stands for its own proof. */
function ofLearnt({ infos }: Decision, { decisions }: Proof) {
  const rule = infos.find(({ type }) => type === 'learnt')?.rule ?? null;
  const proof = rule === null ? [] : decisions.learnt(rule);
  const last = proof.at(-1);
  if (last === undefined) return [];
  const own: Proof = { decisions: decisionsOfProof(proof, decisions.learnt), told: new Set() };
  return [{ kind: 'decision', decision: last, proof: own } as const];
}

/** libsolv hands supplements out as text: the patterns inside `(kernel-default and namespace:modalias(pci:v…))`, libsolv's `%XX` as the characters they stand for. */
function modaliasPatterns(dependency: string): string[] {
  return [...dependency.matchAll(/namespace:modalias\(([^)]*)\)/g)].map(([, pattern = '']) =>
    pattern.replace(/%([0-9a-fA-F]{2})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16))),
  );
}
