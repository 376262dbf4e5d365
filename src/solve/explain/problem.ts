import { type SolvableId, type Problem as SolvProblem, systemSolvable } from '@opensuse/libsolv-wasm';
import { type Problem, type Reason, type RootCauses, widest } from '#run-document';
import { causesOf } from './causes.js';
import { KabiIndex } from './kabi.js';
import { isTie } from './kabi-ties.js';
import { decisionsOfProof, ReasonTree } from './reason-tree.js';
import { wayTo } from './way.js';
import { type Solving, World } from './world.js';

/** A problem without what its solutions would do, which takes a solve each. */
export type ToldProblem = Omit<Problem, 'solutions'>;

/**
 * The problems of the last solve as data and as a narrative: who asked, what that needs, what stands against it. It is libsolv's own
 * proof of the contradiction (solver_get_decisionlist), many infos of one rule told as one; and for packages tied to a kABI, which
 * builds do not go together.
 */
export function tellProblems(solving: Solving): ToldProblems {
  const world = new World(solving.machine.pool);
  const kabi = new KabiIndex(world);
  const problems = solving.solver.problems();
  const told = problems.map((problem, index) => tellProblem(problem, index, { solving, world, kabi }));
  const sources = problems.map(kabiSources);
  return { problems, told, causes: widest(causesOf(told, (index) => sources[index] ?? [], kabi)) };
}

export interface ToldProblems {
  /** As libsolv has them, for trying their solutions. */
  readonly problems: readonly SolvProblem[];
  readonly told: readonly ToldProblem[];
  readonly causes: RootCauses;
}

interface Context {
  readonly solving: Solving;
  readonly world: World;
  readonly kabi: KabiIndex;
}

function tellProblem(problem: SolvProblem, index: number, { solving, world, kabi }: Context): ToldProblem {
  const tree = proofTree(index, solving, world);
  const conflicts = kabiSources(problem)
    .flatMap((id) => kabi.conflictOf(id, concerned(problem, solving, world)) ?? [])
    .filter(({ notFor }) => notFor.length > 0);
  const kabiSentences = conflicts.map(({ text }) => text);
  return {
    rules: problem.rules.map((rule) => ({
      type: rule.type === 'other' ? `other(${rule.raw})` : rule.type,
      source: world.nevra(rule.source),
      target: world.nevra(rule.target),
      dependency: rule.dependency,
    })),
    cause: kabiSentences[0] ?? rootCause(tree),
    explanation: [...new Set([...narrative(tree), ...kabiSentences])],
    tree,
    kabi: conflicts,
  };
}

/** libsolv's proof: the last of its steps is the contradiction, the ones before it are what that follows from. */
function proofTree(index: number, solving: Solving, world: World): Reason {
  const { solver } = solving;
  const proof = solver.proof(index);
  const last = proof.at(-1);
  const decisions = decisionsOfProof(proof, (rule) => solver.learntProof(rule));
  if (last !== undefined) return fromTheRequest(new ReasonTree(solving, world, decisions).under(last));
  const text = solver.problems()[index]?.text ?? '';
  return {
    kind: 'policy',
    package: null,
    installed: null,
    by: null,
    dependencies: [],
    dependenciesTotal: 0,
    text,
    because: [],
  };
}

/**
 * Turns a proof round so that it begins with who asked. The contradiction may stand anywhere on the way from the request to the gap: where
 * libsolv came upon it depends on the order of its rules. Each statement on the way follows from the one above it either way.
 */
function fromTheRequest(tree: Reason): Reason {
  const way = wayTo(tree, ({ kind }) => kind === 'asked') ?? wayTo(tree, ({ kind }) => kind === 'locked') ?? [];
  return (
    way.reduce((above: Reason | null, reason, index) => {
      const others = reason.because.filter((below) => below !== way[index + 1]);
      return { ...reason, because: above === null ? others : [above, ...others] };
    }, null) ?? tree
  );
}

/** The tree as sentences: from who asked to the gap, each followed by what it rests on. */
function narrative(tree: Reason): string[] {
  const own = tree.kind === 'above' ? [] : [tree.text];
  return [...own, ...tree.because.flatMap(narrative)];
}

/** The gap or the clash that all follows from. */
function rootCause(tree: Reason): string {
  const gap = wayTo(tree, ({ kind }) => kind === 'nothingProvides' || kind === 'notInstallable');
  const clash = wayTo(tree, ({ kind }) => kind === 'conflicts' || kind === 'obsoletes' || kind === 'sameName');
  const any = wayTo(tree, ({ kind }) => kind !== 'asked' && kind !== 'kept');
  return ((gap ?? clash ?? any)?.at(-1) ?? tree).text;
}

function kabiSources({ rules }: SolvProblem): SolvableId[] {
  return [
    ...new Set(rules.flatMap(({ source, dependency }) => (source !== null && isTie(dependency) ? [source] : []))),
  ];
}

/** Packages that a problem's rules and jobs name. */
function concerned({ rules }: SolvProblem, { jobs }: Solving, world: World): ReadonlySet<SolvableId> {
  const ids = rules.flatMap(({ source, target, job }) => {
    const wanted = job === null ? undefined : jobs[job];
    return [source, target, ...(wanted === undefined ? [] : world.selected(wanted))];
  });
  return new Set(ids.filter((id): id is SolvableId => id !== null && id !== systemSolvable));
}
