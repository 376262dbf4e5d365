/**
 * Whether a kernel module's alias pattern covers a device's modalias, as fnmatch(3) with no flags decides it: `*`, `?`, `[...]` with
 * ranges and `!`, and `\` before a character that stands for itself. This is what modprobe and libzypp do; libsolv has no part in it.
 *
 * Runs in time proportional to pattern times text at worst, whatever the pattern: each `*` is retried only until the next one fits.
 */
export function matchModalias(pattern: string, modalias: string): boolean {
  let at = 0;
  let inPattern = 0;
  let retryPattern = -1;
  let retryAt = 0;
  while (at < modalias.length) {
    if (pattern[inPattern] === '*') {
      retryPattern = ++inPattern;
      retryAt = at;
      continue;
    }
    const next = inPattern < pattern.length ? matchOne(pattern, inPattern, modalias.charAt(at)) : -1;
    if (next !== -1) {
      inPattern = next;
      at += 1;
    } else if (retryPattern !== -1) {
      inPattern = retryPattern;
      at = ++retryAt;
    } else {
      return false;
    }
  }
  while (pattern[inPattern] === '*') inPattern += 1;
  return inPattern === pattern.length;
}

/** Matches one character; returns where the pattern goes on, or -1. */
function matchOne(pattern: string, at: number, character: string): number {
  switch (pattern[at]) {
    case '?':
      return at + 1;
    case '[':
      return matchBracket(pattern, at, character);
    case '\\':
      // A backslash at the very end stands for nothing and matches nothing.
      return pattern[at + 1] === character ? at + 2 : -1;
    default:
      return pattern[at] === character ? at + 1 : -1;
  }
}

/** POSIX.1, 9.3.5, as far as patterns of hardware use it: no character classes, no collation. */
function matchBracket(pattern: string, start: number, character: string): number {
  let at = start + 1;
  const negated = pattern[at] === '!' || pattern[at] === '^';
  if (negated) at += 1;
  let found = false;
  // A `]` in first place stands for itself.
  for (let first = true; first || pattern[at] !== ']'; first = false) {
    if (at >= pattern.length) return character === '[' ? start + 1 : -1;
    if (pattern[at] === '\\') at += 1;
    const low = pattern.charAt(at);
    let high = low;
    if (pattern[at + 1] === '-' && pattern[at + 2] !== ']' && at + 2 < pattern.length) {
      at += 2;
      if (pattern[at] === '\\') at += 1;
      high = pattern.charAt(at);
    }
    if (low <= character && character <= high) found = true;
    at += 1;
  }
  return found === negated ? -1 : at + 1;
}
