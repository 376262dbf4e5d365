import type { UnfoldedDraft } from './unfold.js';

/** Placeholder. */
export function circleNotes(_drafts: readonly UnfoldedDraft[]): string[] {
  return [];
}
