import type { PackageInfo, SolvableId } from '@opensuse/libsolv-wasm';
import { compareEvr, parseEvr } from '#rpm';
import type { ChangedSymbol, KabiConflict, KabiJudgement } from '#run-document';
import { checksumOf, type Ties, tiesOf } from './kabi-ties.js';
import type { World } from './world.js';

/** Symbols that a judgement names; it counts all. */
const examplesMax = 3;

/** One kernel image in reach or installed. */
interface Kernel {
  readonly id: SolvableId;
  readonly release: string;
  readonly evr: string;
  readonly exports: Ties;
}

/** Symbols that a package wants otherwise, changed ones before missing ones, by name. */
interface Changes {
  readonly changed: number;
  readonly missing: number;
  readonly all: ChangedSymbol[];
}

/** What one kernel has for one symbol: the checksums that it or its packages export. Empty: none. */
type Found = readonly string[];

/**
 * The kABI as the pool tells it: every package that provides `kernel-uname-r` carries an image, and what symbols it and the packages
 * built with it provide is in their capabilities.
 */
export class KabiIndex {
  readonly #world: World;
  #kernels: readonly Kernel[] | null = null;
  readonly #imports = new Map<SolvableId, Ties>();
  readonly #builtFor = new Map<SolvableId, string | null>();

  constructor(world: World) {
    this.#world = world;
  }

  nevraOf(id: SolvableId): string | null {
    return this.#world.nevra(id);
  }

  /** Every symbol that a kernel does not have as a package wants it; empty when it is not in reach. */
  changedFor(id: SolvableId, release: string): ChangedSymbol[] {
    const kernel = this.#all().find((kernel) => kernel.release === release);
    return kernel === undefined ? [] : this.#changes(id, this.#importsOf(id), kernel).all;
  }

  /** A package's conflict with kernels in reach; null when it is tied to no kABI, or fits them all. `concerned`: packages that the conflict is about. */
  conflictOf(id: SolvableId, concerned: ReadonlySet<SolvableId>): KabiConflict | null {
    const imports = this.#importsOf(id);
    if (imports.size === 0) return null;
    const notFor = this.#all().flatMap((kernel) => {
      const judgement = this.#judge(id, imports, kernel);
      return judgement === null ? [] : [{ kernel, judgement }];
    });
    if (notFor.length === 0) return null;
    const unfit = new Set(notFor.map(({ kernel }) => kernel));
    const first = notFor.filter(({ kernel }) => concerned.has(kernel.id));
    return {
      package: this.#world.nevraOf(id),
      symbols: imports.size,
      builtFor: this.builtFor(id),
      lastCompatible: this.#all().find((kernel) => !unfit.has(kernel))?.release ?? null,
      notFor: [...first, ...notFor.filter((one) => !first.includes(one))].map(({ judgement }) => judgement),
    };
  }

  /**
   * The kernel that a package was compiled for: the one whose version stands in its own (`1.0_k6.1.0_52`, `foo-k6.1.0_52-kmp-default`), or
   * the one that was packaged with it under one version. Null when neither tells.
   */
  builtFor(id: SolvableId): string | null {
    const known = this.#builtFor.get(id);
    if (known !== undefined) return known;
    const pkg = this.#world.package(id);
    const kernels = this.#all();
    const found =
      pkg === null
        ? undefined
        : (kernels.find(({ release }) => carriesVersion(pkg, release)) ?? kernels.find(({ evr }) => evr === pkg.evr));
    this.#builtFor.set(id, found?.release ?? null);
    return found?.release ?? null;
  }

  /** Kernels newest first, each release once. */
  #all(): readonly Kernel[] {
    this.#kernels ??= this.#read();
    return this.#kernels;
  }

  #read(): Kernel[] {
    const { pool } = this.#world;
    const ids = this.#world.providers('kernel-uname-r');
    const kernels = new Map<string, Kernel>();
    pool.dependencies(ids, 'provides').forEach((provides, index) => {
      const id = ids[index];
      const release = provides
        .map((text) => /^kernel-uname-r = (.+)$/.exec(text)?.[1])
        .find((text) => text !== undefined);
      const evr = id === undefined ? undefined : this.#world.package(id)?.evr;
      if (id === undefined || evr === undefined || release === undefined || kernels.has(release)) return;
      kernels.set(release, { id, release, evr, exports: tiesOf(provides) });
    });
    return [...kernels.values()].sort((a, b) => compareEvr(parseEvr(b.evr), parseEvr(a.evr)));
  }

  #importsOf(id: SolvableId): Ties {
    const known = this.#imports.get(id) ?? tiesOf(this.#world.pool.dependencies([id], 'requires')[0] ?? []);
    this.#imports.set(id, known);
    return known;
  }

  /** Null when the kernel has every symbol as the package wants it. */
  #judge(id: SolvableId, imports: Ties, kernel: Kernel): KabiJudgement | null {
    const { changed, missing, all } = this.#changes(id, imports, kernel);
    if (all.length === 0) return null;
    const relation = this.#relation(kernel, this.builtFor(id));
    return { kernel: kernel.release, relation, changed, missing, examples: all.slice(0, examplesMax) };
  }

  #relation(kernel: Kernel, builtFor: string | null): KabiJudgement['relation'] {
    if (builtFor === null) return 'unknown';
    if (kernel.release === builtFor) return 'same';
    const releases = this.#all().map(({ release }) => release);
    return releases.indexOf(kernel.release) > releases.indexOf(builtFor) ? 'older' : 'newer';
  }

  #changes(id: SolvableId, imports: Ties, kernel: Kernel): Changes {
    const changed: ChangedSymbol[] = [];
    const missing: ChangedSymbol[] = [];
    for (const [capability, { symbol, checksums }] of imports) {
      const [wanted = ''] = checksums;
      const found = this.#found(capability, wanted, kernel, this.builtFor(id) === kernel.release);
      if (found.includes(wanted)) continue;
      const [other] = found;
      const known = { symbol, wanted: checksumOf(wanted) };
      if (other === undefined) missing.push({ ...known, found: null });
      else changed.push({ ...known, found: checksumOf(other) });
    }
    const all = [...changed.sort(bySymbol), ...missing.sort(bySymbol)];
    return { changed: changed.length, missing: missing.length, all };
  }

  /**
   * The image's own checksum first; else that of the packages that were built for this kernel; else of those that would load on it,
   * which is how a kernel module of an older kernel serves a newer one through weak-updates. A package's own kernel is known by its packages:
   * what an older one exports otherwise says nothing of it, the symbol is then missing.
   */
  #found(capability: string, wanted: string, kernel: Kernel, ownKernel: boolean): Found {
    const inImage = kernel.exports.get(capability)?.checksums;
    if (inImage !== undefined) return inImage;
    const providers = this.#world.providers(capability);
    const native = providers.filter((provider) => this.builtFor(provider) === kernel.release);
    const own = this.#exported(native, capability);
    if (own.length > 0) return own;
    const fitting = this.#exported(
      providers.filter((provider) => this.#fitsImage(provider, kernel)),
      capability,
    );
    if (fitting.includes(wanted)) return [wanted];
    return ownKernel ? [] : fitting;
  }

  #exported(ids: readonly SolvableId[], capability: string): string[] {
    const provides = this.#world.pool.dependencies(ids, 'provides');
    return [...new Set(provides.flatMap((list) => tiesOf(list).get(capability)?.checksums ?? []))].sort();
  }

  /** Whether a package agrees with an image about every symbol that the image exports, and imports at least one. */
  #fitsImage(id: SolvableId, { exports }: Kernel): boolean {
    let shared = 0;
    for (const [capability, { checksums }] of this.#importsOf(id)) {
      const [wanted = ''] = checksums;
      const found = exports.get(capability)?.checksums;
      if (found === undefined) continue;
      if (!found.includes(wanted)) return false;
      shared += 1;
    }
    return shared > 0;
  }
}

/** Whether a package's name or version holds the kernel's, without flavor and with `-` as `_`, as KMPs have it. */
function carriesVersion({ name, evr }: PackageInfo, release: string): boolean {
  const tag = release.replace(/-[^-]*$/, '').replaceAll('-', '_');
  return [name, evr].some((text) => {
    const at = text.indexOf(tag);
    return at >= 0 && !/\d/.test(text.charAt(at - 1)) && !/[\d_]/.test(text.charAt(at + tag.length));
  });
}

function bySymbol(a: ChangedSymbol, b: ChangedSymbol): number {
  return a.symbol < b.symbol ? -1 : 1;
}
