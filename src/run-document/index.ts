export {
  type Audit,
  type AuditedDevice,
  type AuditedInitrd,
  type AuditedKernel,
  auditSchema,
  deviceStates,
  type InitrdConfiguration,
  type LinksStopped,
  type LoaderPolicy,
  loadRefusals,
  neededStates,
  type RefusedImport,
  type RefusedModule,
  type RootNeed,
  type Taint,
  type Violation,
  type WeakModulesScript,
} from './audit.js';
export { type ChannelCost, type ChannelCosts, channelCostsSchema } from './channel-costs.js';
export {
  type AnswerDifference,
  type ComparedAnswer,
  type ComparedSide,
  type ComparedStep,
  type Comparison,
  comparisonSchema,
  comparisonVersion,
  type JudgedTime,
  type MovedCount,
  type TimeJudgement,
} from './comparison.js';
export { type CountRange, costParts, type StepCost, type StepCostKind } from './cost.js';
export { type RunDocument, runDocumentSchema, runDocumentVersion } from './document.js';
export type { Environment } from './environment.js';
export type {
  ChangedSymbol,
  Checksum,
  KabiConflict,
  KabiJudgement,
  Solution,
  SolutionDevices,
  SolutionEffect,
  SolutionElement,
} from './explanation.js';
export {
  type GrowthDirection,
  type GrowthFit,
  type GrowthPoint,
  type GrowthSeries,
  growthDirections,
  growthPointSchema,
  type PassedBudget,
} from './growth.js';
export {
  type BuildServiceUpdate,
  buildServiceUpdateSchema,
  type Claim,
  type ClaimId,
  type DriverOnly,
  type HistoryResult,
  type MachineHistory,
  type MachineUpdate,
  type Purged,
  type SchemeTotals,
} from './history.js';
export {
  type KernelDiffDocument,
  type KernelFactsDocument,
  kernelDiffDocumentSchema,
  kernelFactsDocumentSchema,
} from './kernel-document.js';
export {
  type Churn,
  type GraphFacts,
  type KernelSummary,
  type NamedCount,
  type RepositorySummary,
  repositorySummarySchema,
  type Spread,
} from './kernel-facts.js';
export {
  type Limits,
  type LimitsFind,
  type LimitsPoint,
  type LimitsShape,
  type LimitsStop,
  limitsSchema,
  limitsVersion,
} from './limits.js';
export { type Counters, type Phase, type PhaseSamples, phases } from './measurement.js';
export {
  type BoundReached,
  type NoAnswer,
  type Outcome,
  outcomeStatuses,
  type Problem,
  type ProblemRule,
  type RequestOutcome,
} from './outcome.js';
export {
  type Evidence,
  type PromiseId,
  type PromiseResult,
  type PromiseStatus,
  promiseIds,
  promiseResultSchema,
} from './promise.js';
export { parseRunDocument, readRunDocument } from './read.js';
export { type Cause, causeKey, type RootCause, type RootCauses, widest } from './root-cause.js';
export type { ExpectationResult, ScenarioResult, StepResult } from './scenario-result.js';
export type { MachineStep, SchemeComparison, SchemeUpdate } from './scheme-comparison.js';
export {
  type Counterexample,
  type Ground,
  grounds,
  type ScoreCell,
  type Scorecard,
  type ScoredDesign,
  type ScoreFigure,
  type ScoreFigures,
  type ScorePlace,
  type ScoreShare,
  scorecardSchema,
  type Trial,
  trialSteps,
  type WallPart,
  wallParts,
} from './scorecard.js';
export {
  type Asker,
  depthMax,
  type Preference,
  type Reason,
  type Statement,
  type StatementKind,
  type StatementOf,
} from './statement.js';
export type { TransactionStep } from './step.js';
export type { AskedName, StepFacts } from './step-facts.js';
export {
  type CheckedDriver,
  type SupportFault,
  type SupportResult,
  supportResultSchema,
  type UnmetSymbol,
} from './support.js';
export { type Trend, type TrendLine, type TrendPoint, trendSchema, trendVersion } from './trend.js';
export type { GrowthAnswer, PromiseTally, SchemeTally, Verdict } from './verdict.js';
export { type Why, type WhyPackage, whyDocumentSchema, whySchema } from './why.js';
