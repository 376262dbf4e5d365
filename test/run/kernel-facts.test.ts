import { describe, expect, it } from 'vitest';
import { chainOf, kernelFacts } from '../../src/run/kernel-facts.js';
import { kernel } from '../support/kernel.js';

const build = (release: string, revision: string, flavor: string) => ({
  ...kernel({ release, flavor, image: { module_layout: 1 }, modules: { nvme: { imports: ['module_layout'] } } }),
  revision,
});

describe('the kernel facts of a run', () => {
  it('have the churn of each flavor by itself, oldest first', () => {
    const builds = [
      build('6.1.0-2-rt', '2', 'rt'),
      build('6.1.0-2-default', '2', 'default'),
      build('6.1.0-1-default', '1', 'default'),
      build('6.1.0-3-default', '3', 'default'),
    ];
    const { kernels, churn } = kernelFacts(chainOf(builds));
    expect(kernels).toHaveLength(4);
    expect(churn.map(({ from, to }) => [from, to])).toEqual([
      ['6.1.0-1-default', '6.1.0-2-default'],
      ['6.1.0-2-default', '6.1.0-3-default'],
    ]);
  });
});
