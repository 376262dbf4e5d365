import type { SolvableId } from './ids.js';
import type { Pool } from './pool.js';

export interface RepoOptions {
  readonly priority?: number;
  readonly subpriority?: number;
}

/** The documents of an rpm-md repository, plain or compressed by gzip or zstd (told by their first bytes). */
export interface RpmmdDocuments {
  readonly primary: Uint8Array;
  /** Complete file lists; primary carries only the files that dependencies usually name. */
  readonly filelists?: Uint8Array;
  /** Change logs. */
  readonly other?: Uint8Array;
  readonly updateinfo?: Uint8Array;
}

/** Reader numbers of shim/repo.c. */
const readers = {
  primary: 0,
  filelists: 1,
  other: 2,
  updateinfo: 3,
  solv: 4,
  testcase: 5,
  susetags: 6,
  helix: 7,
  susetagsExtension: 8,
} as const;

/** A repository of a pool: a set of packages from one place. Every reader adds to what is there. */
export class Repo {
  readonly name: string;
  /** @internal */
  readonly id: number;
  readonly #pool: Pool;

  /** @internal */
  constructor(pool: Pool, id: number, name: string) {
    this.#pool = pool;
    this.id = id;
    this.name = name;
  }

  /** Reads an rpm-md repository. On an error the repository keeps what was read up to there: dispose of the pool. */
  addRpmmd({ primary, filelists, other, updateinfo }: RpmmdDocuments): void {
    this.#read('primary', primary);
    if (filelists !== undefined) this.#read('filelists', filelists);
    if (other !== undefined) this.#read('other', other);
    if (updateinfo !== undefined) this.#read('updateinfo', updateinfo);
  }

  /** Reads patches: an updateinfo.xml of a repository that was read before. */
  addUpdateinfo(document: Uint8Array): void {
    this.#read('updateinfo', document);
  }

  /**
   * Reads libsolv's binary format, as `toSolv` writes it, not compressed. Everything that libsolv would trust of it is checked first, so
   * that it may come from anywhere.
   */
  addSolv(document: Uint8Array): void {
    this.#read('solv', document);
  }

  /** Reads packages in the text format of libsolv's testcases (`=Ver: 2.0`, `=Pkg: name version release arch`, …). */
  addTestcase(document: Uint8Array | string): void {
    this.#read('testcase', toBytes(document));
  }

  /** Reads a susetags `packages` file, and then any `packages.LANG`, `packages.FL` … as extensions of it. */
  addSusetags(packages: Uint8Array | string, ...extensions: readonly (Uint8Array | string)[]): void {
    this.#read('susetags', toBytes(packages));
    for (const extension of extensions) this.#read('susetagsExtension', toBytes(extension));
  }

  /** Reads the XML of the helix testcases. */
  addHelix(document: Uint8Array | string): void {
    this.#read('helix', toBytes(document));
  }

  /** Writes libsolv's binary format, the fastest to read again. */
  toSolv(): Uint8Array {
    return this.#pool.ask('shim_repo_write', [this.#pool.repoId(this)]).bytes();
  }

  /** Makes the attributes that were read so far ready for look-ups. The readers do it on their own. */
  internalize(): void {
    this.#pool.call('shim_repo_internalize', this.#pool.repoId(this));
  }

  /** A higher priority wins over all versions of a lower one. */
  setPriority(priority: number, subpriority = 0): void {
    this.#pool.changing();
    this.#pool.call('shim_repo_set_priority', this.#pool.repoId(this), priority, subpriority);
  }

  solvables(): readonly SolvableId[] {
    return this.#pool.solvables(this);
  }

  #read(reader: keyof typeof readers, bytes: Uint8Array): void {
    this.#pool.changing();
    this.#pool.send('shim_repo_read', [this.#pool.repoId(this), readers[reader]], { bytes });
  }
}

function toBytes(document: Uint8Array | string): Uint8Array {
  return typeof document === 'string' ? new TextEncoder().encode(document) : document;
}
