import type { Payload } from '#audit';
import { invariant } from '#errors';
import type { HardwareProfile } from '#hardware';
import type { DriverBuild, KernelModule } from '#kernel';
import { nevra } from '#rpm';
import { defaultPriority, type ReachableRepository, type Solved } from '#solve';
import type { SystemState } from '../machine/system-state.js';
import type { HistoryEvent } from './events.js';
import type { InstalledFacts } from './installed-facts.js';
import type { PublishedKernels, PublishedLine } from './published-kernels.js';
import type { InstalledSystem } from './purge.js';

/** What the machines under one scheme have in common. */
export interface Surroundings {
  readonly line: PublishedLine;
  readonly kernels: PublishedKernels;
  readonly facts: InstalledFacts;
  readonly userspace: Userspace;
}

/** What every machine has beside its kernel. */
export interface Userspace {
  readonly repository: ReachableRepository;
  readonly payloads: readonly Payload[];
  /** NEVRAs of these. */
  readonly names: ReadonlySet<string>;
}

/** The packages that a machine has. */
export interface InstalledPackages {
  readonly state: SystemState;
  /** Names of packages that nobody asked for. */
  readonly autoInstalled: readonly string[];
}

/** What one machine can get on a day: the kernels that all machines see, and what the vendors of its hardware published so far. */
export class MachineReach {
  readonly #around: Surroundings;
  readonly #modaliases: readonly string[];
  /** Of user space and of vendors, by NEVRA. */
  readonly #others: Map<string, Payload>;
  readonly #repositories: ReachableRepository[];
  /** Of each vendor's repository. */
  readonly #metadataBytes = new Map<string, number>();

  constructor(around: Surroundings, { devices }: HardwareProfile) {
    this.#around = around;
    this.#modaliases = devices.map(({ modalias }) => modalias);
    const { repository, payloads } = around.userspace;
    this.#others = new Map(payloads.map((payload) => [nevra(payload.package), payload]));
    this.#repositories = [repository];
  }

  /** Takes note of what a vendor publishes. The name of the package with the driver. */
  async add(build: DriverBuild): Promise<string> {
    const { driver, version } = build;
    const { shelf, file, scheme } = this.#around.line;
    const { name, metadata, payloads } = await shelf.vendor(file, scheme.scheme, build);
    for (const payload of payloads) this.#others.set(nevra(payload.package), payload);
    const solv = await shelf.solv(metadata);
    this.#repositories.push({ name: `${driver} ${version}`, priority: defaultPriority, data: { solv } });
    this.#metadataBytes.set(driver, (this.#metadataBytes.get(driver) ?? 0) + metadata.gzipBytes);
    return name;
  }

  /** Of the repository that changed on a day. */
  metadataBytes(event: HistoryEvent): number {
    if (event.kind === 'kernel') return this.#around.kernels.metadataBytes;
    return this.#metadataBytes.get(event.build.driver) ?? 0;
  }

  /** Of the newest kernel and of all vendors. */
  kernelModules(): KernelModule[] {
    const { kernels } = this.#around;
    const vendors = [...this.#others.values()].flatMap(({ modules }) =>
      modules.map(({ kernelModule }) => kernelModule),
    );
    return [...(kernels.isEmpty ? [] : kernels.newest.modules), ...vendors];
  }

  async system({ state, autoInstalled }: InstalledPackages): Promise<InstalledSystem> {
    const installed = await this.#around.facts.solv(state);
    return { arch: this.#around.kernels.newest.arch, installed, autoInstalled };
  }

  /** The machine as libsolv gets it beside the kernels; `more`: repositories that nobody else has. */
  async solvable(
    installed: InstalledPackages,
    more: readonly ReachableRepository[] = [],
  ): Promise<Parameters<PublishedKernels['answer']>[0]> {
    const repositories = [...this.#repositories, ...more];
    return { ...(await this.system(installed)), repositories, modaliases: this.#modaliases };
  }

  /** What the packages of a result bring, by NEVRA; those that were there before left out. */
  async brought(
    { result }: Solved,
    before: SystemState,
    more: ReadonlyMap<string, Payload> = new Map(),
  ): Promise<Map<string, Payload>> {
    const known = new Set(before.map(({ package: pkg }) => nevra(pkg)));
    const found = new Map<string, Payload>();
    for (const { nevra: name } of result ?? []) {
      if (known.has(name)) continue;
      const payload = more.get(name) ?? this.#others.get(name) ?? (await this.#around.kernels.payload(name));
      invariant(payload !== null, `somebody published ${name}`);
      found.set(name, payload);
    }
    return found;
  }
}
