import { type HardwareProfile, matchModalias } from '#hardware';
import type { DriverBuild, History } from '#kernel';

/** Something that is published, and that machines update for on the same day. */
export type HistoryEvent =
  | { readonly kind: 'kernel'; readonly date: string; readonly index: number }
  | { readonly kind: 'driver'; readonly date: string; readonly build: DriverBuild };

/** Drivers from outside of the tree that claim a device of the machine. */
export function driversFor({ driverBuilds }: History, { devices }: HardwareProfile): string[] {
  const claims = ({ kernelModule }: DriverBuild): boolean =>
    kernelModule.aliases.some((pattern) => devices.some(({ modalias }) => matchModalias(pattern, modalias)));
  return [...new Set(driverBuilds.filter(claims).map(({ driver }) => driver))].sort();
}

/** What a machine with these drivers sees published, in order of date; of one day the kernel comes first. */
export function eventsFor(history: History, drivers: readonly string[]): HistoryEvent[] {
  const kernels = history.builds.map(({ date }, index): HistoryEvent => ({ kind: 'kernel', date, index }));
  const wanted = history.driverBuilds.filter(({ driver }) => drivers.includes(driver));
  const builds = wanted.map((build): HistoryEvent => ({ kind: 'driver', date: build.date, build }));
  // The sort is stable, and kernels come before drivers.
  return [...kernels, ...builds].sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0));
}
