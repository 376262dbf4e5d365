export type Ordering = -1 | 0 | 1;

const DIGIT = 1;
const LETTER = 2;

/** ASCII only, as rpm: any other character separates segments. */
function charClass(code: number): number {
  if (code >= 0x30 && code <= 0x39) return DIGIT;
  if ((code >= 0x41 && code <= 0x5a) || (code >= 0x61 && code <= 0x7a)) return LETTER;
  return 0;
}

const TILDE = 0x7e;
const CARET = 0x5e;
/** Where a version has no more characters. */
const END = -1;

function isMark(code: number): boolean {
  return code === TILDE || code === CARET;
}

/** Two unlike places, of which one at least is a mark: `~` is older than everything, `^` newer than the end and older than the rest. */
function compareMarks(x: number, y: number): Ordering {
  if (x === TILDE || y === TILDE) return x === TILDE ? -1 : 1;
  return x === END || (x === CARET && y !== END) ? -1 : 1;
}

function skipSeparators(text: string, from: number): number {
  let at = from;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (charClass(code) !== 0 || isMark(code)) break;
    at++;
  }
  return at;
}

function segmentEnd(text: string, from: number, kind: number): number {
  let at = from;
  while (at < text.length && charClass(text.charCodeAt(at)) === kind) at++;
  return at;
}

function order<T extends number | string>(a: T, b: T): Ordering {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Digits of any length: without leading zeros the longer number is the larger. */
function compareNumbers(a: string, b: string): Ordering {
  const x = a.replace(/^0+/, '');
  const y = b.replace(/^0+/, '');
  return x.length === y.length ? order(x, y) : order(x.length, y.length);
}

/**
 * Order of two versions, or two releases, as rpm's manual states it (rpm-version(7)): runs of digits compare as numbers, runs of
 * letters by code, a number is newer than letters, what remains at the end is newer. `~` sorts before the end, `^` just after it.
 */
export function rpmvercmp(a: string, b: string): Ordering {
  if (a === b) return 0;
  let i = 0;
  let j = 0;
  for (;;) {
    i = skipSeparators(a, i);
    j = skipSeparators(b, j);
    const x = i < a.length ? a.charCodeAt(i) : END;
    const y = j < b.length ? b.charCodeAt(j) : END;
    if (isMark(x) || isMark(y)) {
      if (x !== y) return compareMarks(x, y);
      i++;
      j++;
      continue;
    }
    if (x === END || y === END) return order(x === END ? 0 : 1, y === END ? 0 : 1);
    const kind = charClass(x);
    const endA = segmentEnd(a, i, kind);
    const endB = segmentEnd(b, j, kind);
    if (endB === j) return kind === DIGIT ? 1 : -1;
    const segmentA = a.slice(i, endA);
    const segmentB = b.slice(j, endB);
    const ordering = kind === DIGIT ? compareNumbers(segmentA, segmentB) : order(segmentA, segmentB);
    if (ordering !== 0) return ordering;
    i = endA;
    j = endB;
  }
}
