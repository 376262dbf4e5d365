import type { Payload } from '#audit';
import type { HardwareProfile } from '#hardware';
import type { History } from '#kernel';
import { nevra } from '#rpm';
import type { MachineHistory, MachineUpdate, Outcome } from '#run-document';
import { requestSchema, requestText } from '#scenario';
import { isMultiversion, type Request, type Solved, solveEach, verify, workClock, zyppConfDefaults } from '#solve';
import { hardwareNamed } from '../inputs.js';
import { inFreshInstance } from '../instances.js';
import { installedSolv } from '../scenario/installed-solv.js';
import { nextState, type SystemState } from '../scenario/system-state.js';
import { waiting } from './days.js';
import { driversFor, eventsFor, type HistoryEvent } from './events.js';
import type { HistoryScheme } from './history-scheme.js';
import { auditNextBoot, drivenDevices, waitedFor } from './next-boot.js';
import { Reach } from './reach.js';
import type { HistoryShelf } from './shelf.js';

export interface MachineTask {
  readonly file: string;
  readonly scheme: HistoryScheme;
  readonly profile: string;
}

/**
 * A machine that is installed with the first kernel of a history and updates on every day something is published for it. Nothing is
 * purged from it.
 */
export async function liveThrough(shelf: HistoryShelf, task: MachineTask): Promise<MachineHistory> {
  const [history, hardware] = [await shelf.history(task.file), await hardwareNamed(task.profile)];
  return new Machine(task, history, hardware, new Reach(shelf, task.file, history, task.scheme)).live();
}

class Machine {
  readonly #task: MachineTask;
  readonly #history: History;
  readonly #hardware: HardwareProfile;
  readonly #reach: Reach;
  /** Vendors' drivers that there is hardware for. */
  readonly #drivers: readonly string[];
  #state: SystemState = [];
  /** What worked after the installation. */
  #drivenAtFirst: ReadonlySet<string> | null = null;

  constructor(task: MachineTask, history: History, hardware: HardwareProfile, reach: Reach) {
    this.#task = task;
    this.#history = history;
    this.#hardware = hardware;
    this.#reach = reach;
    this.#drivers = driversFor(history, hardware);
  }

  async live(): Promise<MachineHistory> {
    const updates: MachineUpdate[] = [];
    for (const event of eventsFor(this.#history, this.#drivers)) updates.push(await this.#update(event));
    const { scheme, profile } = this.#task;
    const days = waiting(updates, this.#drivers);
    return { scheme: scheme.text, profile, drivers: [...this.#drivers], updates, ...days };
  }

  async #update(event: HistoryEvent): Promise<MachineUpdate> {
    const isInstall = this.#state.length === 0;
    const request = await this.#requestOn(event);
    const alone = event.kind === 'kernel' && !isInstall ? this.#driverPackage() : null;
    const { solved, also, work } = await this.#solve(request, alone === null ? [] : [asked('up', [alone])]);
    const answer = also[0];
    const driverOnly = alone === null || answer === undefined ? null : await this.#driverOnly(alone, answer);
    const payloads = await this.#payloads(solved);
    this.#state = nextState(this.#state, solved.result, (pkg) => payloads.get(pkg.nevra));
    const audited = auditNextBoot(this.#state, this.#hardware, this.#task.scheme.scheme);
    const driven = drivenDevices(audited);
    this.#drivenAtFirst ??= driven;
    const { comes, gone } = changes(solved.outcome);
    const { counters } = solved;
    return {
      date: event.date,
      event: isInstall ? 'install' : event.kind,
      what: event.kind === 'kernel' ? this.#reach.newest.release : `${event.build.driver} ${event.build.version}`,
      request: requestText(requestSchema.parse(request)),
      status: solved.outcome.status,
      packages: comes.length,
      erased: gone,
      downloadBytes: counters.downloadBytes,
      installedBytesChange: counters.installedBytesChange,
      rules: counters.rulesTotal,
      work,
      problems: counters.problems,
      violations: verify(
        this.#state.map(({ package: pkg }) => pkg),
        (pkg) => isMultiversion(pkg, zyppConfDefaults),
      ).length,
      nextBoot: audited.nextBoot,
      newest: this.#reach.newest.release,
      lost: [...this.#drivenAtFirst].filter((device) => !driven.has(device)).sort(),
      waitsFor: waitedFor(this.#drivers, this.#state, audited),
      linksStopped: audited.kernels[0]?.linksStopped ?? null,
      driverOnly,
    };
  }

  /** Takes note of what is published, and returns what the machine's administrator types then. */
  async #requestOn(event: HistoryEvent): Promise<Request> {
    if (event.kind === 'kernel') {
      await this.#reach.addKernel(event.index);
      return this.#state.length === 0 ? asked('in', [this.#reach.kernelPackage()]) : asked('up', []);
    }
    const { driver } = event.build;
    const name = await this.#reach.addDriver(event.build);
    const isInstalled = this.#state.some(({ modules }) => modules.some((one) => one.kernelModule.name === driver));
    return isInstalled ? asked('up', []) : asked('in', [name]);
  }

  /** The package with the driver of the first network device, where a new build of it was published with the newest kernel. */
  #driverPackage(): string | null {
    const device = this.#hardware.devices.find((one) => one.class === 'network' && (one.drivers?.length ?? 0) > 0);
    const driver = device?.drivers?.[0];
    const holder = this.#state.findLast(({ modules }) => modules.some((one) => one.kernelModule.name === driver));
    return holder !== undefined && this.#reach.hasNew(holder.package.name) ? holder.package.name : null;
  }

  /** What asking for that package alone would have brought. */
  async #driverOnly(name: string, solved: Solved): Promise<MachineUpdate['driverOnly']> {
    const payloads = await this.#payloads(solved);
    const bringsKernel = [...payloads.values()].some(({ kernel }) => kernel !== null);
    return { package: name, status: solved.outcome.status, packages: payloads.size, bringsKernel };
  }

  /** Counted by the counting build of libsolv; `also` are answers to questions that change nothing. */
  async #solve(
    request: Request,
    questions: readonly Request[],
  ): Promise<{ solved: Solved; also: readonly Solved[]; work: number }> {
    const input = {
      arch: this.#reach.newest.arch,
      installed: await installedSolv(this.#state.map(({ package: pkg }) => pkg)),
      repositories: this.#reach.repositories,
      modaliases: this.#hardware.devices.map(({ modalias }) => modalias),
    };
    return inFreshInstance((libsolv) => {
      const counted = workClock(libsolv);
      const [solved, ...also] = solveEach(libsolv, input, [request, ...questions], counted.clock);
      return { solved, also, work: Object.values(counted.work).reduce((sum, edges) => sum + edges, 0) };
    }, 'counting');
  }

  /** What the packages of a result bring, by NEVRA; those that were there before left out. */
  async #payloads({ result }: Solved): Promise<Map<string, Payload>> {
    const known = new Set(this.#state.map(({ package: pkg }) => nevra(pkg)));
    const comes = result.filter((one) => !known.has(one.nevra));
    const found = new Map<string, Payload>();
    for (const { nevra: name } of comes) found.set(name, await this.#reach.payload(name));
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
