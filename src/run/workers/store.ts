import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { threadId } from 'node:worker_threads';
import { asOutputError, pathExists, sha256Hex } from '#files';
import type { MachineInput, PackageData, ReachableRepository } from '#solve';

/** A machine whose packages lie in the store, under the SHA-256 of their .solv: what travels between workers instead of megabytes. */
export interface StoredMachine extends Omit<MachineInput, 'installed' | 'repositories'> {
  readonly installed: string | null;
  readonly repositories: readonly (Omit<ReachableRepository, 'data'> & { readonly solv: string })[];
}

/**
 * A directory that all workers of one run share: bytes under their own hash, so that two writers of the same bytes write the same file. It
 * belongs to one run and is removed with it.
 */
export class Store {
  readonly #directory: string;
  readonly #bytes = new Map<string, WeakRef<Uint8Array>>();
  #written = 0;

  constructor(directory: string) {
    this.#directory = directory;
  }

  /** Where whatever else belongs to this run alone may lie. */
  get directory(): string {
    return this.#directory;
  }

  /** Keeps bytes and returns their name. */
  async keep(bytes: Uint8Array): Promise<string> {
    const name = contentName(bytes);
    if (this.#bytes.get(name)?.deref() === bytes) return name;
    const file = join(this.#directory, name);
    if (!(await pathExists(file))) await this.#write(file, bytes);
    this.#remember(name, bytes);
    return name;
  }

  async bytes(name: string): Promise<Uint8Array> {
    const known = this.#bytes.get(name)?.deref();
    if (known !== undefined) return known;
    const read = new Uint8Array(await readFile(join(this.#directory, name)));
    this.#remember(name, read);
    return read;
  }

  /** A document under a key of the caller's; null where nobody has kept one yet. */
  async document(key: string): Promise<string | null> {
    const file = this.#documentFile(key);
    return (await pathExists(file)) ? readFile(file, 'utf8') : null;
  }

  async keepDocument(key: string, text: string): Promise<void> {
    await this.#write(this.#documentFile(key), text);
  }

  async keepMachine(machine: MachineInput): Promise<StoredMachine> {
    for (const { data } of machine.repositories) await this.keep(solvOf(data));
    if (machine.installed !== null) await this.keep(solvOf(machine.installed));
    return storedMachine(machine);
  }

  async machine({ installed, repositories, ...machine }: StoredMachine): Promise<MachineInput> {
    const read = [];
    for (const { solv, ...repository } of repositories)
      read.push({ ...repository, data: { solv: await this.bytes(solv) } });
    return {
      ...machine,
      installed: installed === null ? null : { solv: await this.bytes(installed) },
      repositories: read,
    };
  }

  /** Whole or not at all. Makes no directory: a run that was interrupted has removed this one, and it must not come back. */
  async #write(file: string, content: Uint8Array | string): Promise<void> {
    this.#written += 1;
    const aside = `${file}.${threadId}.${this.#written}`;
    try {
      await writeFile(aside, content);
      await rename(aside, file);
    } catch (error) {
      throw asOutputError(error, file, 'room for the temporary files of a run');
    }
  }

  #remember(name: string, bytes: Uint8Array): void {
    contentNames.set(bytes, name);
    this.#bytes.set(name, new WeakRef(bytes));
  }

  #documentFile(key: string): string {
    return join(this.#directory, `${sha256Hex(key)}.json`);
  }
}

/** A machine with its packages under the name of their content: two machines that are equal here are the same input. */
export function storedMachine({ installed, repositories, ...machine }: MachineInput): StoredMachine {
  return {
    ...machine,
    installed: installed === null ? null : contentName(solvOf(installed)),
    repositories: repositories.map(({ data, ...repository }) => ({ ...repository, solv: contentName(solvOf(data)) })),
  };
}

/** A repository is hashed once, however many requests see it. */
const contentNames = new WeakMap<Uint8Array, string>();

function contentName(bytes: Uint8Array): string {
  const known = contentNames.get(bytes);
  if (known !== undefined) return known;
  const name = sha256Hex(bytes);
  contentNames.set(bytes, name);
  return name;
}

function solvOf(data: PackageData): Uint8Array {
  if ('solv' in data) return data.solv;
  throw new Error('kmplab bug: a machine of a run is made of .solv files');
}
