import type { Reason } from '#run-document';

/** The statements from a tree's root to the first one that is wanted. */
export function wayTo(reason: Reason, wanted: (reason: Reason) => boolean): Reason[] | null {
  if (wanted(reason)) return [reason];
  for (const below of reason.because) {
    const rest = wayTo(below, wanted);
    if (rest !== null) return [reason, ...rest];
  }
  return null;
}
