import { describe, expect, it } from 'vitest';
import { parseSymbolCapability } from '#rpm';

describe('a dependency that ties a package to a symbol', () => {
  it.each([
    ['ksym(default:printk) = 1a2b3c4d', { flavor: 'default', symbol: 'printk', checksum: '1a2b3c4d' }],
    ['ksym(rt_debug:_a.b) = 1', { flavor: 'rt_debug', symbol: '_a.b', checksum: '1' }],
    ['kernel(printk) = 0x0000abcd', { flavor: null, symbol: 'printk', checksum: '0x0000abcd' }],
    ['ksym(printk) = 0xABCDEF01', { flavor: null, symbol: 'printk', checksum: '0xABCDEF01' }],
    [
      'kernel(default:drivers_usb_core) = 1b2c3d4e5f607182',
      { flavor: 'default', symbol: 'drivers_usb_core', checksum: '1b2c3d4e5f607182' },
    ],
  ])('is read: %s', (text, read) => {
    expect(parseSymbolCapability(text)).toEqual({ capability: text.split(' = ')[0], ...read });
  });

  it.each([
    'ksym(default:printk)',
    'ksym(default:printk) >= 1a',
    'ksym(default:printk) = v1',
    'ksym() = 1',
    'kmod(e1000e.ko) = 1',
    'kernel-default = 6.1',
    '(ksym(default:a) = 1 and b)',
    '',
  ])('is no other one: %s', (text) => {
    expect(parseSymbolCapability(text)).toBeNull();
  });
});
