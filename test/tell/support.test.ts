import { describe, expect, it } from 'vitest';
import { type SupportFault, type SupportResult, supportResultSchema } from '#run-document';
import { supportFaultText, supportLines } from '../../src/tell/index.js';
import { audit } from '../support/run-document/audit.js';

describe('what is wrong with the drivers of a system', () => {
  const symbol = { symbol: 'ksym(default:printk)', wanted: '3', found: '4' };
  const misfit = { kind: 'misfit', package: 'nic-kmp-1-1', kernel: '6.1', unmetTotal: 1 } as const;
  const texts: [SupportFault, string][] = [
    [{ kind: 'noKernel' }, 'no kernel is installed'],
    [{ ...misfit, unmet: null, unmetTotal: 0 }, 'nic-kmp-1-1 is for another kernel than 6.1, which has none like it'],
    [{ ...misfit, unmet: symbol }, 'nic-kmp-1-1 does not fit 6.1: it needs ksym(default:printk) = 3, and it is 4'],
    [
      { ...misfit, unmet: { ...symbol, found: null }, unmetTotal: 12 },
      'nic-kmp-1-1 does not fit 6.1: it needs ksym(default:printk) = 3, and nobody provides it, and 11 more',
    ],
    [{ kind: 'unsupported', package: 'a-1' }, 'a-1 is unsupported'],
    [{ kind: 'unstated', package: 'a-1' }, 'a-1 is in no repository, so that nothing is known of it'],
    [{ kind: 'refused', kernel: '6.1', refused: 2, first: 'nic' }, '6.1 refuses 2 kernel modules; the first is nic'],
    [{ kind: 'notDriven', device: 'NIC', kernel: '6.1' }, 'NIC has no driver that 6.1 loads'],
    [{ kind: 'rootNotMounted', kernel: '6.1' }, '6.1 does not mount the root file system'],
  ];
  it.each(texts)('%j', (fault, text) => {
    expect(supportFaultText(fault)).toBe(text);
  });
});

it('a support check is a line for each kernel, for the drivers, for each fault, and for the sum', () => {
  const driver = (name: string, vendor: string | null, state: 'compatible' | 'incompatible') => ({
    package: name,
    vendor,
    kernelModules: [],
    support: 'unknown' as const,
    kernels: [{ release: '6.1.0-53-amd64', state, unmetTotal: 0, unmet: [] }],
  });
  const drivers = [
    driver('a', 'Acme', 'compatible'),
    driver('b', null, 'incompatible'),
    driver('c', 'Acme', 'compatible'),
  ];
  const kernel = { release: '6.1.0-53-amd64', package: 'kernel-default-1', vendor: 'SUSE' };
  const result: SupportResult = { kernels: [kernel], drivers, faults: [], unknown: [], audit: audit('refused') };
  expect(supportResultSchema.parse(result)).toEqual(result);
  expect(supportLines(result)).toEqual([
    '6.1.0-53-amd64 (kernel-default-1, SUSE): 2 driver packages for it; it loads 2,816 of 4,023 kernel modules',
    '3 driver packages; by vendor: Acme 2, not stated 1; support: unknown 3',
    'all is well',
  ]);
  const bare: SupportResult = { ...result, kernels: [], drivers: [], audit: null, faults: [{ kind: 'noKernel' }] };
  expect(supportLines(bare)).toEqual([
    '0 driver packages; by vendor: none; support: none',
    'FAULT no kernel is installed',
    '1 fault',
  ]);
});
