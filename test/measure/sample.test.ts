import { describe, expect, it } from 'vitest';
import { compareInterleaved, environment, sampleMs } from '#measure';

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

describe('an interleaved comparison', () => {
  const options = { rounds: 4, warmup: 2, seed: 1, noiseThreshold: 0.05 };

  it('alternates who goes first and drops the warm-up', async () => {
    const log: string[] = [];
    const side = (name: string) => () => {
      log.push(name);
      return log.length;
    };
    const { aMs, bMs } = await compareInterleaved(side('a'), side('b'), options);
    expect(log.join('')).toBe('abbaabbaabba');
    expect(aMs).toEqual([5, 8, 9, 12]);
    expect(bMs).toEqual([6, 7, 10, 11]);
  });

  it('says slower, indistinguishable, or unknown when there are too few rounds', async () => {
    const takes = (ms: number) => () => ms;
    const rounds = { ...options, rounds: 6 };
    expect((await compareInterleaved(takes(10), takes(13), rounds)).comparison).toBe('slower');
    expect((await compareInterleaved(takes(10), takes(10.2), rounds)).comparison).toBe('indistinguishable');
    expect((await compareInterleaved(takes(10), takes(13), { ...options, rounds: 2 })).comparison).toBe('unknown');
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
