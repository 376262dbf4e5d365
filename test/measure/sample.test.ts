import { describe, expect, it } from 'vitest';
import { cpuClock, environment, sampleInTurns, sampleMs } from '#measure';
import { seededRandom } from '#statistics';

describe('sampling a phase', () => {
  it('calls the function exactly as often as it was told', async () => {
    let calls = 0;
    expect(await sampleMs('solve', () => calls++, { iterations: 4, warmup: 2 })).toHaveLength(4);
    expect(calls).toBe(6);
  });

  it('calls it once when one sample without warm-up is asked for', async () => {
    let calls = 0;
    expect(await sampleMs('once', () => calls++, { iterations: 1, warmup: 0 })).toHaveLength(1);
    expect(calls).toBe(1);
  });

  it('keeps the part that counts, in the order taken and without the warm-up', async () => {
    const durations = [99, 3, 1, 2];
    const samples = await sampleMs('part', () => ({ overriddenDuration: durations.shift() }), {
      iterations: 3,
      warmup: 1,
    });
    expect(samples).toEqual([3, 1, 2]);
  });

  it('prepares each call outside the clock, warm-up included', async () => {
    const log: string[] = [];
    await sampleMs('prepared', () => log.push('call'), {
      iterations: 2,
      warmup: 1,
      beforeEach: () => {
        log.push('prepare');
      },
    });
    expect(log).toEqual(['prepare', 'call', 'prepare', 'call', 'prepare', 'call']);
  });

  it('waits for a promise when it is told that there is one', async () => {
    let running = 0;
    let most = 0;
    const samples = await sampleMs(
      'async',
      async () => {
        most = Math.max(most, ++running);
        await Promise.resolve();
        running--;
        return { overriddenDuration: 1 };
      },
      { iterations: 3, warmup: 0, async: true },
    );
    expect(samples).toEqual([1, 1, 1]);
    expect(most).toBe(1);
  });

  it('has no time for a phase that failed', async () => {
    const failing = () => {
      throw new Error('the repository is gone');
    };
    await expect(sampleMs('solve', failing, { iterations: 2, warmup: 0 })).rejects.toThrow('the repository is gone');
    await expect(sampleMs('solve', failing, { iterations: 2, warmup: 2 })).rejects.toThrow('the repository is gone');
  });

  it('refuses to measure nothing', async () => {
    await expect(sampleMs('none', () => 1, { iterations: 0, warmup: 0 })).rejects.toThrow('at least one iteration');
  });
});

describe('sampling in turns', () => {
  const takes = (ms: number, log: string[], name: string) => async () => {
    log.push(name);
    return new Map([['solve', ms]] as const);
  };

  it('goes through all subjects in each round, draws who goes first by lot, and drops the warm-up', async () => {
    const log: string[] = [];
    const subjects = ['x', 'y'].map((name) => ({ a: takes(1, log, `${name}a`), b: takes(2, log, `${name}b`) }));
    const options = { pairs: 20, warmup: 1, random: seededRandom(1) };
    const samples = await sampleInTurns(subjects, options, () => expect.unreachable());
    expect(samples).toEqual([0, 1].map(() => [{ part: 'solve', aMs: Array(20).fill(1), bMs: Array(20).fill(2) }]));
    const rounds = Array.from({ length: 21 }, (_, round) => log.slice(4 * round, 4 * round + 4));
    for (const round of rounds) {
      expect(round.map((name) => name[0]).join('')).toBe('xxyy');
      expect([...round].sort()).toEqual(['xa', 'xb', 'ya', 'yb']);
    }
    const firsts = rounds.flatMap((round) => [round[0], round[2]]).filter((name) => name?.endsWith('a')).length;
    expect(firsts).toBeGreaterThan(10);
    expect(firsts).toBeLessThan(32);
  });

  it('takes fewer pairs of subjects that are longer than the average when warming up', async () => {
    const subjects = [1, 30, 2].map((ms) => ({ a: takes(ms, [], 'a'), b: takes(ms, [], 'b') }));
    const options = { pairs: 8, pairsOfLong: 5, warmup: 1, random: seededRandom(1) };
    const samples = await sampleInTurns(subjects, options, () => expect.unreachable());
    expect(samples.map(([solve]) => [solve?.aMs.length, solve?.bMs.length])).toEqual([
      [8, 8],
      [5, 5],
      [8, 8],
    ]);
  });

  it('counts nothing for a part that a side lacks in a pair', async () => {
    const subject = { a: takes(1, [], 'a'), b: () => Promise.resolve(new Map<'solve', number>()) };
    const options = { pairs: 2, warmup: 0, random: seededRandom(1) };
    expect(await sampleInTurns([subject], options, () => undefined)).toEqual([
      [{ part: 'solve', aMs: [1, 1], bMs: [0, 0] }],
    ]);
  });

  it('leaves out a subject of which a side fails, and goes on with the others', async () => {
    const log: string[] = [];
    let calls = 0;
    const traps = () => (++calls === 3 ? Promise.reject(new Error('unreachable executed')) : takes(1, log, 'b')());
    const subjects = [
      { a: takes(1, log, 'a'), b: traps },
      { a: takes(1, log, 'a'), b: takes(1, log, 'b') },
    ];
    const failed: string[] = [];
    const options = { pairs: 5, warmup: 0, random: seededRandom(1) };
    const samples = await sampleInTurns(subjects, options, (index, cause) => failed.push(`${index}: ${String(cause)}`));
    expect(failed).toEqual(['0: Error: unreachable executed']);
    expect(samples.map((one) => one[0]?.aMs.length ?? 0)).toEqual([0, 5]);
  });
});

describe('the processor clock', () => {
  it('stands still while the process sleeps, and runs while it works', async () => {
    const { now } = cpuClock();
    const slept = now();
    await new Promise((resolve) => setTimeout(resolve, 300));
    const awake = now();
    for (let spin = performance.now() + 100; performance.now() < spin; );
    expect(awake - slept).toBeLessThan(150);
    expect(now()).toBeGreaterThan(awake);
  });
});

describe('the environment', () => {
  it('names this Node.js and counts this machine', () => {
    const host = environment();
    expect(host.node).toBe(process.versions.node);
    expect(host.cores).toBeGreaterThanOrEqual(1);
    expect(host.memoryBytes).toBeGreaterThan(0);
  });
});
