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

describe('a machine of two architectures', () => {
  const solved = async (arch: string, repository: NonNullable<Parameters<typeof solveOn>[0]['repository']>) =>
    told(await solveOn({ repository, machine: { arch } }, { verb: 'in', names: ['tool'] }));

  it('takes its own build of a package before that of the other one, which is newer', async () => {
    const both = { 'tool-2-1': { arch: 'i686' }, 'tool-1-1': {} };
    expect(await solved('x86_64', both)).toEqual(['+ tool-1-1']);
    const others = { 'tool-2-1': { arch: 'i586' }, 'tool-1-1': { arch: 'i686' } };
    expect(await solved('x86_64', others)).toEqual(['+ tool-1-1.i686']);
  });

  it('takes the newest where one is for any architecture', async () => {
    expect(await solved('x86_64', { 'tool-2-1': { arch: 'noarch' }, 'tool-1-1': {} })).toEqual(['+ tool-2-1.noarch']);
  });

  it('takes the other one where there is none of its own, and its libraries with it', async () => {
    const arch = 'i686';
    const old = {
      'tool-2-1': { arch, requires: ['libtool.so.1'] },
      'libtool-1-1': { arch, provides: ['libtool.so.1'] },
    };
    expect(await solved('x86_64', old)).toEqual(['+ libtool-1-1.i686', '+ tool-2-1.i686']);
    expect(await solved('aarch64', old)).toEqual(['unsolvable', 'jobNothingProvidesDep']);
  });
});

describe('after an install', () => {
  it('what came as a dependency is told from what was asked for', async () => {
    const repository = { 'tool-1-1': { requires: ['libtool'] }, 'libtool-1-1': {} };
    expect((await solveOn({ repository }, { verb: 'in', names: ['tool'] })).autoInstalled).toEqual(['libtool']);
  });
});
