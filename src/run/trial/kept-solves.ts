import { primaryDocument, type RenderedPackages } from '#repomd';
import type { RpmPackage } from '#rpm';
import type { StepFacts, Why } from '#run-document';
import {
  defaultBound,
  type MachineInput,
  type PackageData,
  type Request,
  rpmmdToSolv,
  type Solved,
  solve,
  solveAndTellWhy,
  untimed,
  workClock,
} from '#solve';
import type { SystemState } from '../machine/system-state.js';
import type { MeasuredSolve, Solves } from '../solve-cache.js';
import { KeptInstance } from './kept-instance.js';
import { Numbers } from './numbers.js';
import { Remembered } from './remembered.js';

/** Far beyond the budget of `withinBudget`, and little enough for a design that breaks it many times. */
const trialBound = { ...defaultBound, timeoutMs: 60_000 };

/** Instances that took more are not used again; the budget of `withinBudget` is above it. */
const largeBytes = 512 * 2 ** 20;

function isLarge({ outcome, counters }: Solved): boolean {
  const ended = outcome.status === 'noAnswer' && outcome.within.of === 'memory';
  return ended || counters.heapBytesMax > largeBytes;
}

/** About 50 kB each. */
const answersMax = 2000;
const systemsMax = 2000;

/**
 * Solves one request after the other on one instance, each in a pool of its own: what a request comes to does not depend on the instance. Its
 * high-water mark does, so that nobody may report it; the work of phases is counted where asked. The same request on the same packages is
 * solved once: histories begin alike, and one that is made smaller is tried again and again.
 */
export class KeptSolves implements Solves {
  readonly #solving: KeptInstance;
  readonly #reading: KeptInstance;
  readonly #rendered: RenderedPackages;
  readonly #counting: boolean;
  readonly #installed = new Remembered<Promise<PackageData>>(systemsMax);
  readonly #answers = new Remembered<Solved>(answersMax);
  readonly #packages = new Numbers<RpmPackage>();
  readonly #data = new Numbers<PackageData | Uint8Array>();
  #last: { readonly machine: MachineInput; readonly request: Request } | null = null;

  /** `reading`: turns what is installed into what libsolv reads; `rendered`: packages that were written before. */
  constructor({
    counting,
    reading,
    rendered,
  }: {
    readonly counting: boolean;
    readonly reading: KeptInstance;
    readonly rendered: RenderedPackages;
  }) {
    this.#counting = counting;
    this.#reading = reading;
    this.#rendered = rendered;
    this.#solving = new KeptInstance(counting ? 'counting' : 'release');
  }

  async solve(machine: MachineInput, request: Request): Promise<MeasuredSolve> {
    this.#last = { machine, request };
    return { solved: await this.#answer(machine, request), phases: [] };
  }

  async again(machine: MachineInput, request: Request): Promise<StepFacts['again']> {
    const { outcome } = await this.#answer(machine, request);
    return { status: outcome.status, steps: outcome.status === 'solved' ? outcome.steps.length : 0 };
  }

  /** The same bytes as `installedSolv`, without an instance of their own, and for the same packages the same object. */
  readonly installedData = (installed: SystemState): Promise<PackageData> | null => {
    if (installed.length === 0) return null;
    const packages = installed.map(({ package: pkg }) => pkg);
    const key = packages.map((pkg) => this.#packages.of(pkg)).join(' ');
    const known = this.#installed.get(key);
    if (known !== undefined) return known;
    const primary = primaryDocument(packages, this.#rendered);
    return this.#installed.set(
      key,
      this.#reading.use((libsolv) => ({ solv: rpmmdToSolv(libsolv, '@System', { primary }) })),
    );
  };

  /** Why what a text means is there after the last request, or is not; null before the first one. */
  async why(name: string): Promise<Why | null> {
    const last = this.#last;
    if (last === null) return null;
    const { machine, request } = last;
    const told = await this.#solving.use((libsolv) => solveAndTellWhy(libsolv, machine, request, name));
    return 'why' in told ? told.why : null;
  }

  forget(): void {
    this.#installed.clear();
    this.#answers.clear();
    this.#last = null;
  }

  dispose(): void {
    this.#solving.dispose();
  }

  async #answer(machine: MachineInput, request: Request): Promise<Solved> {
    const key = this.#keyOf(machine, request);
    const known = this.#answers.get(key);
    if (known !== undefined) return known;
    let solved = await this.#solveOn(machine, request);
    if (isLarge(solved)) {
      // How much memory an instance has taken is also of what it did before, and is of nobody who comes after.
      this.#solving.dispose();
      solved = await this.#solveOn(machine, request);
      this.#solving.dispose();
    }
    return this.#answers.set(key, solved);
  }

  #solveOn(machine: MachineInput, request: Request): Promise<Solved> {
    return this.#solving.use((libsolv) => {
      if (!this.#counting) return solve(libsolv, machine, request, untimed, trialBound);
      const { clock, work } = workClock(libsolv);
      const solved = solve(libsolv, machine, request, clock, trialBound);
      return { ...solved, counters: { ...solved.counters, work } };
    });
  }

  /** The whole input, packages by the number of the object that holds them: nothing changes one. */
  #keyOf({ installed, repositories, ...machine }: MachineInput, request: Request): string {
    const reach = repositories.map(({ data, ...repository }) => [
      repository,
      this.#data.of('solv' in data ? data.solv : data),
    ]);
    return JSON.stringify([machine, installed === null ? 0 : this.#data.of(installed), reach, request]);
  }
}
