import type { ExportedSymbol } from '#kernel';
import { compareEvr } from '#rpm';
import type { LinksStopped, LoaderPolicy } from '#run-document';
import { candidatesFor, type LinkCandidate } from './candidates.js';
import { type ModulesTree, selectByName } from './depmod.js';
import { exportsByName } from './loader.js';
import type { BootableKernel, InstalledModule, Payload } from './payload.js';
import { linksOfWeakModules } from './weak-modules.js';

export interface Links {
  /** By path below /lib/modules/<release>. */
  readonly files: ModulesTree;
  /** Why the script linked nothing though there was something to link. */
  readonly stopped: LinksStopped | null;
  /** How often SUSE's script asked depmod whether a candidate fits. */
  readonly checks: number;
}

/**
 * What a kernel's weak-updates directory holds after its script ran over everything installed, for SUSE's as weak-modules2 --add-kernel does
 * (walk_kmps): candidates newest first, again while one is added and one is left. A candidate is linked whole, when no file name of
 * it is taken, and when depmod has nothing to say against any kernel module of the tree that results.
 */
export function linksInto(
  kernel: BootableKernel,
  own: ModulesTree,
  installed: readonly Payload[],
  policy: LoaderPolicy,
): Links {
  if (policy.weakModules === 'weak-modules')
    return { files: linksOfWeakModules(kernel, own, installed), stopped: null, checks: 0 };
  const { list, stopped } = candidatesFor(policy.weakModules, kernel, installed);
  if (list.length === 0) return { files: new Map(), stopped, checks: 0 };
  const linker = new Linker(kernel, own, policy);
  const fault = linker.fault();
  if (fault !== null) {
    const stopped = { reason: 'inconsistent', release: kernel.release, ...fault } as const;
    return { files: new Map(), stopped, checks: list.length };
  }
  let left = list;
  let never = 0;
  let checks = 0;
  for (let added = true; added && left.length + never > 0; ) {
    added = false;
    // What can never fit is not looked at again here; the script does not know that, and asks.
    checks += never;
    left = left.filter((candidate) => {
      const answer = linker.tryToLink(candidate);
      if (answer !== 'taken') checks++;
      if (answer === 'linked') added = true;
      if (answer === 'never') never++;
      return answer === 'later' || answer === 'taken';
    });
  }
  return { files: linker.links, stopped: null, checks };
}

/** Keeps depmod's view of one kernel's tree while links are added, so that a candidate costs its own imports only. */
class Linker {
  readonly links = new Map<string, InstalledModule>();
  readonly #image: ReadonlyMap<string, ExportedSymbol>;
  readonly #own: ModulesTree;
  readonly #policy: LoaderPolicy;
  /** Files whose names a candidate must not have, and the candidate that brought them; null for the kernel's own. */
  readonly #taken = new Map<string, LinkCandidate | null>();
  #exporters: Map<string, number | null>;

  constructor({ image }: BootableKernel, own: ModulesTree, policy: LoaderPolicy) {
    this.#image = exportsByName(image);
    this.#own = own;
    this.#policy = policy;
    const anywhere = policy.weakModules === 'weak-modules2-any-directory';
    for (const path of own.keys()) {
      if (anywhere || /^(?:updates|extra|weak-updates)\//.test(path)) this.#taken.set(baseName(path), null);
    }
    this.#exporters = this.#exportersOf(this.#files());
  }

  /** `later` where another candidate's exports could still make it fit, `taken` where a file name is and depmod is not asked. */
  tryToLink(candidate: LinkCandidate): 'linked' | 'never' | 'later' | 'taken' {
    const standing = new Set(candidate.modules.map(({ path }) => this.#taken.get(baseName(path))));
    standing.delete(undefined);
    const [older] = standing;
    if (standing.size > 1 || older === null || (older !== undefined && !isOlder(older, candidate))) return 'taken';
    if (older === undefined && !candidate.modules.some((kernelModule) => this.#hidesOwn(kernelModule)))
      return this.#addBeside(candidate);
    return this.#addInstead(candidate, older);
  }

  /** Why depmod would complain of the tree as it is: the first unmet import. */
  fault(): { readonly kernelModule: string; readonly symbol: string } | null {
    for (const { kernelModule } of this.#files()) {
      const unmet = kernelModule.imports.find(({ name, crc }) => this.#found(name) !== crc);
      if (unmet !== undefined) return { kernelModule: kernelModule.name, symbol: unmet.name };
    }
    return null;
  }

  /** The common case: nothing is hidden, so nobody else's imports can change. */
  #addBeside(candidate: LinkCandidate): 'linked' | 'never' | 'later' {
    for (const { kernelModule } of candidate.modules) {
      for (const { name, crc } of kernelModule.imports) {
        const inImage = this.#image.get(name);
        if (inImage !== undefined) {
          if (inImage.crc !== crc) return 'never';
        } else if ((this.#exporters.get(name) ?? exportedBy(candidate, name)) !== crc) return 'later';
      }
    }
    this.#link(candidate);
    for (const { kernelModule } of candidate.modules) {
      for (const { name, crc } of kernelModule.exports) if (!this.#exporters.has(name)) this.#exporters.set(name, crc);
    }
    return 'linked';
  }

  /** A candidate that takes the place of something: the whole tree is looked at, as the script does each time. */
  #addInstead(candidate: LinkCandidate, older: LinkCandidate | undefined): 'linked' | 'later' {
    if (older !== undefined) this.#unlink(older);
    this.#link(candidate);
    this.#exporters = this.#exportersOf(this.#files());
    if (this.fault() === null) return 'linked';
    this.#unlink(candidate);
    if (older !== undefined) this.#link(older);
    this.#exporters = this.#exportersOf(this.#files());
    return 'later';
  }

  #link(candidate: LinkCandidate): void {
    for (const kernelModule of candidate.modules) {
      this.links.set(`weak-updates/${kernelModule.path}`, kernelModule);
      this.#taken.set(baseName(kernelModule.path), candidate);
    }
  }

  #unlink({ modules }: LinkCandidate): void {
    for (const { path } of modules) {
      this.links.delete(`weak-updates/${path}`);
      this.#taken.delete(baseName(path));
    }
  }

  #hidesOwn({ kernelModule }: InstalledModule): boolean {
    this.#ownNames ??= new Set([...this.#own.values()].map((installedModule) => installedModule.kernelModule.name));
    return this.#ownNames.has(kernelModule.name);
  }
  #ownNames: ReadonlySet<string> | undefined;

  #files(): InstalledModule[] {
    const selected = selectByName([...this.#own, ...this.links], this.#policy.searchOrder);
    return [...selected.values()].map(({ installed }) => installed);
  }

  #exportersOf(files: readonly InstalledModule[]): Map<string, number | null> {
    const exporters = new Map<string, number | null>();
    for (const { kernelModule } of files) {
      for (const { name, crc } of kernelModule.exports) if (!exporters.has(name)) exporters.set(name, crc);
    }
    return exporters;
  }

  #found(symbol: string): number | null | undefined {
    const inImage = this.#image.get(symbol);
    return inImage === undefined ? this.#exporters.get(symbol) : inImage.crc;
  }
}

function exportedBy({ modules }: LinkCandidate, symbol: string): number | null | undefined {
  for (const { kernelModule } of modules) {
    const found = kernelModule.exports.find(({ name }) => name === symbol);
    if (found !== undefined) return found.crc;
  }
  return undefined;
}

function isOlder(older: LinkCandidate, { owner }: LinkCandidate): boolean {
  if (older.owner.name !== owner.name) return false;
  return compareEvr(older.owner.evr, owner.evr) < 0;
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
