import type { Random } from '#statistics';
import { closure, type Template } from './template.js';

/** A permutation of 0 to `length` - 1: Fisher and Yates, as Knuth gives it (TAOCP 2, 3.4.2, algorithm P). */
export function shuffled(length: number, random: Random): number[] {
  const order = Array.from({ length }, (_, index) => index);
  for (let at = length - 1; at > 0; at--) {
    const other = random.below(at + 1);
    const moved = order[at] ?? 0;
    order[at] = order[other] ?? 0;
    order[other] = moved;
  }
  return order;
}

/**
 * Exactly `count` kernel modules of the template, each with all it needs: what a smaller configuration of the same kernel builds. Those in
 * `without` are there already and not counted.
 */
export function closedSubset(
  template: Template,
  count: number,
  without: ReadonlySet<number>,
  random: Random,
): Set<number> {
  const chosen = new Set<number>();
  const present = new Set(without);
  for (const index of shuffled(template.modules.length, random)) {
    if (chosen.size === count) break;
    if (present.has(index)) continue;
    const added = closure([index], template.needs, present);
    if (chosen.size + added.size > count) continue;
    for (const member of added) {
      chosen.add(member);
      present.add(member);
    }
  }
  return chosen;
}
