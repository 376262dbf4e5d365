import type { Payload } from '#audit';
import type { HardwareProfile } from '#hardware';
import type { AskedName, Audit, DriverOnly, MachineHistory, MachineUpdate, PromiseResult, Purged } from '#run-document';
import { baseSystem, requestSchema, requestText } from '#scenario';
import { plainRequest, type Request } from '#solve';
import { nextState } from '../machine/system-state.js';
import { waiting } from './days.js';
import { DriverQuestions, driverHolder } from './driver-questions.js';
import { driversFor, type HistoryEvent } from './events.js';
import { purgesKernels } from './history-scheme.js';
import { changesOf, type LivedRequest, promisesOver, withReach } from './judged.js';
import { type InstalledPackages, MachineReach, type Surroundings } from './machine-reach.js';
import { auditNextBoot, drivenDevices, driversIn, notDriving } from './next-boot.js';
import { installedBytes, leftBehind, purgeKernels } from './purge.js';

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
  readonly #reach: MachineReach;
  readonly #questions: DriverQuestions;
  readonly #updates: MachineUpdate[] = [];
  #installed: InstalledPackages = { state: [], autoInstalled: [] };
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
    this.#reach = new MachineReach(around, hardware);
    this.#questions = new DriverQuestions(around, this.#reach);
  }

  history(profile: string): MachineHistory {
    const scheme = this.#around.line.scheme.text;
    const days = waiting(this.#updates, this.drivers);
    return { scheme, profile, drivers: [...this.drivers], updates: this.#updates, ...days };
  }

  async update(event: HistoryEvent): Promise<void> {
    const { kernels, facts, userspace } = this.#around;
    const [installed, auditBefore] = [this.#installed, this.#booted ?? this.#audit()];
    const before = installed.state;
    const isInstall = before.length === 0;
    const request = await this.#requestOn(event);
    const alone = event.kind === 'kernel' && !isInstall ? driverHolder(before, this.#hardware) : null;
    const next = alone !== null && kernels.hasNew(alone.package) ? [alone.package] : [];
    const { solved, also, work } = kernels.answer(await this.#reach.solvable(installed), [
      request,
      ...next.map((name) => plainRequest('up', [name])),
    ]);
    const questions: DriverOnly[] = [];
    for (const [at, answer] of also.entries()) {
      const question = { of: 'nextKernel', package: next[at] ?? '', solved: answer } as const;
      questions.push(await this.#questions.answered(question, { installed, audit: auditBefore }));
    }
    const brought = await this.#reach.brought(solved, before);
    const state = nextState(before, solved.result, (pkg) => brought.get(pkg.nevra));
    this.#installed = { state, autoInstalled: solved.autoInstalled };
    const violations = facts.violations(state);
    const audit = this.#audit();
    const asks = this.#asks(request, event);
    const promises = this.#judge(asks, { solved, before, auditBefore, auditAfter: audit, violations });
    const booted = await this.#boot(audit, [...brought.values()]);
    if (this.#isLast(event) && alone !== null) {
      const asked = { installed: this.#installed, audit: this.#booted ?? audit };
      questions.push(...(await this.#questions.rebuilt(alone.driver, asked)));
    }
    const { comes, gone } = changesOf(solved.outcome, userspace.names);
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
      metadataBytes: this.#reach.metadataBytes(event),
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
    for (const driver of driversIn(this.#installed.state, this.drivers)) this.#wanted.add(driver);
    const purged = brought.some(({ kernel }) => kernel !== null) ? await this.#purge(first) : null;
    const lost = missing(this.#drivenAtFirst, driven);
    return {
      purged,
      installedBytes: installedBytes(this.#installed.state),
      leftBehind: leftBehind(this.#installed.state),
      nextBoot: first.nextBoot,
      lost,
      undriven: [...new Set([...lost, ...(purged?.lost ?? [])])].sort(),
      waitsFor: notDriving([...this.#wanted].sort(), this.#booted),
      linksStopped: first.kernels[0]?.linksStopped ?? null,
    };
  }

  async #purge(first: Audit): Promise<Purged | null> {
    if (!purgesKernels(this.#around.line.scheme)) return null;
    const before = this.#installed.state;
    const { state, purged, solved } = await purgeKernels(before, await this.#reach.system(this.#installed));
    this.#installed = { ...this.#installed, state };
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
    return promisesOver({ ...request, ...lived, after: this.#installed.state, hardware: this.#hardware, scheme });
  }

  /** What a request's names mean: those of the installation a kernel and a user space, those of vendors' drivers a driver. */
  #asks({ verb, names }: Request, { kind }: HistoryEvent): Pick<LivedRequest, 'verb' | 'names'> {
    const kernel = kind === 'kernel' ? this.#around.kernels.newest.release : null;
    const means = kernel === null ? 'kernelModules' : 'kernel';
    return {
      verb,
      names: names.map((name): AskedName => {
        if (name === baseSystem) return { name, means: 'other', installed: false, kernel: null };
        return { name, means, installed: false, kernel };
      }),
    };
  }

  #audit(): Audit {
    const audit = auditNextBoot(this.#installed.state, this.#hardware, this.#around.line.scheme.scheme);
    return withReach(audit, this.#reach.kernelModules());
  }

  /** Takes note of what a vendor publishes, and returns what the machine's administrator types then. */
  async #requestOn(event: HistoryEvent): Promise<Request> {
    const { state } = this.#installed;
    if (event.kind === 'kernel') {
      if (state.length > 0) return plainRequest('up');
      return plainRequest('in', [this.#around.kernels.kernelPackage(), baseSystem]);
    }
    const name = await this.#reach.add(event.build);
    return driversIn(state, [event.build.driver]).length > 0 ? plainRequest('up') : plainRequest('in', [name]);
  }

  #isLast({ kind }: HistoryEvent): boolean {
    return kind === 'kernel' && this.#around.kernels.isComplete;
  }
}

function missing(before: ReadonlySet<string>, after: ReadonlySet<string>): string[] {
  return [...before].filter((device) => !after.has(device)).sort();
}
