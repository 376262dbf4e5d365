import type { Payload } from '#audit';
import { invariant } from '#errors';
import type { HardwareProfile } from '#hardware';
import { nevra } from '#rpm';
import type { Audit, MachineHistory, MachineUpdate, Outcome, Purged } from '#run-document';
import { requestSchema, requestText } from '#scenario';
import type { ReachableRepository, Request, Solved } from '#solve';
import { nextState, type SystemState } from '../scenario/system-state.js';
import { waiting } from './days.js';
import { driversFor, type HistoryEvent } from './events.js';
import { purgesKernels } from './history-scheme.js';
import type { InstalledFacts } from './installed-facts.js';
import { auditNextBoot, drivenDevices, driversIn, loadableAtNextBoot, notDriving } from './next-boot.js';
import type { PublishedKernels, PublishedLine } from './published-kernels.js';
import { type InstalledSystem, installedBytes, leftBehind, purgeKernels } from './purge.js';

/** What the machines under one scheme have in common. */
export interface Surroundings {
  readonly line: PublishedLine;
  readonly kernels: PublishedKernels;
  readonly facts: InstalledFacts;
}

type BootedMachine = Pick<
  MachineUpdate,
  'purged' | 'installedBytes' | 'leftBehind' | 'nextBoot' | 'lost' | 'waitsFor' | 'linksStopped'
>;

/**
 * A machine that is installed with the first kernel of a history, updates on every day something is published for it, boots what it then
 * has, and purges kernels as its distribution does.
 */
export class Machine {
  readonly #around: Surroundings;
  readonly #hardware: HardwareProfile;
  /** Vendors' drivers that there is hardware for. */
  readonly drivers: readonly string[];
  readonly #vendors = new Map<string, Payload>();
  readonly #repositories: ReachableRepository[] = [];
  /** Of each vendor's repository. */
  readonly #metadataBytes = new Map<string, number>();
  readonly #updates: MachineUpdate[] = [];
  #state: SystemState = [];
  #autoInstalled: readonly string[] = [];
  /** What worked after the installation. */
  #drivenAtFirst: ReadonlySet<string> | null = null;
  /** Of `drivers` those that were installed at some time. */
  readonly #wanted = new Set<string>();

  constructor(around: Surroundings, hardware: HardwareProfile) {
    this.#around = around;
    this.#hardware = hardware;
    this.drivers = driversFor(around.line.history, hardware);
  }

  history(profile: string): MachineHistory {
    const scheme = this.#around.line.scheme.text;
    const days = waiting(this.#updates, this.drivers);
    return { scheme, profile, drivers: [...this.drivers], updates: this.#updates, ...days };
  }

  async update(event: HistoryEvent): Promise<void> {
    const { kernels, facts } = this.#around;
    const isInstall = this.#state.length === 0;
    const request = await this.#requestOn(event);
    const alone = event.kind === 'kernel' && !isInstall ? this.#driverPackage() : null;
    const modaliases = this.#hardware.devices.map(({ modalias }) => modalias);
    const machine = { ...(await this.#system()), repositories: this.#repositories, modaliases };
    const { solved, also, work } = kernels.answer(machine, [
      request,
      ...(alone === null ? [] : [asked('up', [alone])]),
    ]);
    const answer = also[0];
    const driverOnly = alone === null || answer === undefined ? null : await this.#driverOnly(alone, answer);
    const brought = await this.#payloads(solved);
    this.#state = nextState(this.#state, solved.result, (pkg) => brought.get(pkg.nevra));
    this.#autoInstalled = solved.autoInstalled;
    const { comes, gone } = changes(solved.outcome);
    const { counters } = solved;
    this.#updates.push({
      date: event.date,
      event: isInstall ? 'install' : event.kind,
      what: event.kind === 'kernel' ? kernels.newest.release : `${event.build.driver} ${event.build.version}`,
      request: requestText(requestSchema.parse(request)),
      status: solved.outcome.status,
      packages: comes.length,
      erased: gone,
      downloadBytes: counters.downloadBytes,
      metadataBytes:
        event.kind === 'kernel' ? kernels.metadataBytes : (this.#metadataBytes.get(event.build.driver) ?? 0),
      installedBytesChange: counters.installedBytesChange,
      rules: counters.rulesTotal,
      work,
      problems: counters.problems,
      violations: facts.violations(this.#state),
      ...(await this.#boot([...brought.values()])),
      newest: kernels.newest.release,
      driverOnly,
    });
  }

  /** What the machine has when it boots after the update, and after kernels were purged then. */
  async #boot(brought: readonly Payload[]): Promise<BootedMachine> {
    const first = this.#audit();
    const driven = drivenDevices(first);
    this.#drivenAtFirst ??= driven;
    for (const driver of driversIn(this.#state, this.drivers)) this.#wanted.add(driver);
    const purged = brought.some(({ kernel }) => kernel !== null) ? await this.#purge() : null;
    const later = purged === null || purged.packages === 0 ? first : this.#audit();
    return {
      purged: purged === null ? null : { ...purged, lost: missing(driven, drivenDevices(later)) },
      installedBytes: installedBytes(this.#state),
      leftBehind: leftBehind(this.#state),
      nextBoot: first.nextBoot,
      lost: missing(this.#drivenAtFirst, driven),
      waitsFor: notDriving([...this.#wanted].sort(), later),
      linksStopped: first.kernels[0]?.linksStopped ?? null,
    };
  }

  async #purge(): Promise<Omit<Purged, 'lost'> | null> {
    if (!purgesKernels(this.#around.line.scheme)) return null;
    const { state, purged } = await purgeKernels(this.#state, await this.#system());
    this.#state = state;
    return purged;
  }

  #audit(): Audit {
    return auditNextBoot(this.#state, this.#hardware, this.#around.line.scheme.scheme);
  }

  async #system(): Promise<InstalledSystem> {
    const installed = await this.#around.facts.solv(this.#state);
    return { arch: this.#around.kernels.newest.arch, installed, autoInstalled: this.#autoInstalled };
  }

  /** Takes note of what a vendor publishes, and returns what the machine's administrator types then. */
  async #requestOn(event: HistoryEvent): Promise<Request> {
    if (event.kind === 'kernel') {
      return this.#state.length === 0 ? asked('in', [this.#around.kernels.kernelPackage()]) : asked('up', []);
    }
    const { driver, version } = event.build;
    const { shelf, file, scheme } = this.#around.line;
    const { name, metadata, payloads } = await shelf.vendor(file, scheme.scheme, event.build);
    for (const payload of payloads) this.#vendors.set(nevra(payload.package), payload);
    const solv = await shelf.solv(metadata);
    this.#repositories.push({ name: `${driver} ${version}`, priority: 99, data: { solv } });
    this.#metadataBytes.set(driver, (this.#metadataBytes.get(driver) ?? 0) + metadata.gzipBytes);
    return driversIn(this.#state, [driver]).length > 0 ? asked('up', []) : asked('in', [name]);
  }

  /** The package with the driver of the first network device, where a new build of it was published with the newest kernel. */
  #driverPackage(): string | null {
    const device = this.#hardware.devices.find((one) => one.class === 'network' && (one.drivers?.length ?? 0) > 0);
    const driver = device?.drivers?.[0];
    const holder = this.#state.findLast(({ modules }) => modules.some((one) => one.kernelModule.name === driver));
    return holder !== undefined && this.#around.kernels.hasNew(holder.package.name) ? holder.package.name : null;
  }

  /** What asking for that package alone would have brought. */
  async #driverOnly(name: string, solved: Solved): Promise<MachineUpdate['driverOnly']> {
    const brought = await this.#payloads(solved);
    const state = nextState(this.#state, solved.result, (pkg) => brought.get(pkg.nevra));
    const loadable = loadableAtNextBoot(state, this.#around.line.scheme.scheme);
    const drivers = [...brought.values()].flatMap((one) => (one.package.name === name ? one.modules : []));
    return {
      package: name,
      status: solved.outcome.status,
      packages: brought.size,
      bringsKernel: [...brought.values()].some(({ kernel }) => kernel !== null),
      loads: drivers.some((one) => loadable.has(one)),
    };
  }

  /** What the packages of a result bring, by NEVRA; those that were there before left out. */
  async #payloads({ result }: Solved): Promise<Map<string, Payload>> {
    const known = new Set(this.#state.map(({ package: pkg }) => nevra(pkg)));
    const found = new Map<string, Payload>();
    for (const { nevra: name } of result) {
      if (known.has(name)) continue;
      const payload = this.#vendors.get(name) ?? (await this.#around.kernels.payload(name));
      invariant(payload !== null, `somebody published ${name}`);
      found.set(name, payload);
    }
    return found;
  }
}

function asked(verb: 'in' | 'up', names: readonly string[]): Request {
  return { verb, names, noRecommends: false, allowUninstall: false };
}

function changes(outcome: Outcome): { readonly comes: readonly string[]; readonly gone: number } {
  if (outcome.status === 'unsolvable') return { comes: [], gone: 0 };
  const isGone = (type: string): boolean => type === 'erase' || type === 'obsoleted';
  return {
    comes: outcome.steps.filter(({ type }) => !isGone(type)).map((step) => step.nevra),
    gone: outcome.steps.reduce((sum, { type, replaces }) => sum + (isGone(type) ? 1 : replaces.length), 0),
  };
}

function missing(before: ReadonlySet<string>, after: ReadonlySet<string>): string[] {
  return [...before].filter((device) => !after.has(device)).sort();
}
