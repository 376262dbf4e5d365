import { describe, expect, it } from 'vitest';
import { type Failure, statusOf } from '#compare';
import type { PairedSamples } from '#measure';
import type { Comparison, Phase } from '#run-document';
import { type Random, seededRandom } from '#statistics';
import { judgePhases, judgeRequests } from '../../src/compare/judge.js';

const options = { margin: 0.02 };
const requests = 60;
const pairs = 8;

function normal(random: Random): number {
  return Array.from({ length: 12 }, random.float).reduce((sum, one) => sum + one, -6);
}

/** Requests of 0.1 to 100 ms whose single samples are off by a tenth, as on a busy machine; b's phase slowed down by a share. */
function measured(random: Random, slowdown: (request: number) => number): PairedSamples<Phase>[][] {
  return Array.from({ length: requests }, (_, request) => {
    const ms = 0.1 * 1000 ** (request / requests);
    const sample = (factor: number) =>
      Array.from({ length: pairs }, () => ms * factor * Math.exp(0.1 * normal(random)));
    return [{ part: 'solve', aMs: sample(1), bMs: sample(1 + slowdown(request)) }];
  });
}

const phaseOf = (samples: PairedSamples<Phase>[][]) => judgePhases(samples, ['solve', 'order'], options)[0];

describe('a phase over all requests', () => {
  it('is called different in none of ten comparisons of equals', () => {
    const random = seededRandom(11);
    const judged = Array.from({ length: 10 }, () => phaseOf(measured(random, () => 0))?.judgement);
    expect(judged.filter((one) => one === 'faster' || one === 'slower')).toEqual([]);
  }, 60_000);

  it('is slower where all its work takes five percent longer, and faster the other way round', () => {
    const random = seededRandom(12);
    const judged = Array.from({ length: 10 }, () => phaseOf(measured(random, () => 0.05))?.judgement);
    expect(judged.filter((one) => one === 'slower').length).toBeGreaterThanOrEqual(9);
    expect(phaseOf(measured(random, () => -0.08))?.judgement).toBe('faster');
  });

  it('cannot be told on a machine too noisy, and says how many pairs might tell', () => {
    const random = seededRandom(13);
    const few = measured(random, () => 0).slice(0, 2);
    const judged = phaseOf(few);
    expect(judged?.judgement).toBe('unknown');
    expect(judged?.pairsToTell ?? Number.POSITIVE_INFINITY).toBeGreaterThan(pairs);
  });

  it('is not judged where no request takes long enough for the clock, or pairs are too few', () => {
    const short = [[{ part: 'order' as const, aMs: Array(8).fill(0.003), bMs: Array(8).fill(0.004) }]];
    expect(judgePhases(short, ['order'], options)).toEqual([]);
    const few = [[{ part: 'order' as const, aMs: [9, 9, 9, 9], bMs: [5, 5, 5, 5] }]];
    expect(judgePhases(few, ['order'], options)).toEqual([]);
  });
});

describe('the phases of single requests', () => {
  it('are hardly ever called different where they are equal, though many are judged', () => {
    const random = seededRandom(14);
    const called = Array.from({ length: 10 }, () =>
      judgeRequests(
        measured(random, () => 0),
        options,
      ).flat(),
    )
      .flat()
      .filter(({ judgement }) => judgement === 'faster' || judgement === 'slower').length;
    expect(called / (10 * requests)).toBeLessThanOrEqual(0.02);
  }, 60_000);

  it('are found where a few of them became much slower', () => {
    const judged = judgeRequests(
      measured(seededRandom(15), (request) => (request % 20 === 0 ? 1 : 0)),
      options,
    );
    const slower = judged.flatMap((times, request) =>
      times.some((one) => one.judgement === 'slower') ? [request] : [],
    );
    // One that is called by chance is what the rate allows.
    expect(slower).toEqual(expect.arrayContaining([0, 20, 40]));
    expect(slower.length).toBeLessThanOrEqual(4);
  });
});

describe('what makes a comparison fail', () => {
  const side = { name: '', kmplab: { version: '', commit: null } };
  const comparison = (changes: Partial<Comparison>, judgement: 'same' | 'slower' | 'unknown' = 'same'): Comparison => ({
    format: 'kmplab/comparison',
    version: 1,
    of: 'libsolv',
    a: { ...side, libsolv: libsolv() },
    b: { ...side, libsolv: libsolv() },
    seed: 1,
    host: { node: '', v8: '', platform: '', cpu: '', cores: 1, memoryBytes: 1 },
    steps: [step('same')],
    totals: [{ metric: 'work.solve', a: 100, b: 103 }],
    timing: {
      clock: 'processCpu',
      pairs: 8,
      margin: 0.02,
      confidence: 0.99,
      falseDiscoveryRate: 0.05,
      phases: [{ phase: 'solve', aMs: 1, bMs: 1, ratio: 1, low: 1, high: 1, judgement, pairsToTell: null }],
    },
    notCompared: [],
    ...changes,
  });
  const libsolv = () => ({
    version: '',
    patches: [],
    build: 'release' as const,
    emcc: '',
    moduleSha256: '',
    sources: [],
  });
  const step = (state: 'same' | 'decisions' | 'transaction'): Comparison['steps'][number] => ({
    ...{ scenario: 's', step: 't', request: 'zypper up', file: null, rerun: null, moved: [], samples: [], times: [] },
    answer:
      state === 'same'
        ? { state }
        : {
            state: 'differs',
            differences: [
              state === 'decisions'
                ? { aspect: state, a: 1, b: 2 }
                : { aspect: state, onlyA: { first: [], total: 0 }, onlyB: { first: ['x'], total: 1 } },
            ],
          },
  });

  it.each<[string, Comparison, readonly Failure[], string]>([
    ['nothing moved', comparison({}), ['answers', 'slower'], 'passed'],
    ['an answer', comparison({ steps: [step('transaction')] }), ['answers', 'slower'], 'failed'],
    ['an answer nobody asked for', comparison({ steps: [step('transaction')] }), ['slower'], 'passed'],
    ['decisions alone', comparison({ steps: [step('decisions')] }), ['answers'], 'passed'],
    ['a slower phase', comparison({}, 'slower'), ['answers', 'slower'], 'failed'],
    ['a phase nobody can tell', comparison({}, 'unknown'), ['answers', 'slower'], 'unknown'],
    ['a phase nobody can tell nor asks for', comparison({}, 'unknown'), ['answers'], 'passed'],
    ['no time where it was asked for', comparison({ timing: null }), ['slower'], 'unknown'],
    ['more work', comparison({}), ['work'], 'failed'],
    ['something not compared', comparison({ notCompared: [{ what: 'x', why: 'y' }] }), ['answers'], 'unknown'],
    ['no request at all', comparison({ steps: [] }), ['answers'], 'unknown'],
    ['everything, and nobody minds', comparison({ steps: [step('transaction')] }, 'slower'), ['nothing'], 'passed'],
  ])('%s', (_what, one, policy, status) => {
    expect(statusOf(one, policy)).toBe(status);
  });
});
