import type { DriverState, History } from '#kernel';
import { driverOnDayText } from '#tell';

/** One line for each kernel: what each driver from outside of the tree does on its first day. */
export function historyText({ description, builds }: History, states: readonly DriverState[]): string {
  const lines = builds.map(({ date, build }) => {
    const ofBuild = states.filter(({ kernel }) => kernel === build.release).map(driverOnDayText);
    return `${date}  ${[build.release, ...ofBuild].join('; ')}\n`;
  });
  return `${description}\n${lines.join('')}`;
}
