import type { SolvableId } from './ids.js';
import type { RuleInfo } from './rule.js';

/** Why the solver decided; libsolv's SOLVER_REASON_* (solver.h). */
export const decisionReasons = {
  unrelated: 0,
  unitRule: 1,
  keepInstalled: 2,
  resolveJob: 3,
  updateInstalled: 4,
  cleandepsErase: 5,
  resolve: 6,
  weakdep: 7,
  resolveOrphan: 8,
  recommended: 16,
  supplemented: 17,
  unsolvable: 18,
  premise: 19,
} as const;
export type DecisionReason = keyof typeof decisionReasons | 'other';

/** One decision of the solver: this package will be installed, or will not. */
export interface Decision {
  /** Null for the closing step of a proof that a problem is unsolvable. */
  readonly solvable: SolvableId | null;
  readonly install: boolean;
  readonly reason: DecisionReason;
  readonly rawReason: number;
  /** The rules that forced it; empty for a free choice. */
  readonly infos: readonly RuleInfo[];
  /** libsolv's sentence. */
  readonly text: string;
}

/** What the choice was about; libsolv's SOLVER_ALTERNATIVE_TYPE_* (solver.h). */
export const alternativeTypes = { rule: 1, recommends: 2, suggests: 3 } as const;
export type AlternativeType = keyof typeof alternativeTypes | 'other';

/** The solver had a choice. */
export interface Alternative {
  readonly type: AlternativeType;
  /** Whose weak dependency it was; null for type `rule`, where `infos` tells. */
  readonly from: SolvableId | null;
  /** The rule behind it, for type `rule`. */
  readonly infos: readonly RuleInfo[];
  readonly chosen: SolvableId | null;
  readonly choices: readonly SolvableId[];
  /** libsolv's sentence. */
  readonly text: string;
}
