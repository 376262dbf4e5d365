import { describe, expect, it } from 'vitest';
import { requestSchema, requestText } from '#scenario';
import { solveOn, told } from '../support/machine.js';
import { kernel, vendorOf, zypperCases } from '../support/zypper-cases.js';

/** `clients-requests.slow.test.ts` has real zypper confirm these answers, package for package. */
describe('a request comes to what zypper makes of it', () => {
  it.each(zypperCases.map((one) => [`${requestText(requestSchema.parse(one.request))}: ${one.what}`, one] as const))(
    '%s',
    async (_what, { expected, request, priorities = {}, patches = {}, machine = {}, ...given }) => {
      const vendors = Object.fromEntries(
        ['@System', ...Object.keys(given.repositories)].map((name) => [name, vendorOf(name)]),
      );
      const solved = await solveOn({ ...given, vendors, priorities, patches, machine }, request);
      const steps = told(solved);
      expect(steps[0] === 'unsolvable' ? ['unsolvable'] : steps).toEqual(expected);
    },
  );
});

describe('purge-kernels', () => {
  it('solves the pool twice for each kernel that is not kept, and once more', async () => {
    const installed = { ...kernel(3), ...kernel(4), ...kernel(5), ...kernel(6) };
    const machine = { zyppConf: { 'multiversion.kernels': 'latest' }, running: null };
    const { counters } = await solveOn({ installed, machine }, { verb: 'purge-kernels' });
    expect(counters.solves).toBe(2 * 3 + 1);
    expect((await solveOn({ installed }, { verb: 'up' })).counters.solves).toBe(1);
  });
});

describe('after an install', () => {
  it('what came as a dependency is told from what was asked for', async () => {
    const repository = { 'tool-1-1': { requires: ['libtool'] }, 'libtool-1-1': {} };
    expect((await solveOn({ repository }, { verb: 'in', names: ['tool'] })).autoInstalled).toEqual(['libtool']);
  });
});
