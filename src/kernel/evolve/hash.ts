/** A number in [0, 1) that depends on a name and a purpose only: FNV-1a, finished as in murmur3 so that short names spread. */
export function hashOf(name: string, purpose: string): number {
  let hash = 0x811c9dc5;
  for (const text of [purpose, name]) {
    for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
    hash = Math.imul(hash ^ 0xff, 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32;
}
