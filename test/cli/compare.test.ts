import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Comparison, comparisonSchema } from '#run-document';
import { plainRequest } from '#solve';
import { timeCases } from '../../src/compare/time.js';
import { cli } from '../support/cli.js';
import { smallLab } from '../support/small-lab.js';
import { temporaryDirectory } from '../support/temporary.js';

async function twoRepositories() {
  const directory = await temporaryDirectory();
  const scenario = await smallLab(directory);
  const [one, two] = [join(directory, 'repo-one'), join(directory, 'repo-two')];
  await cli('generate', join(directory, 'one.kernel'), '--scheme', 'modular', '-o', one);
  await cli('generate', join(directory, 'two.kernel'), '--scheme', 'modular', '-o', two);
  return { directory, scenario, one, two };
}

const read = (out: string): Comparison => comparisonSchema.parse(JSON.parse(out));

describe('kmplab compare --repo', () => {
  it('tells what a repository changes of the answer and of what it costs, as text, JSON and a page', async () => {
    const { directory, one, two } = await twoRepositories();
    const page = join(directory, 'page.html');
    const asked = ['--repo', one, two, '--request', 'in kernel-default', '--pairs', '0', '--fail-on', 'answers'];
    const { code, out } = await cli('compare', ...asked, '--html', page);
    expect(code).toBe(1);
    expect(out).toContain('1 request');
    expect(out).toMatch(
      /transaction: no more multiversion kernel-default-6\.1\.0-1\S*; now multiversion kernel-default-6\.1\.0-2/,
    );
    expect(out).toContain('time: not taken');
    const html = await readFile(page, 'utf8');
    expect(html).toContain('1 request answered differently');
    expect(html).not.toContain('<script>');
    const comparison = read((await cli('compare', ...asked, '--json')).out);
    expect(comparison.steps[0]?.answer.state).toBe('differs');
  });

  it('says the same of a repository and itself, and takes time in turns', async () => {
    const { one } = await twoRepositories();
    const asked = [
      '--repo',
      one,
      one,
      '--request',
      'in kernel-default',
      '--fail-on',
      'answers',
      'work',
      '--pairs',
      '5',
    ];
    const { code, out } = await cli('compare', ...asked, '--json');
    expect(code).toBe(0);
    const { steps, timing, totals } = read(out);
    expect([steps[0]?.answer.state, steps[0]?.moved]).toEqual(['same', []]);
    expect(totals.every(({ a, b }) => a === b)).toBe(true);
    expect(timing?.clock).toMatch(/^(thread|process)Cpu$/);
    for (const { phase, aMs, bMs } of steps[0]?.samples ?? [])
      expect([phase, aMs.length, bMs.length]).toEqual([phase, 5, 5]);
    expect(steps[0]?.samples.map(({ phase }) => phase)).toEqual(['parseRpmmd', 'whatprovides', 'solve', 'order']);
  });
});

describe('kmplab compare --design', () => {
  it('runs each scenario under both, step by step', async () => {
    const { scenario } = await twoRepositories();
    const asked = ['--design', 'modular', 'monolithic', scenario, '--pairs', '0', '--fail-on', 'nothing', '--json'];
    const { code, out } = await cli('compare', ...asked);
    expect(code).toBe(0);
    const { steps, a, b } = read(out);
    expect([a.name, b.name]).toEqual(['modular', 'monolithic']);
    expect(steps.map(({ step }) => step)).toEqual(['fresh install', 'kernel by name']);
    expect(steps[0]?.moved.map(({ metric }) => metric)).toContain('rulesTotal');
  });
});

describe('what cannot be compared', () => {
  it.each([
    [[], 'nothing to compare'],
    [['--libsolv', '0.7.32'], 'a comparison is of two'],
    [['--libsolv', '0.7.32', '0.7.40', '--ref', 'HEAD'], 'only one kind of thing'],
    [['--libsolv', '0.7.32', '0.1.2'], 'libsolv 0.1.2 is not pinned'],
    [['--libsolv', '0.7.32', './docs'], 'is no source tree of libsolv'],
    [['--libsolv', '0.7.32', '0.7.32+order-index+order-index'], 'is named twice'],
    [['--libsolv', '0.7.32+no-such-patch', '0.7.32'], 'no patch "no-such-patch"'],
    [['--design', 'modular', 'modulr'], 'write "modular"'],
    [['--repo', 'a', 'b'], 'nothing is asked'],
    [['--ref', 'no-such-commit'], 'is no commit of this lab'],
    [['--ref', '--upload-pack=x'], 'is no commit of this lab'],
  ])('is bad input: %s', async (args, said) => {
    const { code, err } = await cli('compare', ...args);
    expect([code, err.includes(said) ? said : err]).toEqual([2, said]);
  });
});

describe('an engine that dies while time is taken', () => {
  it('costs the case that it died in, with its reason, and no other', async () => {
    const machine = () => Promise.resolve({ arch: 'x86_64', installed: null, repositories: [], modaliases: [] });
    const work = (verb: 'up' | 'dup') => ({ machine, request: plainRequest(verb) });
    const cases = (['up', 'dup'] as const).map((verb) => ({
      ...{ scenario: 's', step: verb, request: verb, file: null, rerun: null, a: { failed: '' }, b: { failed: '' } },
      timed: { key: verb, a: work(verb), b: work(verb) },
    }));
    const engine = (trapsAt: string) => ({
      fresh: () =>
        Promise.resolve({
          run: (
            _machine: unknown,
            request: { readonly verb: string },
            clock: (phase: 'solve', work: () => void) => void,
          ) =>
            clock('solve', () => {
              if (request.verb === trapsAt) throw new Error('unreachable executed');
            }),
          dispose: () => undefined,
        }),
    });
    const engines = [engine('never'), engine('dup')] as const;
    const { samples, failed } = await timeCases(cases, { engines, pairs: 3, seed: 1, onProgress: () => undefined });
    expect([...failed]).toEqual([['dup', 'unreachable executed']]);
    expect(samples.get('up')?.[0]?.bMs).toHaveLength(3);
    expect(samples.get('dup')).toEqual([]);
  });
});
