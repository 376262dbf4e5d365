/**
 * Ascending indices as text: the distance of each to the one before, less one, in decimal, split by spaces. Small numbers in text
 * compress as well as packed bits and stay readable.
 */
export function encodeIndices(ascending: Iterable<number>): string {
  const gaps: number[] = [];
  let before = -1;
  for (const index of ascending) {
    gaps.push(index - before - 1);
    before = index;
  }
  return gaps.join(' ');
}

const space = 32;
const zero = 48;
const nine = 57;

/**
 * The indices of `encodeIndices`, or `undefined` where the text is none or an index is not below `limit`. They are written to the start of `into`,
 * if it is given, and the result is a view of that; it must have room for `limit` of them. One pass over the characters and no
 * garbage, because a build of 4,000 kernel modules has 190,000 indices and must load in 0.2 s.
 */
export function decodeIndices(text: string, limit: number, into?: Uint32Array): Uint32Array | undefined {
  // Each index but the last takes two characters or more.
  const indices = into ?? new Uint32Array((text.length + 1) >> 1);
  if (text === '') return indices.subarray(0, 0);
  const end = text.length;
  let filled = 0;
  let index = -1;
  let gap = -1;
  for (let at = 0; at < end; at++) {
    const code = text.charCodeAt(at);
    if (code >= zero && code <= nine) {
      gap = (gap === -1 ? 0 : gap * 10) + code - zero;
      if (gap > limit) return undefined;
    } else if (code === space && gap !== -1) {
      index += gap + 1;
      indices[filled++] = index;
      gap = -1;
    } else {
      return undefined;
    }
  }
  if (gap === -1) return undefined;
  index += gap + 1;
  indices[filled++] = index;
  // Ascending, so that the last is the largest.
  return index < limit ? indices.subarray(0, filled) : undefined;
}
