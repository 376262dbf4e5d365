import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { encodeModalias, hardwareAliases, mergeNeighbours } from '#packaging';

describe('hardware supplements', () => {
  test('merge e1000e aliases into the literal example of find-supplements.ksyms', () => {
    const aliases = ['pci:v00008086d0000105Fsv*sd*bc*sc*i*', 'pci:v00008086d0000105Esv*sd*bc*sc*i*'];
    expect(hardwareAliases(aliases)).toEqual(['pci:v00008086d0000105[EF]sv*sd*bc*sc*i*']);
  });

  test('start a new entry where a second position differs', () => {
    expect(mergeNeighbours(['x:10', 'x:11', 'x:12', 'x:21', 'x:22'])).toEqual(['x:1[012]', 'x:2[12]']);
    expect(mergeNeighbours(['x:10', 'x:20', 'x:21'])).toEqual(['x:[12]0', 'x:21']);
  });

  test('never put a star into a class', () => {
    expect(mergeNeighbours(['x:*0', 'x:10'])).toEqual(['x:*0', 'x:10']);
  });

  test('encode what is not a letter, a digit, a star or a colon', () => {
    expect(encodeModalias('of:N*T*Cfoo,bar-baz')).toBe('of:N*T*Cfoo%2Cbar%2Dbaz');
    expect(encodeModalias('acpi*:PNP05[01]%:*')).toBe('acpi*:PNP05%5B01%5D%25:*');
    expect(encodeModalias('usb:ü')).toBe('usb:%C3%BC');
  });

  test('leave out aliases that name no device', () => {
    expect(hardwareAliases(['fs-ext4', 'crypto-crc32c', ':', 'a:'])).toEqual([]);
  });

  test('match exactly what the single aliases match', () => {
    const alias = fc.stringMatching(/^[01A*]{1,5}$/);
    // A class holds single characters and everything else is literal here, so that sets of texts can be listed in full.
    const texts = (merged: string): string[] => {
      const parts = /^([^[]*)\[([^\]]*)\](.*)$/.exec(merged);
      if (parts === null) return [merged];
      return [...(parts[2] ?? '')].map((char) => `${parts[1]}${char}${parts[3]}`);
    };
    fc.assert(
      fc.property(fc.uniqueArray(alias, { maxLength: 40 }), (aliases) => {
        const sorted = [...aliases].sort();
        expect(mergeNeighbours(sorted).flatMap(texts).sort()).toEqual(sorted);
      }),
      { numRuns: 500 },
    );
  });
});
