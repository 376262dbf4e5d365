import { type Derivation, type Deriver, type KernelBuild, parseDerivedName } from '#kernel';
import type { KernelLine } from './expand.js';

/** The builds of a line, asked for in ascending order: the latest is kept, and its successor made from it. */
export class LineBuilds {
  readonly #line: KernelLine;
  readonly #load: (name: string) => Promise<KernelBuild>;
  readonly #derive: Deriver;
  #latest: { readonly at: number; readonly build: KernelBuild } | null = null;

  constructor(line: KernelLine, load: (name: string) => Promise<KernelBuild>, derive: Deriver) {
    this.#line = line;
    this.#load = load;
    this.#derive = derive;
  }

  /** @throws InputError */
  async at(index: number): Promise<KernelBuild> {
    if (this.#latest?.at === index) return this.#latest.build;
    const build = await this.#make(index);
    this.#latest = { at: index, build };
    return build;
  }

  async #make(index: number): Promise<KernelBuild> {
    const name = this.#line[index] ?? '';
    const derived = parseDerivedName(name);
    if (derived === null) return this.#load(name);
    const last = derived.derivations.at(-1);
    if (last?.kind === 'evolved' && this.#latest?.at === index - 1)
      return this.#derive(this.#latest.build, nextOf(last));
    return derived.derivations.reduce(this.#derive, await this.#load(derived.base));
  }
}

/** The last of so many successors, from the one before it. */
function nextOf(last: Derivation & { readonly kind: 'evolved' }): Derivation {
  return { ...last, seed: last.seed + last.builds - 1, builds: 1 };
}
