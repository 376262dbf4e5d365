import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { commandLine } from '#files';

/** The words that a real shell makes of a command line. */
function wordsOf(line: string): string[] {
  const printed = execFileSync('bash', ['-c', `printf '%s\\0' ${line}`], { encoding: 'utf8' });
  return printed.split('\0').slice(0, -1);
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
    fc.property(wordsOfCommand, (words) => {
      expect(wordsOf(commandLine(words))).toEqual(words);
    }),
    { numRuns: 100 },
  );
});

it('leaves alone what needs no quotes', () => {
  expect(commandLine(['kmplab', 'run', 'scenarios/real/a-b.yaml', '--scheme', 'grouped grouping=directory'])).toBe(
    "kmplab run scenarios/real/a-b.yaml --scheme 'grouped grouping=directory'",
  );
});
