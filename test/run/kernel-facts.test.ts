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

  it('know nothing of updates from one architecture to another, or past the end of a line', () => {
    const of = (release: string, version: string, arch = 'x86_64') => ({
      ...build(release, '1', 'default'),
      upstreamVersion: version,
      arch,
    });
    const builds = [
      of('6.12.2', '6.12.2'),
      of('6.1.3-arm64', '6.1.3', 'aarch64'),
      of('6.1.3', '6.1.3'),
      of('6.1.2', '6.1.2'),
      of('6.1.1', '6.1.1'),
      of('6.12.1', '6.12.1'),
    ];
    const { kernels, churn, graph } = kernelFacts(chainOf(builds));
    expect(kernels).toHaveLength(6);
    expect(churn.map(({ from, to }) => [from, to])).toEqual([
      ['6.1.1', '6.1.2'],
      ['6.1.2', '6.1.3'],
      ['6.12.1', '6.12.2'],
    ]);
    expect(graph?.release).toBe('6.1.3');
  });

  it('have the one update to another version of Linux, a service pack', () => {
    const pack = { ...build('6.12.1', '1', 'default'), upstreamVersion: '6.12.1' };
    const { churn } = kernelFacts(
      chainOf([pack, build('6.1.0-1-default', '1', 'default'), build('6.1.0-2-default', '2', 'default')]),
    );
    expect(churn.map(({ from, to }) => [from, to])).toEqual([
      ['6.1.0-1-default', '6.1.0-2-default'],
      ['6.1.0-2-default', '6.12.1'],
    ]);
  });
});
