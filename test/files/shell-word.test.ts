import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { commandLine } from '#files';

/** The words that a real shell makes of each of these command lines: one shell for all, a line of its own each. */
function wordsOf(lines: readonly string[]): string[][] {
  // A word holds no NUL, so that an empty record can end a line: `printf` with another format, which no word can be taken for.
  const script = lines.map((line) => `printf '=%s\\0' ${line}\nprintf '\\0'\n`).join('');
  const printed = execFileSync('bash', { input: script, encoding: 'utf8', maxBuffer: 2 ** 28 });
  return printed
    .split('\0\0')
    .slice(0, -1)
    .map((words) => words.split('\0').map((word) => word.slice(1)));
}

const word = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.string({ unit: fc.constantFrom(...`'"\\$\`!*?[]{}()<>|&;#~= \t\na`) }),
);
const wordsOfCommand = fc.array(
  word.filter((text) => !text.includes('\0')),
  { minLength: 1, maxLength: 50 },
);

it('gives a shell the same words back, whatever is in them', () => {
  fc.assert(
    fc.property(fc.array(wordsOfCommand, { minLength: 100, maxLength: 100 }), (lines) => {
      expect(wordsOf(lines.map((words) => commandLine(words)))).toEqual(lines);
    }),
    // A hundred command lines, and a shell for each try of a counterexample only.
    { numRuns: 1 },
  );
});

it('leaves alone what needs no quotes', () => {
  expect(commandLine(['kmplab', 'run', 'scenarios/real/a-b.yaml', '--scheme', 'grouped grouping=directory'])).toBe(
    "kmplab run scenarios/real/a-b.yaml --scheme 'grouped grouping=directory'",
  );
});
