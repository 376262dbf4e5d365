import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  bytes,
  checksum,
  count,
  counted,
  duration,
  fixed,
  listed,
  megabytes,
  percent,
  power,
  tickDuration,
} from '../../src/tell/index.js';

describe('numbers in the report', () => {
  it.each([
    [count(0), '0'],
    [count(999), '999'],
    [count(1234567), '1,234,567'],
    [count(-1234), '\u22121,234'],
    [counted(1, 'package'), '1 package'],
    [counted(0, 'entry', 'entries'), '0 entries'],
    [duration(0), '0 ms'],
    [duration(0.0421), '0.0421 ms'],
    [duration(4.2), '4.20 ms'],
    [duration(152.4), '152 ms'],
    [duration(1523), '1.52 s'],
    [duration(119_000), '119 s'],
    [duration(150_000), '2.50 min'],
    [duration(3_540_000), '59.0 min'],
    [duration(3_600_000), '1.00 h'],
    [duration(7_199_999), '2.00 h'],
    [duration(5313 * 3600_000), '5,313 h'],
    [tickDuration(0.1), '0.1 ms'],
    [tickDuration(10), '10 ms'],
    [tickDuration(1000), '1 s'],
    [fixed(1234.567, 2), '1,234.57'],
    [fixed(-0.001, 2), '0.00'],
    [bytes(0), '0 B'],
    [bytes(999), '999 B'],
    [bytes(88_402_111), '88.4 MB'],
    [bytes(-397_212_430), '\u2212397 MB'],
    [megabytes(0), '0.0 MB'],
    [megabytes(1), '< 0.1 MB'],
    [megabytes(-49_999), '> \u22120.1 MB'],
    [megabytes(50_000), '0.1 MB'],
    [megabytes(1_234_567_890), '1,234.6 MB'],
    [checksum(0), '0x00000000'],
    [checksum(0xa1b2c3), '0x00a1b2c3'],
    [checksum(0xffffffff), '0xffffffff'],
    [listed([], 2), ''],
    [listed(['a', 'b'], 2), 'a, b'],
    [listed(['a', 'b', 'c', 'd'], 2), 'a, b and 2 more'],
    [power(1.96), 'n\u00b9\u00b7\u2079\u2076'],
    [power(-0.5), 'n\u207b\u2070\u00b7\u2075\u2070'],
  ])('%s', (text, expected) => {
    expect(text).toBe(expected);
  });

  it.each([
    [0, 4023, '0 %'],
    [1, 4023, '< 0.1 %'],
    [16, 4023, '0.4 %'],
    [1196, 4023, '30 %'],
    [4009, 4023, '99.7 %'],
    [4022, 4023, '> 99.9 %'],
    [4023, 4023, '100 %'],
    [0, 0, '\u2013'],
  ])('%i of %i is %s', (part, whole, expected) => {
    expect(percent(part, whole)).toBe(expected);
  });

  it('never call a part nothing, nor less than all everything', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 1e6 }), fc.integer({ min: 1, max: 1e6 }), (whole, some) => {
        const part = 1 + (some % (whole - 1));
        expect(['0 %', '100 %', '0.0 %', '100.0 %']).not.toContain(percent(part, whole));
      }),
    );
  });
});
