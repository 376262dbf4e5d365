import { describe, expect, it } from 'vitest';
import type { LinksStopped, RefusedModule } from '#run-document';
import {
  driverText,
  foundChecksum,
  initrdText,
  lackingDeviceText,
  linksStoppedText,
  refusalText,
  refusedText,
  rootText,
  taintsText,
  violationText,
} from '../../src/tell/index.js';

const one = { kernelModule: 'r8152', package: 'r8152-kmp-1-1.x86_64' };

describe('what stops a kernel module', () => {
  const texts: [RefusedModule, string][] = [
    [{ ...one, reason: 'unsupported', support: null }, 'nobody says that it is supported'],
    [{ ...one, reason: 'unsupported', support: 'unsupported' }, 'it is unsupported'],
    [{ ...one, reason: 'signature', key: null }, 'it is not signed'],
    [{ ...one, reason: 'signature', key: 'Acme' }, 'signed with a key that is not trusted: Acme'],
    [{ ...one, reason: 'vermagic', found: '5 SMP', wanted: '6 SMP' }, `vermagic "5 SMP", the kernel's is "6 SMP"`],
    [{ ...one, reason: 'symbols', refusedImports: 1, examples: [] }, '1 refused import'],
    [{ ...one, reason: 'symbols', refusedImports: 1234, examples: [] }, '1,234 refused imports'],
  ];
  it.each(texts)('%j', (refused, text) => {
    expect(refusalText(refused)).toBe(text);
  });

  it('is summed up by reason, without those that stop none', () => {
    const refusals = { unsupported: 0, signature: 2, vermagic: 0, symbols: 1205 };
    expect(refusedText({ refused: 1207, refusals })).toBe('1,207 (signature 2, symbols 1,205)');
    expect(refusedText({ refused: 0, refusals: { ...refusals, signature: 0, symbols: 0 } })).toBe('0');
  });

  it('shows the checksum that was found, zero included', () => {
    expect(foundChecksum({ found: 0 })).toBe('0x00000000');
    expect(foundChecksum({ found: null })).toBe('not found');
  });
});

it('taints by the letters of /proc/sys/kernel/tainted', () => {
  const none = { proprietary: 0, outOfTree: 0, unsigned: 0, unsupported: 0, externalSupport: 0 };
  expect(taintsText({ taints: none })).toBe('none');
  expect(taintsText({ taints: { ...none, outOfTree: 3, unsigned: 2816 } })).toBe('O out of tree 3, E unsigned 2,816');
});

describe('drivers and devices', () => {
  it('say where the driver comes from, unless it is a package', () => {
    expect(driverText({ name: 'nvme', from: 'package' })).toBe('nvme');
    expect(driverText({ name: 'nvme', from: 'builtin' })).toBe('nvme (built-in)');
    expect(driverText({ name: 'nvme', from: 'initrd' })).toBe('nvme (initrd)');
  });

  it('say why there is none', () => {
    const nic = { device: 'NIC', class: 'network', modalias: 'usb:v1', kernel: '6.1' };
    const drivers = ['r8152', 'cdc_ether'].map((name) => ({ name, from: 'package' as const }));
    expect(lackingDeviceText({ ...nic, state: 'refused', drivers })).toBe('NIC (r8152, cdc_ether refused)');
    expect(lackingDeviceText({ ...nic, state: 'notInstalled', drivers })).toBe('NIC (r8152, cdc_ether not installed)');
    expect(lackingDeviceText({ ...nic, state: 'noDriver', drivers: [] })).toBe('NIC (no driver in reach)');
  });
});

it('a root file system is mounted, not known, or lacks what is named', () => {
  expect(rootText(null)).toBe('not known');
  expect(rootText([{ need: 'ext4', state: 'ready' }])).toBe('mounted');
  const states = ['notInInitrd', 'ready', 'refused', 'notInstalled', 'unknown'] as const;
  expect(rootText(states.map((state, index) => ({ need: `n${index}`, state })))).toBe(
    'not mounted: n0 not in the initrd, n2 refused, n3 not installed, n4 not in reach',
  );
});

it('an initrd says how it differs from one made now, and how much of that is not listed', () => {
  const same = { total: 0, names: [] };
  expect(initrdText(null)).toBe('not looked at');
  expect(initrdText({ kernelModules: 1, made: true, lacks: same, keeps: same })).toBe(
    '1 kernel module, made in this step',
  );
  const lacks = { total: 30, names: ['a', 'b', 'c', 'd', 'e'] };
  expect(initrdText({ kernelModules: 361, made: false, lacks, keeps: { total: 1, names: ['old'] } })).toBe(
    '361 kernel modules, as it was; lacks a, b, c, d and 26 more; holds what is not installed: old',
  );
});

describe('why weak-modules2 links nothing', () => {
  const texts: [LinksStopped, string][] = [
    [{ reason: 'kmpInKernelDirectory', package: 'a-1-1' }, 'a-1-1 has kernel modules in kernel/ or weak-updates/'],
    [
      { reason: 'kmpOfSeveralKernels', package: 'a-1-1', kernels: 0 },
      'a-1-1 has kernel modules of 0 kernels, and must have them of one',
    ],
    [
      { reason: 'inconsistent', release: '6.1', kernelModule: 'disk', symbol: 'disk_register' },
      '/lib/modules/6.1 is inconsistent: disk needs symbol disk_register',
    ],
  ];
  it.each(texts)('%j', (stopped, text) => {
    expect(linksStoppedText(stopped)).toBe(text);
  });
});

it('a violation names one package or both', () => {
  expect(violationText({ kind: 'requires', package: 'a-1', subject: 'b', other: null })).toBe('requires of a-1: b');
  expect(violationText({ kind: 'file-conflict', package: 'a-1', subject: '/f', other: 'b-1' })).toBe(
    'file-conflict of a-1 and b-1: /f',
  );
});
