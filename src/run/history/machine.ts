import type { Payload } from '#audit';
import { invariant } from '#errors';
import type { HardwareProfile } from '#hardware';
import { nevra } from '#rpm';
import type { Audit, DriverOnly, MachineHistory, MachineUpdate, PromiseResult, Purged } from '#run-document';
import { requestSchema, requestText } from '#scenario';
import type { ReachableRepository, Request, Solved } from '#solve';
import { nextState, type SystemState } from '../machine/system-state.js';
import { waiting } from './days.js';
import { driverOnly } from './driver-only.js';
import { driversFor, type HistoryEvent } from './events.js';
import { purgesKernels } from './history-scheme.js';
import type { InstalledFacts } from './installed-facts.js';
import { changesOf, type LivedRequest, promisesOver, withReach } from './judged.js';
import { auditNextBoot, drivenDevices, driversIn, notDriving } from './next-boot.js';
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
  'purged' | 'installedBytes' | 'leftBehind' | 'nextBoot' | 'lost' | 'undriven' | 'waitsFor' | 'linksStopped'
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
  /** At the end of the last day; null before the installation. */
  #booted: Audit | null = null;
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
    const [before, auditBefore] = [this.#state, this.#booted ?? this.#audit()];
    const isInstall = before.length === 0;
    const request = await this.#requestOn(event);
    const alone = event.kind === 'kernel' && !isInstall ? this.#driverHolder() : null;
    const next = alone !== null && kernels.hasNew(alone.package) ? [alone.package] : [];
    const { solved, also, work } = kernels.answer(await this.#solvable(), [
      request,
      ...next.map((name) => asked('up', [name])),
    ]);
    const questions: DriverOnly[] = [];
    for (const [at, answer] of also.entries())
      questions.push(await this.#driverOnly('nextKernel', next[at] ?? '', answer, auditBefore));
    const brought = await this.#payloads(solved);
    this.#state = nextState(before, solved.result, (pkg) => brought.get(pkg.nevra));
    this.#autoInstalled = solved.autoInstalled;
    const violations = facts.violations(this.#state);
    const audit = this.#audit();
    const promises = this.#judge(this.#asks(request, event), {
      solved,
      before,
      auditBefore,
      auditAfter: audit,
      violations,
    });
    const booted = await this.#boot(audit, [...brought.values()]);
    if (this.#isLast(event) && alone !== null) questions.push(...(await this.#rebuiltDriver(alone.driver)));
    const { comes, gone } = changesOf(solved.outcome);
    const { counters } = solved;
    this.#updates.push({
      date: event.date,
      event: isInstall ? 'install' : event.kind,
      what: event.kind === 'kernel' ? kernels.newest.release : `${event.build.driver} ${event.build.version}`,
      request: requestText(requestSchema.parse(request)),
      status: solved.outcome.status,
      packages: comes,
      erased: gone,
      downloadBytes: counters.downloadBytes,
      metadataBytes:
        event.kind === 'kernel' ? kernels.metadataBytes : (this.#metadataBytes.get(event.build.driver) ?? 0),
      installedBytesChange: counters.installedBytesChange,
      rules: counters.rulesTotal,
      work,
      problems: counters.problems,
      violations: violations.length,
      promises,
      ...booted,
      newest: kernels.newest.release,
      driverOnly: questions,
    });
  }

  /** What the machine has when it boots after the update, and after kernels were purged then. */
  async #boot(first: Audit, brought: readonly Payload[]): Promise<BootedMachine> {
    const driven = drivenDevices(first);
    this.#booted = first;
    this.#drivenAtFirst ??= driven;
    for (const driver of driversIn(this.#state, this.drivers)) this.#wanted.add(driver);
    const purged = brought.some(({ kernel }) => kernel !== null) ? await this.#purge(first) : null;
    const lost = missing(this.#drivenAtFirst, driven);
    return {
      purged,
      installedBytes: installedBytes(this.#state),
      leftBehind: leftBehind(this.#state),
      nextBoot: first.nextBoot,
      lost,
      undriven: [...new Set([...lost, ...(purged?.lost ?? [])])].sort(),
      waitsFor: notDriving([...this.#wanted].sort(), this.#booted),
      linksStopped: first.kernels[0]?.linksStopped ?? null,
    };
  }

  async #purge(first: Audit): Promise<Purged | null> {
    if (!purgesKernels(this.#around.line.scheme)) return null;
    const before = this.#state;
    const { state, purged, solved } = await purgeKernels(before, await this.#system());
    this.#state = state;
    const later = purged.packages > 0 ? this.#audit() : first;
    this.#booted = later;
    const promises = this.#judge(
      { verb: 'purge-kernels', names: [] },
      {
        solved,
        before,
        auditBefore: first,
        auditAfter: later,
        violations: this.#around.facts.violations(state),
      },
    );
    return { ...purged, lost: missing(drivenDevices(first), drivenDevices(later)), promises };
  }

  #judge(
    request: Pick<LivedRequest, 'verb' | 'names'>,
    lived: Omit<LivedRequest, 'verb' | 'names' | 'after' | 'hardware' | 'scheme'>,
  ): PromiseResult[] {
    const { scheme } = this.#around.line.scheme;
    return promisesOver({ ...request, ...lived, after: this.#state, hardware: this.#hardware, scheme });
  }

  /** What a request's names mean: that of the installation a kernel, those of vendors' drivers a driver. */
  #asks({ verb, names }: Request, { kind }: HistoryEvent): Pick<LivedRequest, 'verb' | 'names'> {
    const kernel = kind === 'kernel' ? this.#around.kernels.newest.release : null;
    const means = kernel === null ? 'kernelModules' : 'kernel';
    return { verb, names: names.map((name) => ({ name, means, installed: false, kernel })) };
  }

  #audit(): Audit {
    const { line, kernels } = this.#around;
    const vendors = [...this.#vendors.values()].flatMap(({ modules }) => modules.map((one) => one.kernelModule));
    const published = [...(kernels.isEmpty ? [] : kernels.newest.modules), ...vendors];
    return withReach(auditNextBoot(this.#state, this.#hardware, line.scheme.scheme), published);
  }

  async #solvable(more: readonly ReachableRepository[] = []): Promise<Parameters<PublishedKernels['answer']>[0]> {
    const modaliases = this.#hardware.devices.map(({ modalias }) => modalias);
    return { ...(await this.#system()), repositories: [...this.#repositories, ...more], modaliases };
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

  /** The driver of the first network device, and the installed package that has it. */
  #driverHolder(): { readonly driver: string; readonly package: string } | null {
    const device = this.#hardware.devices.find((one) => one.class === 'network' && (one.drivers?.length ?? 0) > 0);
    const driver = device?.drivers?.[0];
    const holder = this.#state.findLast(({ modules }) => modules.some((one) => one.kernelModule.name === driver));
    return driver === undefined || holder === undefined ? null : { driver, package: holder.package.name };
  }

  #isLast({ kind }: HistoryEvent): boolean {
    return kind === 'kernel' && this.#around.kernels.isComplete;
  }

  /**
   * At the end of the history the driver is built again for the kernel that is booted by then, and asked for alone. Once, as it takes packaging
   * a kernel.
   */
  async #rebuiltDriver(driver: string): Promise<DriverOnly[]> {
    const { kernels, line } = this.#around;
    const booted = this.#booted ?? this.#audit();
    const index = line.history.builds.findIndex(({ build }) => build.release === booted.nextBoot);
    const rebuilt = await line.shelf.rebuiltDriver(line.file, line.scheme.scheme, index, driver);
    if (rebuilt === null) return [];
    const repository = {
      name: `${driver} rebuilt`,
      priority: 99,
      data: { solv: await line.shelf.solv(rebuilt.metadata) },
    };
    const { solved } = kernels.answer(await this.#solvable([repository]), [asked('up', [rebuilt.name])]);
    return [await this.#driverOnly('sameKernel', rebuilt.name, solved, booted, rebuilt.payloads)];
  }

  /** What asking for a package alone would have brought. */
  async #driverOnly(
    of: DriverOnly['of'],
    name: string,
    solved: Solved,
    audit: Audit,
    more: readonly Payload[] = [],
  ): Promise<DriverOnly> {
    const brought = await this.#payloads(solved, new Map(more.map((one) => [nevra(one.package), one])));
    const after = nextState(this.#state, solved.result, (pkg) => brought.get(pkg.nevra));
    const { scheme } = this.#around.line.scheme;
    return driverOnly({
      of,
      package: name,
      solved,
      before: this.#state,
      after,
      brought: [...brought.values()],
      scheme,
      audit,
    });
  }

  /** What the packages of a result bring, by NEVRA; those that were there before left out. */
  async #payloads({ result }: Solved, more: ReadonlyMap<string, Payload> = new Map()): Promise<Map<string, Payload>> {
    const known = new Set(this.#state.map(({ package: pkg }) => nevra(pkg)));
    const found = new Map<string, Payload>();
    for (const { nevra: name } of result) {
      if (known.has(name)) continue;
      const payload = more.get(name) ?? this.#vendors.get(name) ?? (await this.#around.kernels.payload(name));
      invariant(payload !== null, `somebody published ${name}`);
      found.set(name, payload);
    }
    return found;
  }
}

function asked(verb: 'in' | 'up', names: readonly string[]): Request {
  return { verb, names, noRecommends: false, allowUninstall: false };
}

function missing(before: ReadonlySet<string>, after: ReadonlySet<string>): string[] {
  return [...before].filter((device) => !after.has(device)).sort();
}
