import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { eraseLine, printable, styled, visible, visibleJson, visibleLine } from '../../src/tell/index.js';

/** What this Node.js's Unicode says of a character, as opposed to the ranges that the room spells out. */
const unseen = /^[\p{Cc}\p{Default_Ignorable_Code_Point}\p{Bidi_Control}\p{Zl}\p{Zp}\u{fff9}-\u{fffb}]$/u;
const layout = ['\t', '\n'];

describe('the door for text', () => {
  it('shows every character that Unicode calls control, ignorable or bidirectional, and leaves every other one alone', () => {
    const wrong: string[] = [];
    for (let code = 0; code <= 0x10ffff; code++) {
      if (code >= 0xd800 && code <= 0xdfff) continue;
      const character = String.fromCodePoint(code);
      const hidden = unseen.test(character) && !layout.includes(character);
      const expected = hidden ? `\\u{${code.toString(16)}}` : character;
      if (visible(`a${character}b`) !== `a${expected}b`) wrong.push(code.toString(16));
    }
    expect(wrong).toEqual([]);
  });

  it('replaces half a surrogate pair, which no encoding can carry', () => {
    expect(visible('a\ud800b\udc00c \u{1f600}')).toBe('a\ufffdb\ufffdc \u{1f600}');
  });

  it('keeps a line on one line', () => {
    expect(visibleLine('a\tb\nc\u001b[2J')).toBe('a\\u{9}b\\u{a}c\\u{1b}[2J');
  });

  it('writes JSON of the same value without one of them', () => {
    const value = { 'k\u202e': 'x\u001b\u{e0041}\u0085\u2028\ttab' };
    expect(visibleJson(value)).toBe('{"k\\u202e":"x\\u001b\\udb40\\udc41\\u0085\\u2028\\ttab"}');
    fc.assert(
      fc.property(fc.jsonValue({ stringUnit: 'binary' }), (any) => {
        const text = visibleJson(any, 1);
        expect(visible(text)).toBe(text);
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(any)));
      }),
    );
  });

  it('lets a sequence of ours through, and none that came with the text around it', () => {
    expect(printable(styled`${eraseLine}solving ${'a\u001b[31mb'} ${styled`of ${'c\u0007'}`}`)).toBe(
      '\r\u001b[2Ksolving a\\u{1b}[31mb of c\\u{7}',
    );
    expect(printable('\u001b]0;title\u0007')).toBe('\\u{1b}]0;title\\u{7}');
  });
});
