import { cpus } from 'node:os';
import { withScratch } from '#files';
import type { Costs } from './document.js';
import { dracutVersion } from './measure-initrd.js';
import { measureRpm } from './measure-rpm.js';
import { measureShellLinks } from './measure-shell.js';
import { type MeasureOptions, measureTrees } from './measure-trees.js';
import { tool } from './timing.js';

/** Figures that nobody measures here, each with where it is from. */
export const modelled: Costs['modelled'] = {
  depmodIncrementalFactor: {
    value: 3,
    basis: 'published',
    source:
      'kmod-project/kmod pull request 253, 787 of 5,933 kernel modules added on openSUSE Leap; in no release of kmod',
  },
  lineMbitPerSecond: { value: 50, basis: 'assumed', source: 'a line of 50 Mbit/s' },
};

/** Measures everything that has a real tool; takes some minutes, and writes into its own directory only. */
export async function measureCosts(name: string, options: Omit<MeasureOptions, 'scratch'>): Promise<Costs> {
  return withScratch(async (scratch) => {
    const processors = cpus();
    return {
      format: 'kmplab/costs',
      version: 3,
      name,
      environment: {
        processor: processors[0]?.model.trim() || 'unknown',
        processors: Math.max(1, processors.length),
        kmod: (await tool('depmod', ['--version'])).split('\n')[0]?.replace(/^kmod version /, '') ?? '',
        rpm: (await tool('rpm', ['--version'])).trim().replace(/^RPM version /, ''),
        dracut: await dracutVersion(),
      },
      measured: {
        ...(await measureTrees({ ...options, scratch })),
        ...(await measureRpm({ ...options, scratch })),
        shellLinks: await measureShellLinks({ ...options, scratch }),
      },
      modelled,
    };
  });
}
