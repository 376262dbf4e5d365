import { describe, expect, it } from 'vitest';
import type { ExpectationResult } from '#run-document';
import { expectedText, foundText } from '../../src/tell/index.js';

describe('what a scenario expects', () => {
  const texts: [ExpectationResult['expected'], string][] = [
    [{ is: 'solved' }, 'solved'],
    [{ is: 0 }, '0'],
    [{ is: false }, 'no'],
    [{ min: 3, max: null }, 'at least 3'],
    [{ min: null, max: 0 }, 'at most 0'],
    [{ min: 0, max: 5 }, '0 to 5'],
    [{ has: 'r8152' }, 'r8152'],
    [{ hasNot: 'r8152' }, 'not r8152'],
    [{ all: [] }, 'none'],
    [{ all: ['a', 'b'] }, 'a, b'],
  ];
  it.each(texts)('%j', (expected, text) => {
    expect(expectedText({ expected })).toBe(text);
  });
});

describe('what is found', () => {
  const texts: [ExpectationResult['found'], string][] = [
    [{ is: true }, 'yes'],
    [{ names: ['a-1', 'a-2'], of: 9 }, 'a-1, a-2'],
    [{ names: [], of: 9 }, 'none of 9'],
    [{ names: [], of: 0 }, 'none'],
    [{ absent: 'kernel' }, 'no such kernel'],
    [{ absent: 'initrd' }, 'no initrd'],
    [{ absent: 'device' }, 'no such device'],
    [{ absent: 'rootNeeds' }, 'the hardware profile says nothing of a root file system'],
  ];
  it.each(texts)('%j', (found, text) => {
    expect(foundText({ found })).toBe(text);
  });
});
