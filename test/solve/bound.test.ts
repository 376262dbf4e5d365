import { describe, expect, it } from 'vitest';
import { type Bound, defaultBound, loadLibsolv, SharedReach, solve, untimed, within } from '#solve';
import { fullRequest, smallMachine } from '../support/machine.js';
import { pigeonHoles } from '../support/pigeon-holes.js';

const hard = pigeonHoles(12);
const { input } = smallMachine({ repository: { ...hard.packages, 'easy-1-1': {} }, installed: { 'here-1-1': {} } });
const hardRequest = fullRequest({ verb: 'in', names: hard.names });
const easyRequest = fullRequest({ verb: 'in', names: ['easy'] });
const brief: Bound = { ...defaultBound, timeoutMs: 1000 };

describe('a request that libsolv does not come to an end with', () => {
  it('has no answer within the time it may take, and its instance is dead', async () => {
    const libsolv = await loadLibsolv();
    const before = performance.now();
    const { outcome, result, counters } = solve(libsolv, input, hardRequest, untimed, brief);
    expect(performance.now() - before).toBeLessThan(10_000);
    expect(outcome).toEqual({ status: 'noAnswer', within: { of: 'time', limitMs: 1000 }, phase: 'solve' });
    expect(result).toBeNull();
    expect(counters).toMatchObject({ solvables: 0, rulesTotal: 0, work: null });
    expect(libsolv.dead).toBe(true);
    expect(() => solve(libsolv, input, easyRequest)).toThrow(/ended from outside/);
    libsolv.dispose();
  });

  it('has no answer within the memory it may take', async () => {
    const memoryMaxBytes = 17e6;
    const names = Array.from({ length: 1500 }, (_, n) => `p${n}`);
    // Each is against all others: a rule for every two.
    const spec = { provides: ['all'], conflicts: ['all'] };
    const large = smallMachine({ repository: Object.fromEntries(names.map((name) => [`${name}-1-1`, spec])) }).input;
    const libsolv = await loadLibsolv({ memoryMaxBytes });
    const { outcome } = solve(libsolv, large, fullRequest({ verb: 'in', names }), untimed, {
      ...defaultBound,
      memoryMaxBytes,
    });
    expect(outcome).toEqual({
      status: 'noAnswer',
      within: { of: 'memory', limitBytes: memoryMaxBytes },
      phase: 'solve',
    });
    libsolv.dispose();
  });

  it('leaves the other requests of its machine, and other machines, their answers', async () => {
    const reach = new SharedReach(await loadLibsolv(), 'x86_64', brief);
    for (const repository of input.repositories) reach.add(repository);
    const machine = { installed: input.installed, repositories: [], modaliases: [] };
    const answers = reach.solveEach(machine, [easyRequest, hardRequest, easyRequest], () => untimed);
    expect(answers.map(({ outcome }) => outcome.status)).toEqual(['solved', 'noAnswer', 'solved']);
    expect(answers[2]?.result).toEqual(answers[0].result);
    expect(reach.solveEach(machine, [easyRequest], () => untimed)[0].result).toEqual(answers[0].result);
    reach.dispose();
  });
});

describe('a bound', () => {
  it('hands on what work throws, and can be set within another', () => {
    expect(() =>
      within(defaultBound, untimed, () => {
        throw new RangeError('mine');
      }),
    ).toThrow(RangeError);
    const inner = () => within(defaultBound, untimed, () => 1);
    expect(within(defaultBound, untimed, inner)).toEqual({ result: { result: 1 } });
  });

  it('is of the inner work alone where that is ended', () => {
    const endless = () => {
      for (;;);
    };
    const ended = { status: 'noAnswer', within: { of: 'time', limitMs: 20 }, phase: null };
    expect(within(defaultBound, untimed, () => within({ ...defaultBound, timeoutMs: 20 }, untimed, endless))).toEqual({
      result: { noAnswer: ended },
    });
  });
});
