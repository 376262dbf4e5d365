interface Rerun {
  /** Other than the scenario's own; null for its own. */
  readonly scheme: string | null;
  /** One of several that the scenario lists; null where there is no choice. */
  readonly hardware: string | null;
}

/** The command that runs one scenario alone, to be pasted into a shell. */
export function rerunCommand(file: string, { scheme, hardware }: Rerun): string {
  const words = [
    ...['kmplab', 'run', file],
    ...(scheme === null ? [] : ['--scheme', scheme]),
    ...(hardware === null ? [] : ['--hardware', hardware]),
  ];
  return words.map(quoted).join(' ');
}

/** A word as a POSIX shell reads it back. */
function quoted(word: string): string {
  if (/^[\w./:@%+=,-]+$/.test(word)) return word;
  return /["$`\\!]/.test(word) ? `'${word.replaceAll("'", "'\\''")}'` : `"${word}"`;
}
