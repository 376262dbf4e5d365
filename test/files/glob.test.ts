import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { globPattern } from '#files';

/** What the pattern means, spelt out: each way a star can stand for something is tried. Slow, and easy to read. */
function matchesPlainly(pattern: string, text: string): boolean {
  if (pattern === '') return text === '';
  const across = pattern.startsWith('**');
  if (across || pattern.startsWith('*')) {
    const rest = pattern.slice(across ? 2 : 1);
    if (matchesPlainly(rest, text)) return true;
    return text !== '' && (across || !text.startsWith('/')) && matchesPlainly(pattern, text.slice(1));
  }
  const fits = pattern.startsWith('?') ? text !== '' && !text.startsWith('/') : text.startsWith(pattern.charAt(0));
  return fits && text !== '' && matchesPlainly(pattern.slice(1), text.slice(1));
}

describe('globPattern', () => {
  test('means what its words say', () => {
    const character = fc.constantFrom('a', 'b', '/', '.', '*', '?', '**');
    const text = fc.array(fc.constantFrom('a', 'b', '/', '.'), { maxLength: 8 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(fc.array(character, { maxLength: 6 }), text, (parts, candidate) => {
        const pattern = parts.join('');
        expect(globPattern(pattern).test(candidate)).toBe(matchesPlainly(pattern, candidate));
      }),
      { numRuns: 5000 },
    );
  });

  test.each(['*a', '**a', '*?a'])('takes no longer for many stars: %s', (part) => {
    const started = performance.now();
    expect(globPattern(`${part.repeat(30)}b`).test('a'.repeat(500))).toBe(false);
    expect(performance.now() - started).toBeLessThan(1000);
  });
});
