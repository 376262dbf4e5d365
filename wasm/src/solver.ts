import { type Alternative, alternativeTypes, type Decision, decisionReasons } from './decision.js';
import type { RuleId, SolvableId } from './ids.js';
import type { Job } from './job.js';
import { packJobs, readJob } from './job-wire.js';
import type { Reply, Request } from './memory.js';
import { namesByValue } from './names.js';
import type { Pool } from './pool.js';
import type { Problem } from './problem.js';
import { readProblems } from './problem-wire.js';
import { type Generation, Resource } from './resource.js';
import type { SolverRule } from './rule.js';
import { readInfos, toRule } from './rule-wire.js';
import { optionalSolvable, readSolvables, toSolvable } from './solvable.js';
import { readStatistics } from './solver-statistics.js';
import type { SolverStatistics } from './statistics.js';
import { packKinds, type ResultKind } from './testcase-result.js';
import { Transaction } from './transaction.js';

/** libsolv's SOLVER_FLAG_*. */
export const solverFlags = {
  allowDowngrade: 1,
  allowArchchange: 2,
  allowVendorchange: 3,
  allowUninstall: 4,
  noUpdateprovide: 5,
  splitprovides: 6,
  ignoreRecommended: 7,
  addAlreadyRecommended: 8,
  noInfarchcheck: 9,
  allowNamechange: 10,
  keepExplicitObsoletes: 11,
  bestObeyPolicy: 12,
  noAutotarget: 13,
  dupAllowDowngrade: 14,
  dupAllowArchchange: 15,
  dupAllowVendorchange: 16,
  dupAllowNamechange: 17,
  keepOrphans: 18,
  breakOrphans: 19,
  focusInstalled: 20,
  yumObsoletes: 21,
  needUpdateprovide: 22,
  urpmReorder: 23,
  focusBest: 24,
  strongRecommends: 25,
  installAlsoUpdates: 26,
  onlyNamespaceRecommended: 27,
  strictRepoPriority: 28,
  focusNew: 29,
} as const;
export type SolverFlag = keyof typeof solverFlags;

/** What a solve ended with. Both are results; neither throws. */
export type SolveResult =
  | { readonly status: 'solved'; readonly transaction: Transaction }
  | { readonly status: 'unsolvable'; readonly problems: readonly Problem[] };

const reasonNames = namesByValue(decisionReasons);
const alternativeNames = namesByValue(alternativeTypes);
const lists = { recommended: 0, suggested: 1, orphaned: 2, unneeded: 3, cleandeps: 4, userinstalled: 5 } as const;

/**
 * Solves jobs over a pool as it was when the solver was made, and answers for the last solve: why, what else, how much. After a change of
 * the pool every call but `dispose` throws `misuse`.
 */
export class Solver {
  readonly #pool: Pool;
  readonly #resource: Resource;
  readonly #generation: Generation;

  /** @internal */
  constructor(pool: Pool, owner: Resource, generation: Generation, handle: number) {
    this.#pool = pool;
    this.#generation = generation;
    this.#resource = new Resource(owner.instance, owner.children, 'solver', 'shim_solver_free', handle, generation);
    this.#resource.guard(this);
  }

  setFlag(flag: SolverFlag, value: boolean): void {
    this.#call('shim_solver_set_flag', solverFlags[flag], value ? 1 : 0);
  }

  getFlag(flag: SolverFlag): boolean {
    return this.#call('shim_solver_get_flag', solverFlags[flag]) !== 0;
  }

  /** Solves. A second solve begins anew, with other jobs over the same pool. */
  solve(jobs: readonly Job[]): SolveResult {
    return this.run(jobs) === 0
      ? { status: 'solved', transaction: this.transaction() }
      : { status: 'unsolvable', problems: this.problems() };
  }

  /** The solving alone, so that it can be timed apart from reading its result. Returns the number of problems. */
  run(jobs: readonly Job[]): number {
    return this.#send('shim_solver_solve', [jobs.length], packJobs(jobs, this.#pool));
  }

  /** The problems of the last solve; none if it was solved. */
  problems(): readonly Problem[] {
    return readProblems(this.#ask('shim_solver_problems', []), this.#pool);
  }

  /** What the last solve would do to the installed packages. With problems left, what could be done without them. */
  transaction(): Transaction {
    return new Transaction(this.#resource, this.#generation, this.#send('shim_transaction_create', [], {}));
  }

  /** The jobs of the last solve, changed as a solution of one of its problems asks. Both count from 0. */
  applySolution(problem: number, solution: number): readonly Job[] {
    const reply = this.#ask('shim_solver_take_solution', [problem + 1, solution + 1]);
    return Array.from({ length: reply.int() }, () => readJob(reply, this.#pool));
  }

  /** Every decision, in the order the solver made them. */
  decisions(): readonly Decision[] {
    return this.#readDecisions(this.#ask('shim_solver_decisions', []));
  }

  /** Why these packages are (or are not) installed: every decision that led there, causes first. */
  why(ids: readonly SolvableId[]): readonly Decision[] {
    return this.#readDecisions(this.#ask('shim_solver_why', [0, 0], { ints: ids }));
  }

  /** The proof that a problem (counting from 0) has no solution. It may stand on learnt rules, see `learntRules`. */
  proof(problem: number): readonly Decision[] {
    return this.#readDecisions(this.#ask('shim_solver_why', [1, problem + 1]));
  }

  /** The proof of a learnt rule. */
  learntProof(rule: RuleId): readonly Decision[] {
    return this.#readDecisions(this.#ask('shim_solver_why', [2, rule]));
  }

  /** The learnt rules that the proof of a problem stands on, in the order they were learnt. */
  learntRules(problem: number): readonly RuleId[] {
    return Array.from(this.#ask('shim_solver_learnt', [problem + 1]).list(), toRule);
  }

  /** A rule of the last solve, learnt ones included: one of its literals holds. */
  rule(id: RuleId): SolverRule {
    const reply = this.#ask('shim_solver_rule', [id]);
    const literals = Array.from(reply.list(), (literal) => ({
      solvable: toSolvable(Math.abs(literal)),
      install: literal > 0,
    }));
    return { literals, infos: readInfos(reply) };
  }

  /** Where the solver could have chosen otherwise. */
  alternatives(): readonly Alternative[] {
    const reply = this.#ask('shim_solver_alternatives', []);
    return Array.from({ length: reply.int() }, () => ({
      type: alternativeNames.get(reply.int()) ?? 'other',
      from: optionalSolvable(reply.int()),
      chosen: optionalSolvable(reply.int()),
      choices: readSolvables(reply),
      infos: readInfos(reply),
      text: reply.string(),
    }));
  }

  /** Recommended by what is installed in the end, or supplementing it, available, and not taken. `taken`: those that were taken too. */
  recommended(options: { readonly taken?: boolean } = {}): readonly SolvableId[] {
    return this.#list('recommended', options.taken === true ? 0 : 1);
  }

  /** The same of suggests and enhances. */
  suggested(options: { readonly taken?: boolean } = {}): readonly SolvableId[] {
    return this.#list('suggested', options.taken === true ? 0 : 1);
  }

  /** Installed packages that no repository carries any more; known after a job about everything. */
  orphaned(): readonly SolvableId[] {
    return this.#list('orphaned');
  }

  /** Installed packages that nothing needs: not user-installed and not required. `filtered`: only the roots among them. */
  unneeded(options: { readonly filtered?: boolean } = {}): readonly SolvableId[] {
    return this.#list('unneeded', options.filtered === true ? 1 : 0);
  }

  /** What the `cleandeps` flag took away besides the packages named. */
  cleandeps(): readonly SolvableId[] {
    return this.#list('cleandeps');
  }

  /** What counts as installed by the user after this solve. `inverted`: what does not. */
  userinstalled(options: { readonly inverted?: boolean } = {}): readonly SolvableId[] {
    return this.#list('userinstalled', options.inverted === true ? 2 : 0);
  }

  statistics(): SolverStatistics {
    return readStatistics(this.#ask('shim_solver_statistics', []));
  }

  /** The result of the last solve as the text that libsolv's testcases compare. */
  testcaseResult(kinds: readonly ResultKind[]): string {
    return this.#ask('shim_solver_result', [packKinds(kinds)]).string();
  }

  /**
   * The last solve as a libsolv testcase that `testsolv` can replay: `testcase.t`, a `.repo` for each repository and, for
   * `kinds`, the result in `solver.result`. Bytes by file name; put them into one directory.
   */
  writeTestcase(kinds: readonly ResultKind[] = []): ReadonlyMap<string, Uint8Array> {
    const { instance } = this.#resource;
    instance.call('shim_files_clear');
    this.#send('shim_testcase_write', [packKinds(kinds)], {});
    const reply = instance.ask('shim_files_written', []);
    const names = Array.from({ length: reply.int() }, () => reply.string());
    const files = names.map((name): [string, Uint8Array] => {
      const bytes = instance.ask('shim_file_get', [], { strings: [name] }).bytes();
      return [name.slice(name.indexOf('/') + 1), bytes];
    });
    instance.call('shim_files_clear');
    return new Map(files);
  }

  /** @internal */
  get handle(): number {
    return this.#resource.handle;
  }

  /** @internal After C has read the next part of a testcase into it. */
  renew(): void {
    this.#resource.renew();
  }

  /** @internal Solves the jobs that C read. */
  solveAgain(): number {
    return this.#send('shim_solver_solve_again', [], {});
  }

  /** Frees the solver and its transactions. Calling it again does nothing. */
  dispose(): void {
    this.#resource.release();
  }

  #list(which: keyof typeof lists, option = 0): readonly SolvableId[] {
    return readSolvables(this.#ask('shim_solver_list', [lists[which], option]));
  }

  #readDecisions(reply: Reply): readonly Decision[] {
    return Array.from({ length: reply.int() }, () => {
      const signed = reply.int();
      const rawReason = reply.int();
      return {
        solvable: optionalSolvable(Math.abs(signed)),
        install: signed > 0,
        reason: reasonNames.get(rawReason) ?? 'other',
        rawReason,
        infos: readInfos(reply),
        text: reply.string(),
      };
    });
  }

  #call(name: string, ...args: readonly number[]): number {
    return this.#resource.instance.call(name, this.#resource.handle, ...args);
  }

  #send(name: string, args: readonly number[], request: Request): number {
    return this.#resource.instance.send(name, [this.#resource.handle, ...args], request);
  }

  #ask(name: string, args: readonly number[], request: Request = {}): Reply {
    return this.#resource.instance.ask(name, [this.#resource.handle, ...args], request);
  }
}
