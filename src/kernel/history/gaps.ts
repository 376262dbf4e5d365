import type { Crc, KernelBuild } from '../build.js';
import { acceptsVersion } from '../loader-rules.js';
import type { DriverBuild, History } from './history.js';

/** What a machine with a vendor's driver gets on the day a kernel appears. */
export interface DriverState {
  readonly date: string;
  readonly kernel: string;
  readonly driver: string;
  /** The newest build of the driver there is on that day that this kernel loads; `null` where it refuses all of them. */
  readonly loads: { readonly version: string; readonly builtFor: string } | null;
  /** Imports of the newest build of that day that are gone or have another CRC. 0 where there is no build yet. */
  readonly refusedImports: number;
  /** Days until a build appears that this kernel loads; 0 where there is one, `null` where none ever does. */
  readonly gapDays: number | null;
}

/** For each kernel of a history and each driver whether one can be loaded on the first day, and how long it takes otherwise. */
export function driverGaps({ builds, driverBuilds }: History): DriverState[] {
  const drivers = [...new Set(driverBuilds.map(({ driver }) => driver))].sort();
  return builds.flatMap(({ date, build }) => {
    const crcs = crcsOf(build);
    return drivers.map((driver) => {
      const all = driverBuilds.filter((candidate) => candidate.driver === driver);
      const there = all.filter((candidate) => candidate.date <= date);
      const newest = there.at(-1);
      const loads = there.findLast((candidate) => refused(candidate, crcs) === 0);
      const later = all.find((candidate) => candidate.date > date && refused(candidate, crcs) === 0);
      return {
        date,
        kernel: build.release,
        driver,
        loads: loads === undefined ? null : { version: loads.version, builtFor: loads.builtFor },
        refusedImports: newest === undefined ? 0 : refused(newest, crcs),
        gapDays: loads !== undefined ? 0 : later === undefined ? null : daysBetween(date, later.date),
      };
    });
  });
}

function crcsOf({ image, modules }: KernelBuild): Map<string, Crc | null> {
  const crcs = new Map(image.exports.map(({ name, crc }) => [name, crc]));
  for (const { exports } of modules) for (const { name, crc } of exports) if (!crcs.has(name)) crcs.set(name, crc);
  return crcs;
}

function refused({ kernelModule }: DriverBuild, crcs: ReadonlyMap<string, Crc | null>): number {
  return kernelModule.imports.filter(({ name, crc }) => {
    const exported = crcs.get(name);
    return exported === undefined || !acceptsVersion(exported, crc);
  }).length;
}

function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000);
}
