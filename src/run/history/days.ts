import type { MachineHistory, MachineUpdate } from '#run-document';

const dayMs = 86_400_000;

/** Calendar days from one date to another, both YYYY-MM-DD. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / dayMs);
}

/**
 * How long a machine was without what it should have had. What an update left holds until the day of the next one, so that of several on
 * one day the last one counts; what the last update left is nobody's wait yet.
 */
export function waiting(
  updates: readonly MachineUpdate[],
  drivers: readonly string[],
): Pick<MachineHistory, 'daysBehind' | 'waits'> {
  const spans = updates.map((update, index) => ({
    update,
    days: daysBetween(update.date, updates[index + 1]?.date ?? update.date),
  }));
  const total = (counts: (update: MachineUpdate) => boolean): number =>
    spans.reduce((sum, { update, days }) => sum + (counts(update) ? days : 0), 0);
  return {
    daysBehind: total(({ nextBoot, newest }) => nextBoot !== newest),
    waits: drivers.map((driver) => ({ driver, days: total(({ waitsFor }) => waitsFor.includes(driver)) })),
  };
}
