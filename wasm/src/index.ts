export {
  type Alternative,
  type AlternativeType,
  alternativeTypes,
  type Decision,
  type DecisionReason,
  decisionReasons,
} from './decision.js';
export { SolvError, type SolvErrorCode } from './errors.js';
export type { RuleId, SolvableId } from './ids.js';
export { type Job, type JobAction, type JobFlag, type JobSelect, jobActions, jobFlags } from './job.js';
export { type Libsolv, type LoadOptions, load } from './libsolv.js';
export type { ModuleSource } from './module.js';
export { type DependencyKind, dependencyKinds, type PackageInfo } from './package-info.js';
export {
  type DistType,
  distTypes,
  type Pool,
  type PoolFlag,
  type PoolOptions,
  poolFlags,
} from './pool.js';
export {
  type Problem,
  type ProblemSolution,
  type ReplaceReason,
  type SolutionElement,
  solutionElements,
} from './problem.js';
export type { Repo, RepoOptions, RpmmdDocuments } from './repo.js';
export { type RuleInfo, type RuleType, ruleTypes, type SolverRule } from './rule.js';
export {
  type Selection,
  type SelectionFlag,
  type SelectionMode,
  type SelectionStep,
  selectionFlags,
  selectionModes,
} from './selection.js';
export { systemSolvable } from './solvable.js';
export { type SolveResult, type Solver, type SolverFlag, solverFlags } from './solver.js';
export type { Counters, PoolStatistics, RuleCounts, SolverStatistics } from './statistics.js';
export type { Testcase, TestcaseOutcome, TestcasePart } from './testcase.js';
export { type ResultKind, resultKinds } from './testcase-result.js';
export {
  type ClassType,
  classTypes,
  type Step,
  type StepClass,
  type StepMode,
  type StepType,
  stepModes,
  stepTypes,
  type Transaction,
} from './transaction.js';
export type { AppliedPatch, SourceVersion, Version } from './version.js';
