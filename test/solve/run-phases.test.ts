import { describe, expect, it } from 'vitest';
import { loadLibsolv, runPhases, solve, workClock } from '#solve';
import { fullRequest, smallMachine } from '../support/machine.js';

const repository = { 'app-2-1': { requires: ['lib'] }, 'lib-1-1': {}, 'broken-1-1': { requires: ['nothing'] } };

describe('the phases of a solve without its outcome', () => {
  it.each([
    ['a request with a solution', ['app']],
    ['a request without', ['broken']],
  ])('are the same work, for %s', async (_what, names) => {
    const { input } = smallMachine({ installed: { 'app-1-1': {} }, repository });
    const request = fullRequest({ verb: 'in', names });
    const [whole, phases] = [await loadLibsolv({ build: 'counting' }), await loadLibsolv({ build: 'counting' })];
    const [a, b] = [workClock(whole), workClock(phases)];
    const { outcome } = solve(whole, input, request, a.clock);
    runPhases(phases, input, request, b.clock);
    expect(b.work).toEqual(a.work);
    expect(Object.keys(b.work)).toContain(outcome.status === 'solved' ? 'order' : 'solve');
    expect(b.work.solve).toBeGreaterThan(0);
  });
});
