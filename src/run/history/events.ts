import { type HardwareProfile, matchModalias } from '#hardware';
import type { DriverBuild, History } from '#kernel';

/** Something that is published, and that machines update for on the same day. */
export type HistoryEvent =
  | { readonly kind: 'kernel'; readonly date: string }
  | { readonly kind: 'driver'; readonly date: string; readonly build: DriverBuild };

/** Drivers from outside of the tree that claim a device of the machine. */
export function driversFor({ driverBuilds }: History, { devices }: HardwareProfile): string[] {
  const claims = ({ kernelModule }: DriverBuild): boolean =>
    kernelModule.aliases.some((pattern) => devices.some(({ modalias }) => matchModalias(pattern, modalias)));
  return [...new Set(driverBuilds.filter(claims).map(({ driver }) => driver))].sort();
}

/**
 * What a machine with these drivers sees published, in order of date: for each kernel build a list of it and of what comes before the next
 * one. Of one day the kernel comes first.
 */
export function eventsFor({ builds, driverBuilds }: History, drivers: readonly string[]): HistoryEvent[][] {
  const wanted = driverBuilds.filter(({ driver }) => drivers.includes(driver));
  return builds.map(({ date }, index) => {
    const from = index === 0 ? '' : date;
    const until = builds[index + 1]?.date;
    const own = wanted.filter((build) => build.date >= from && (until === undefined || build.date < until));
    const events = own.map((build): HistoryEvent => ({ kind: 'driver', date: build.date, build }));
    // The sort is stable.
    return [{ kind: 'kernel', date }, ...events.sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0))];
  });
}
