/** Small, seeded, and the same everywhere (xorshift32). Returns a function that gives an integer from 0 to below its argument. */
export function generator(seed) {
  let state = (Math.imul(seed, 2654435761) + 1) >>> 0 || 1;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return state % below;
  };
}
