import type { Why, WhyPackage } from '#run-document';
import { counted } from '../numbers.js';
import { obstacleLines } from './outcome-text.js';
import { reasonLines } from './tree.js';

const stateWords: Record<WhyPackage['state'], string> = {
  comes: 'is installed by this request',
  stays: 'is installed and stays',
  goes: 'is installed and goes',
  absent: 'is not installed',
};

/** Each version with its tree of reasons; the ones that are there first. */
export function whyText({ name, packages, packagesTotal, nearest }: Why): string {
  const lines = packages.flatMap(packageLines);
  const more = packagesTotal - packages.length;
  const unknown = [
    `no package in reach is called or provides ${name}`,
    ...(nearest.length === 0 ? [] : [`  like it: ${nearest.join(', ')}`]),
  ];
  return [
    ...(packagesTotal === 0 ? unknown : lines),
    ...(more > 0 ? [`and ${counted(more, 'more version')}`] : []),
    '',
  ].join('\n');
}

function packageLines({ nevra, repository, state, reasons, obstacles }: WhyPackage): string[] {
  const lines = reasonLines(reasons);
  return [
    `${nevra} (${repository}) ${stateWords[state]}`,
    // The first one says of what is absent that it is.
    ...(state === 'absent' ? lines.slice(1) : lines).map((line) => `  ${line}`),
    ...obstacles.flatMap(({ kabi }) => kabi).flatMap(obstacleLines),
  ];
}
