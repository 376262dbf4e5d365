import { styleText } from 'node:util';

type Colour = 'green' | 'red' | 'yellow';

/** Lines of ours that say how something went, and lines of a transaction. JSON has none of them. */
const lines: readonly (readonly [RegExp, Colour])[] = [
  [/^(passed|solved)(?=:)/, 'green'],
  [/^(failed|no solution|problem \d+|kmplab)(?=[:,])/, 'red'],
  [/^(unknown|not applicable)(?=:)/, 'yellow'],
  [/^\+ .*$/, 'green'],
  [/^- .*$/, 'red'],
  [/^\^ .*$/, 'yellow'],
];

/** Text for a terminal with colours. Nothing is told by colour alone: the words and signs stay. */
export function coloured(text: string): string {
  return text
    .split('\n')
    .map((line) => {
      const found = lines.find(([pattern]) => pattern.test(line));
      return found === undefined
        ? line
        : line.replace(found[0], (part) => styleText(found[1], part, { validateStream: false }));
    })
    .join('\n');
}

/** Whether a stream gets colours: a terminal does, unless NO_COLOR is set to anything (no-color.org) or it cannot show them. */
export function wantsColour(stream: { readonly isTTY?: boolean }, environment: NodeJS.ProcessEnv): boolean {
  const refused = (environment['NO_COLOR'] ?? '') !== '' || environment['TERM'] === 'dumb';
  return stream.isTTY === true && !refused;
}
