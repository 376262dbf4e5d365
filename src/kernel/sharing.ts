import { append } from '#collections';
import type { Crc, ImportedSymbol, Signature } from './build.js';

/**
 * Keeps one copy of equal strings and of equal imports. A build of 4,000 kernel modules has 190,000 imports of 17,000 different
 * symbols; shared, they cost a reference each.
 */
export class Sharing {
  readonly #texts = new Map<string, string>();
  readonly #signatures = new Map<string, Signature>();
  readonly #imports = new Map<string, ImportedSymbol[]>();

  text(value: string): string {
    const known = this.#texts.get(value);
    if (known !== undefined) return known;
    this.#texts.set(value, value);
    return value;
  }

  signature({ format, keyId, hashAlgorithm }: Signature): Signature {
    const key = `${format} ${keyId} ${hashAlgorithm}`;
    const known = this.#signatures.get(key) ?? { format, keyId, hashAlgorithm };
    this.#signatures.set(key, known);
    return known;
  }

  imported(name: string, crc: Crc): ImportedSymbol {
    const equal = this.#imports.get(name)?.find((symbol) => symbol.crc === crc);
    if (equal !== undefined) return equal;
    const added = { name: this.text(name), crc };
    append(this.#imports, added.name, added);
    return added;
  }
}
