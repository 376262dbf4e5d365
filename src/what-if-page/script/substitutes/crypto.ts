import { md5 } from '@noble/hashes/legacy.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';

/** What of node:crypto the lab uses on its way from a kernel to an answer: hashes in hex, of texts and bytes. */
const algorithms = { md5, sha256 } as const;
type Algorithm = keyof typeof algorithms;

export function hash(algorithm: Algorithm, data: string | Uint8Array): string {
  return bytesToHex(algorithms[algorithm](typeof data === 'string' ? utf8ToBytes(data) : data));
}

export function createHash(algorithm: Algorithm): {
  update: (data: string | Uint8Array) => ReturnType<typeof createHash>;
  digest: (encoding: 'hex') => string;
} {
  const state = algorithms[algorithm].create();
  const made = {
    update: (data: string | Uint8Array) => {
      state.update(typeof data === 'string' ? utf8ToBytes(data) : data);
      return made;
    },
    digest: () => bytesToHex(state.digest()),
  };
  return made;
}
