import type { RuleId, SolvableId } from './ids.js';

/** Why a rule exists; libsolv's SolverRuleinfo (rules.h) without its prefix. */
export const ruleTypes = {
  pkg: 0x100,
  pkgNotInstallable: 0x101,
  pkgNothingProvidesDep: 0x102,
  pkgRequires: 0x103,
  pkgSelfConflict: 0x104,
  pkgConflicts: 0x105,
  pkgSameName: 0x106,
  pkgObsoletes: 0x107,
  pkgImplicitObsoletes: 0x108,
  pkgInstalledObsoletes: 0x109,
  pkgRecommends: 0x10a,
  pkgConstrains: 0x10b,
  pkgSupplements: 0x10c,
  update: 0x200,
  feature: 0x300,
  job: 0x400,
  jobNothingProvidesDep: 0x401,
  jobProvidedBySystem: 0x402,
  jobUnknownPackage: 0x403,
  jobUnsupported: 0x404,
  distupgrade: 0x500,
  infarch: 0x600,
  choice: 0x700,
  learnt: 0x800,
  best: 0x900,
  yumobs: 0xa00,
  recommends: 0xb00,
  black: 0xc00,
  strictRepoPriority: 0xd00,
} as const;
/** `other` is a type that a newer libsolv added: `raw` tells which. */
export type RuleType = keyof typeof ruleTypes | 'other';

/** One reason why a rule exists. A rule can have several, for example two dependencies with the same providers. */
export interface RuleInfo {
  readonly type: RuleType;
  /** libsolv's own number of the type. */
  readonly raw: number;
  /** Null for the weak dependencies behind a decision, which are no rules. */
  readonly rule: RuleId | null;
  /** The package that brings the rule. */
  readonly source: SolvableId | null;
  /** The package it is about, such as the one in the way of a conflict. */
  readonly target: SolvableId | null;
  /** The job it comes from, as its place in the list given to `solve`. */
  readonly job: number | null;
  /** For `choice` and `recommends`: the rule that this one narrows. */
  readonly basis: RuleId | null;
  /** The dependency as libsolv prints it. */
  readonly dependency: string | null;
  /** libsolv's sentence. */
  readonly text: string;
}

/** A clause of the solver's: of its literals, that a package is installed or is not, one at least holds. */
export interface SolverRule {
  readonly literals: readonly { readonly solvable: SolvableId; readonly install: boolean }[];
  readonly infos: readonly RuleInfo[];
}
