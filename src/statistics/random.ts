import { invariant } from '#errors';

/** A stream of pseudo-random numbers that is the same on every machine for the same seed. Not for secrets. */
export interface Random {
  /** An integer in [0, 2^32). */
  readonly uint32: () => number;
  /** A number in [0, 1), 53 random bits. */
  readonly float: () => number;
  /** An integer in [0, limit), without the bias of a plain remainder. */
  readonly below: (limit: number) => number;
}

/** Seeds are integers of up to 53 bits, so that they survive JSON. */
export function seededRandom(seed: number): Random {
  invariant(Number.isSafeInteger(seed) && seed >= 0, `a seed is a safe, non-negative integer, not ${seed}`);
  return randomFrom(xoshiro128(expandSeed(seed)));
}

type State = [number, number, number, number];

/**
 * xoshiro128** by Blackman and Vigna (prng.di.unimi.it, public domain): 32-bit operations only, which JavaScript has natively.
 * The state must not be all zero.
 */
export function xoshiro128([a, b, c, d]: State): () => number {
  let [s0, s1, s2, s3] = [a, b, c, d];
  return () => {
    const result = Math.imul(rotateLeft(Math.imul(s1, 5), 7), 9) >>> 0;
    const shifted = s1 << 9;
    s2 ^= s0;
    s3 ^= s1;
    s1 ^= s2;
    s0 ^= s3;
    s2 ^= shifted;
    s3 = rotateLeft(s3, 11);
    return result;
  };
}

function rotateLeft(value: number, bits: number): number {
  return (value << bits) | (value >>> (32 - bits));
}

/** Neighbouring seeds must give unrelated streams: both halves go through murmur3's finaliser, with a golden-ratio step. */
function expandSeed(seed: number): State {
  const low = seed >>> 0;
  const high = Math.floor(seed / 2 ** 32) >>> 0;
  let state = low ^ Math.imul(high, 0x85ebca6b);
  const next = (): number => {
    state = (state + 0x9e3779b9) | 0;
    let mixed = state ^ high;
    mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
    mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
    return (mixed ^ (mixed >>> 16)) >>> 0;
  };
  // The finaliser is a bijection and the four inputs differ, so that at most one of the words is zero.
  return [next(), next(), next(), next()];
}

function randomFrom(uint32: () => number): Random {
  return {
    uint32,
    float: () => (uint32() * 2 ** 21 + (uint32() >>> 11)) / 2 ** 53,
    below: (limit) => {
      invariant(Number.isInteger(limit) && limit > 0 && limit <= 2 ** 32, `a limit is in 1..2^32, not ${limit}`);
      const unbiased = 2 ** 32 - (2 ** 32 % limit);
      let drawn = uint32();
      while (drawn >= unbiased) drawn = uint32();
      return drawn % limit;
    },
  };
}
