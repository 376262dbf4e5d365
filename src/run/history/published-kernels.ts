import type { Payload } from '#audit';
import { invariant } from '#errors';
import type { History, KernelBuild } from '#kernel';
import {
  defaultPriority,
  type MachineInput,
  type Request,
  SharedReach,
  type Solved,
  type Work,
  workClock,
} from '#solve';
import { currentBound } from '../bound.js';
import { freshInstance } from '../instances.js';
import type { HistoryScheme } from './history-scheme.js';
import { type Published, publishedNames } from './published.js';
import type { HistoryShelf } from './shelf.js';

export interface CountedAnswer {
  readonly solved: Solved;
  /** Answers to questions that change nothing. */
  readonly also: readonly Solved[];
  /** Code edges that the first answer took, reading all repositories included. */
  readonly work: number;
}

/** Where a line of kernel builds is published under a scheme. */
export interface PublishedLine {
  readonly shelf: HistoryShelf;
  readonly file: string;
  readonly history: History;
  readonly scheme: HistoryScheme;
}

/** The kernel builds that are published so far, in reach of all machines under one scheme: everything ever published stays. */
export class PublishedKernels {
  readonly #line: PublishedLine;
  readonly #reach: SharedReach;
  readonly #read: { readonly clock: Parameters<SharedReach['add']>[1]; readonly work: Work };
  #metadataBytes = 0;
  readonly #kernels: { readonly build: KernelBuild; readonly published: Published }[] = [];

  /** The caller disposes of it. Work is counted by the counting build of libsolv. */
  static async of(line: PublishedLine): Promise<PublishedKernels> {
    return new PublishedKernels(
      line,
      await freshInstance({ build: 'counting', memoryMaxBytes: currentBound().memoryMaxBytes }),
    );
  }

  private constructor(line: PublishedLine, libsolv: Awaited<ReturnType<typeof freshInstance>>) {
    this.#line = line;
    this.#read = workClock(libsolv);
    this.#reach = new SharedReach(libsolv, line.history.builds[0]?.build.arch ?? 'x86_64', currentBound());
  }

  /** The next kernel build is published. */
  async publishNext(): Promise<void> {
    const { shelf, file, history, scheme } = this.#line;
    const index = this.#kernels.length;
    const build = history.builds[index]?.build;
    invariant(build !== undefined, `the history has a build ${index}`);
    const published = await shelf.published(file, scheme.scheme, index);
    this.#kernels.push({ build, published });
    const metadata = await shelf.metadata(published, scheme.publish);
    this.#metadataBytes += metadata.gzipBytes;
    const solv = await shelf.solv(metadata);
    this.#reach.add({ name: build.release, priority: defaultPriority, data: { solv } }, this.#read.clock);
  }

  /** What a machine fetches of the one repository that has all of this when it has changed: its primary.xml.gz. */
  get metadataBytes(): number {
    return this.#metadataBytes;
  }

  get isEmpty(): boolean {
    return this.#kernels.length === 0;
  }

  /** Whether the whole history is published. */
  get isComplete(): boolean {
    return this.#kernels.length === this.#line.history.builds.length;
  }

  get newest(): KernelBuild {
    return this.#latest().build;
  }

  /** What an administrator asks for to get a kernel: the package that stands for all of it, where a scheme has one. */
  kernelPackage(): string {
    const { build, published } = this.#latest();
    const names = publishedNames(published, 'all');
    const found = ['kernel', `kernel-${build.flavor}`, 'kernel-core'].find((name) => names.has(name));
    invariant(found !== undefined, `scheme ${this.#line.scheme.scheme} has a kernel package`);
    return found;
  }

  /** Whether the newest kernel build came with a new build of this package. */
  hasNew(name: string): boolean {
    return publishedNames(this.#latest().published, this.#line.scheme.publish).has(name);
  }

  /** A package of one of the builds; null where none has it. */
  async payload(nevra: string): Promise<Payload | null> {
    for (const { build, published } of this.#kernels) {
      const payload = await this.#line.shelf.payload(published, nevra, build);
      if (payload !== null) return payload;
    }
    return null;
  }

  /** The first request's answer and the others', each on the machine as it is; `machine.repositories` are those beside the kernels'. */
  answer(machine: Omit<MachineInput, 'arch'>, requests: readonly [Request, ...Request[]]): CountedAnswer {
    let counted: Work = {};
    const [solved, ...also] = this.#reach.solveEach(machine, requests, (libsolv) => {
      const { clock, work } = workClock(libsolv);
      counted = work;
      return clock;
    });
    return { solved, also, work: sum(this.#read.work) + sum(counted) };
  }

  dispose(): void {
    this.#reach.dispose();
  }

  #latest(): { readonly build: KernelBuild; readonly published: Published } {
    const latest = this.#kernels.at(-1);
    invariant(latest !== undefined, 'a history begins with a kernel');
    return latest;
  }
}

function sum(work: Work): number {
  return Object.values(work).reduce((total, edges) => total + edges, 0);
}
