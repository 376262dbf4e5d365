/** Words as one command line that a POSIX shell takes apart into the same words (Shell Command Language, 2.2.2 Single-Quotes). */
export function commandLine(words: readonly string[]): string {
  return words.map(shellWord).join(' ');
}

/** Within single quotes nothing is special but a single quote, which has to stand outside of them. */
function shellWord(word: string): string {
  return /^[A-Za-z0-9_@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
