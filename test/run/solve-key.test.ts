import { describe, expect, it } from 'vitest';
import { solveKey } from '../../src/run/solve-cache.js';
import type { MachineInput, Request } from '../../src/solve/index.js';

const solv = (text: string): { readonly solv: Uint8Array } => ({ solv: new TextEncoder().encode(text) });

const machine: MachineInput = {
  arch: 'x86_64',
  installed: solv('installed'),
  repositories: [{ name: 'base', priority: 99, data: solv('base'), patches: { fix: 'security' } }],
  modaliases: ['pci:v00008086d000015BEsv*sd*bc02sc00i00'],
  zyppConf: {},
  locks: [],
  autoInstalled: [],
  running: null,
};
const request: Request = { verb: 'up', names: [], noRecommends: false, allowUninstall: false };

/** One change to each thing that an answer can depend on. */
const others: Record<keyof MachineInput, Partial<MachineInput>[]> = {
  arch: [{ arch: 'aarch64' }],
  installed: [{ installed: null }, { installed: solv('installed by another vendor') }],
  repositories: [
    { repositories: [] },
    { repositories: [{ name: 'base', priority: 98, data: solv('base'), patches: { fix: 'security' } }] },
    { repositories: [{ name: 'base', priority: 99, data: solv('other'), patches: { fix: 'security' } }] },
    { repositories: [{ name: 'base', priority: 99, data: solv('base'), patches: { fix: 'optional' } }] },
    { repositories: [{ name: 'update', priority: 99, data: solv('base'), patches: { fix: 'security' } }] },
  ],
  modaliases: [{ modaliases: [] }],
  zyppConf: [{ zyppConf: { 'solver.allowVendorChange': true } }],
  locks: [{ locks: ['kernel-*'] }],
  autoInstalled: [{ autoInstalled: ['mii-kmp-default'] }],
  running: [{ running: '6.1.0-52-amd64' }],
};

const otherRequests: Record<keyof Request, Partial<Request>> = {
  verb: { verb: 'dup' },
  names: { names: ['mii-kmp-default'] },
  noRecommends: { noRecommends: true },
  allowUninstall: { allowUninstall: true },
  category: { category: 'security' },
  withOptional: { withOptional: true },
  cleanDeps: { cleanDeps: true },
  from: { from: ['base'] },
  oldPackage: { oldPackage: true },
  allowVendorChange: { allowVendorChange: true },
  allowDowngrade: { allowDowngrade: true },
  allowNameChange: { allowNameChange: false },
  allowArchChange: { allowArchChange: true },
};

describe('the key of a solve', () => {
  it('is the same for equal machines, whichever objects they are', () => {
    const again = {
      ...machine,
      installed: solv('installed'),
      repositories: structuredClone([...machine.repositories]),
    };
    expect(solveKey(again, { ...request })).toBe(solveKey(machine, request));
  });

  it.each(Object.entries(others).flatMap(([field, changes]) => changes.map((change) => [field, change] as const)))(
    'is another one for another machine: %s %j',
    (_field, change) => {
      expect(solveKey({ ...machine, ...change }, request)).not.toBe(solveKey(machine, request));
    },
  );

  it.each(Object.entries(otherRequests))('is another one for another request: %s', (_field, change) => {
    expect(solveKey(machine, { ...request, ...change })).not.toBe(solveKey(machine, request));
  });
});
