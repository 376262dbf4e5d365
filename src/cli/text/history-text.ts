import type { DriverState, History } from '#kernel';

/** One line for each kernel: what each driver from outside of the tree does on its first day. */
export function historyText({ description, builds }: History, states: readonly DriverState[]): string {
  const lines = builds.map(({ date, build }) => {
    const ofBuild = states.filter(({ kernel }) => kernel === build.release).map(stateText);
    return `${date}  ${[build.release, ...ofBuild].join('; ')}\n`;
  });
  return `${description}\n${lines.join('')}`;
}

function stateText({ driver, loads, refusedImports, gapDays }: DriverState): string {
  if (loads !== null) return `${driver} ${loads.version} loads`;
  const wait = gapDays === null ? 'and stays so' : `for ${gapDays} days`;
  return refusedImports === 0
    ? `${driver} is not there yet ${wait}`
    : `${driver} refused (${refusedImports} imports) ${wait}`;
}
