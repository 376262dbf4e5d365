import { type SolvableId, type Problem as SolvProblem, systemSolvable } from '@opensuse/libsolv-wasm';
import { parseSymbolCapability } from '#rpm';
import { type Problem, type RootCauses, type Statement, type StatementKind, widest } from '#run-document';
import { causesOf } from './causes.js';
import { KabiIndex } from './kabi.js';
import { decisionsOfProof, reasonTree } from './reason-tree.js';
import { type Branch, finding, placesOf, reasonsOf } from './reasons.js';
import { type Context, type Solving, World } from './world.js';

/** A problem without what its solutions would do, which takes a solve each. */
export type ToldProblem = Omit<Problem, 'solutions'>;

export interface ToldProblems {
  /** As libsolv has them, for trying their solutions. */
  readonly problems: readonly SolvProblem[];
  readonly told: readonly ToldProblem[];
  /** The reasons of each, whole. */
  readonly trees: readonly Branch[];
  readonly causes: RootCauses;
}

/**
 * The problems of the last solve as data: who asked, what that needs, what stands against it. It is libsolv's own proof of the
 * contradiction (solver_get_decisionlist), many infos of one rule told as one; and for packages tied to a kABI, which builds do not go
 * together.
 */
export function tellProblems(solving: Solving): ToldProblems {
  const context = { solving, world: new World(solving) };
  const kabi = new KabiIndex(context.world);
  const problems = solving.solver.problems();
  const trees = problems.map((_, index) => fromTheRequest(proofTree(index, context)));
  const told = problems.map((problem, index) => tellProblem(problem, trees[index] ?? unproved, context, kabi));
  const sources = problems.map(kabiSources);
  const causes = causesOf(
    told.map((problem, index) => ({ problem, tree: trees[index] ?? unproved, sources: sources[index] ?? [] })),
    kabi,
  );
  return { problems, told, trees, causes: widest(causes) };
}

function tellProblem(problem: SolvProblem, tree: Branch, { solving, world }: Context, kabi: KabiIndex): ToldProblem {
  return {
    rules: problem.rules.map((rule) => ({
      type: rule.type === 'other' ? `other(${rule.raw})` : rule.type,
      source: world.nevra(rule.source),
      target: world.nevra(rule.target),
      dependency: rule.dependency,
    })),
    cause: causeOf(tree),
    reasons: reasonsOf(tree),
    kabi: kabiSources(problem).flatMap((id) => kabi.conflictOf(id, concerned(problem, solving, world)) ?? []),
  };
}

/** A contradiction that libsolv gives no proof of. */
const unproved = finding({ kind: 'policy', rule: 'unknown', by: null, with: null, dependency: null });

/** libsolv's proof: the last of its steps is the contradiction, the ones before it are what that follows from. */
function proofTree(index: number, context: Context): Branch {
  const { solver } = context.solving;
  const proof = solver.proof(index);
  const last = proof.at(-1);
  if (last === undefined) return unproved;
  return reasonTree(
    last,
    decisionsOfProof(proof, (rule) => solver.learntProof(rule)),
    context,
  );
}

/**
 * Turns a proof round so that it begins with who asked. The contradiction may stand anywhere on the way from the request to the gap: where
 * libsolv came upon it depends on the order of its rules. Each statement on the way follows from the one above it either way.
 */
function fromTheRequest(tree: Branch): Branch {
  const places = placesOf(tree);
  const indexOf = (wanted: StatementKind): number => places.findIndex(({ branch }) => branch.statement.kind === wanted);
  const asked = indexOf('asked');
  const way: Branch[] = [];
  for (let at = asked < 0 ? indexOf('locked') : asked; at >= 0; at = places[at]?.above ?? -1) {
    const branch = places[at]?.branch;
    if (branch !== undefined) way.unshift(branch);
  }
  return (
    way.reduce<Branch | null>((above, branch, index) => {
      const others = branch.because.filter((below) => below !== way[index + 1]);
      return { ...branch, because: above === null ? others : [above, ...others] };
    }, null) ?? tree
  );
}

/** Statements that everything else in an explanation follows from, the most telling ones first. */
const causeKinds: readonly ((kind: StatementKind) => boolean)[] = [
  (kind) => kind === 'nothingProvides' || kind === 'unknownName' || kind === 'notInstallable',
  (kind) => kind === 'conflicts' || kind === 'obsoletes' || kind === 'sameName',
  (kind) => kind !== 'asked' && kind !== 'kept',
];

/** The gap or the clash that all follows from. */
function causeOf(tree: Branch): Statement {
  const statements = placesOf(tree).map(({ branch }) => branch.statement);
  for (const tells of causeKinds) {
    const found = statements.find(({ kind }) => tells(kind));
    if (found !== undefined) return found;
  }
  return tree.statement;
}

function kabiSources({ rules }: SolvProblem): SolvableId[] {
  const tied = rules.flatMap(({ source, dependency }) =>
    source !== null && dependency !== null && parseSymbolCapability(dependency) !== null ? [source] : [],
  );
  return [...new Set(tied)];
}

/** Packages that a problem's rules and jobs name. */
function concerned({ rules }: SolvProblem, { jobs }: Solving, world: World): ReadonlySet<SolvableId> {
  const ids = rules.flatMap(({ source, target, job }) => {
    const wanted = job === null ? undefined : jobs[job];
    return [source, target, ...(wanted === undefined ? [] : world.selected(wanted))];
  });
  return new Set(ids.filter((id): id is SolvableId => id !== null && id !== systemSolvable));
}
