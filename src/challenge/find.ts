import type { Evidence, PromiseId, Why } from '#run-document';
import type { Break } from './attempt.js';
import { type Cause, causeKey } from './cause.js';
import type { ScenarioDocument } from './scenario-of.js';

/** A smallest history in which a design breaks a promise, or libsolv has no answer. */
export interface Find {
  readonly design: string;
  readonly seed: number;
  /** The number of the history that it was shrunk from. */
  readonly history: number;
  readonly cause: Cause;
  readonly broken: Break;
  /** The scenario as YAML would say it; its last step expects the promise to be kept. */
  readonly document: ScenarioDocument;
  readonly size: { readonly requests: number; readonly kernels: number; readonly kernelModules: number };
  /** Why the package at the heart of it is there in the end, or is not; null where it is about none. */
  readonly why: Why | null;
}

/** The first of each cause, in the order of their histories. */
export function distinct(finds: readonly Find[]): Find[] {
  const first = new Map<string, Find>();
  const inOrder = [...finds].sort((a, b) => a.history - b.history || (causeKey(a.cause) < causeKey(b.cause) ? -1 : 1));
  for (const find of inOrder) {
    const key = causeKey(find.cause);
    if (!first.has(key)) first.set(key, find);
  }
  return [...first.values()];
}

/** The document with the promise kept in the last step, which is what replaying it holds it to. */
export function expectingKept(document: ScenarioDocument, promise: PromiseId): ScenarioDocument {
  const steps = document.steps.map((step, index) =>
    index === document.steps.length - 1 ? { ...step, expect: { promises: { [promise]: 'kept' } } } : step,
  );
  return { ...document, steps };
}

/** What to ask "why" of; null where the evidence names no package. `holderOf`: the package of a device's driver. */
export function subjectOf(evidence: Evidence | undefined, holderOf: (device: string) => string | null): string | null {
  switch (evidence?.kind) {
    case 'device':
      return holderOf(evidence.device);
    case 'refused':
    case 'unused':
    case 'vendor':
    case 'left':
    case 'unasked':
      return evidence.package;
    case 'file':
      return evidence.packages[0] ?? null;
    default:
      return null;
  }
}
