import {
  type Job,
  type Problem,
  type SolvableId,
  type SolutionElement as SolvElement,
  solutionElements,
} from '@opensuse/libsolv-wasm';
import type { SolutionEffect, SolutionElement } from '#run-document';
import { solverFlags } from '../libzypp.js';
import { transactionSteps } from '../steps.js';
import { askerOf } from './asked.js';
import { type Context, type Solving, World } from './world.js';

/** Ways out of one problem that are tried; libsolv offers hundreds where many packages stand in the way. */
const triedMax = 8;
/** With more problems than these their solutions are not tried: each would take a solve for every other problem. */
const problemsMax = 12;
/** Steps that an effect lists; it counts all. */
const listedMax = 20;

/** One way out, and what came of taking it. */
export interface TriedSolution {
  readonly elements: readonly SolutionElement[];
  readonly effect: SolutionEffect;
  /** The system it would leave; null where that is not known. */
  readonly result: readonly SolvableId[] | null;
}

/**
 * Takes each way out of each problem in a second solve. Where other problems remain, the first way out of each is taken too and listed,
 * because libsolv has no transaction before all are gone.
 */
export function trySolutions(solving: Solving, problems: readonly Problem[]): TriedSolution[][] {
  const context = { solving, world: new World(solving) };
  return problems.map(({ solutions }, index) =>
    solutions.map(({ elements }, number) => ({
      elements: elements.map((element) => elementOf(element, context)),
      ...tryOne(context, { problems: problems.length, index, number }),
    })),
  );
}

function tryOne(
  context: Context,
  at: { readonly problems: number; readonly index: number; readonly number: number },
): Attempt {
  if (at.problems > problemsMax) return notTried('manyProblems', problemsMax);
  if (at.number >= triedMax) return notTried('manySolutions', triedMax);
  return attempt(context, context.solving.solver.applySolution(at.index, at.number), at.problems);
}

type Attempt = Omit<TriedSolution, 'elements'>;

function attempt(context: Context, first: readonly Job[], problems: number): Attempt {
  const { machine, request } = context.solving;
  const { pool } = machine;
  const solver = pool.createSolver();
  try {
    for (const [flag, value] of solverFlags(request, machine.input.zyppConf ?? {})) solver.setFlag(flag, value);
    const together: SolutionElement[][] = [];
    let jobs = first;
    for (let left = problems; solver.run(jobs) > 0; left -= 1) {
      const others = solver.problems();
      const [solution] = others[0]?.solutions ?? [];
      if (left <= 0 || solution === undefined) return notTried('problemsRemain', others.length);
      together.push(solution.elements.map((element) => elementOf(element, context)));
      jobs = solver.applySolution(0, 0);
    }
    const transaction = solver.transaction();
    const steps = transactionSteps(pool, transaction);
    return {
      effect: {
        status: 'solved',
        together,
        steps: steps.slice(0, listedMax),
        stepsTotal: steps.length,
        devices: null,
      },
      result: transaction.installedResult(),
    };
  } finally {
    solver.dispose();
  }
}

function notTried(why: Extract<SolutionEffect, { status: 'notTried' }>['why'], number: number): Attempt {
  return { effect: { status: 'notTried', why, number }, result: null };
}

function elementOf(element: SolvElement, { solving, world }: Context): SolutionElement {
  switch (element.type) {
    case 'job': {
      const { job } = element;
      return { kind: 'job', asker: askerOf(job, { solving, world }), action: job.action, what: whatOf(job, world) };
    }
    case 'erase':
      return { kind: 'erase', package: world.nevraOf(element.installed) };
    case 'replace': {
      const { installed, replacement, reasons } = element;
      const [nevra, other] = [world.nevraOf(installed), world.nevraOf(replacement)];
      return { kind: 'replace', package: nevra, replacement: other, reasons: [...reasons] };
    }
    case 'distupgrade':
    case 'infarch':
    case 'best':
    case 'black':
    case 'strictRepoPriority': {
      const pkg = world.package(element.solvable);
      return { kind: 'rule', rule: element.type, package: pkg?.nevra ?? '', installed: pkg?.installed ?? false };
    }
    case 'poolJob':
      return { kind: 'other', raw: solutionElements.poolJob };
    case 'other':
      return { kind: 'other', raw: element.raw };
  }
}

/** What a job is about: packages, or a capability; null for everything. */
function whatOf({ select }: Job, world: World): string[] | null {
  switch (select.kind) {
    case 'solvable':
      return [world.nevraOf(select.id)];
    case 'name':
      return [select.name];
    case 'provides':
      return [select.dep];
    case 'oneOf':
      return select.ids.map((id) => world.nevraOf(id));
    case 'repo':
    case 'all':
      return null;
  }
}
