import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { testInstance } from './support/pool.js';

const libsolv = await testInstance();

// What the module does itself for UTF-8 (shim/xml.c) and leaves to expat for other encodings: both must say the same of the same text.
const encodings = {
  'UTF-8': (text: string) => Buffer.from(text),
  'ISO-8859-1': (text: string) => Buffer.from(text, 'latin1'),
  'UTF-16': (text: string) => Buffer.from(text, 'utf16le'),
};
type Encoding = keyof typeof encodings;
const encodingNames: readonly Encoding[] = ['UTF-8', 'ISO-8859-1', 'UTF-16'];

const pieces = ['x', ' ', '\n', '\r\n', '\r', 'é', 'ÿ', 'a line of text without an end'];
const wide = ['€', '😀', '\u{10ffff}'];
/** Repeated, so that texts grow past vectors of 16 bytes and blocks of 8192. */
const text = (of: readonly string[]) =>
  fc
    .array(fc.tuple(fc.constantFrom(...of), fc.constantFrom(1, 3, 17, 1000)), { maxLength: 30 })
    .map((parts) => parts.map(([part, times]) => part.repeat(times)).join(''));
const encoded = fc.constantFrom(...encodingNames).chain((encoding) =>
  fc.record({
    encoding: fc.constant(encoding),
    body: text(encoding === 'ISO-8859-1' ? pieces : [...pieces, ...wide]),
  }),
);

/** UTF-16 begins with a byte-order mark, which expat counts as a character. */
function startOf(encoding: Encoding): string {
  return `${encoding === 'UTF-16' ? '\ufeff' : ''}<?xml version="1.0" encoding="${encoding}"?><metadata>`;
}

function primary(encoding: Encoding, body: string): Uint8Array {
  return new Uint8Array(encodings[encoding](`${startOf(encoding)}${body}</metadata>`));
}

/** expat counts lines from 1, and characters from 0. */
function placeAfter(start: string): string {
  const lines = start.split(/\r\n|\r|\n/);
  return `${lines.length}:${[...(lines.at(-1) ?? '')].length}`;
}

describe('XML', () => {
  it('is refused with line and column in characters, whatever its encoding', () => {
    fc.assert(
      fc.property(encoded, ({ encoding, body }) => {
        const start = `${startOf(encoding)}${body}</`;
        const pool = libsolv.createPool({ arch: 'x86_64' });
        const read = () => pool.addRepo('r').addRpmmd({ primary: primary(encoding, `${body}</x>`) });
        expect(read).toThrow(`mismatched tag at line ${placeAfter(start)}`);
        pool.dispose();
      }),
      { numRuns: 200 },
    );
  });

  it('keeps attributes of any length, whatever their last character and encoding', () => {
    const name = encoded.map(({ encoding, body }) => ({ encoding, body: `n${body.replaceAll(/\s/g, '')}` }));
    fc.assert(
      fc.property(name, ({ encoding, body }) => {
        const pool = libsolv.createPool({ arch: 'x86_64' });
        const repo = pool.addRepo('r');
        const entry = `<rpm:provides><rpm:entry name="${body}"/></rpm:provides>`;
        const packageText = `<package type="rpm"><name>a</name><format>${entry}</format></package>`;
        repo.addRpmmd({ primary: primary(encoding, packageText) });
        expect(pool.dependencies(repo.solvables(), 'provides')[0]).toContain(body);
        pool.dispose();
      }),
      { numRuns: 200 },
    );
  });
});
