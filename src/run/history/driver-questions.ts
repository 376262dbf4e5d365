import type { Payload } from '#audit';
import type { HardwareProfile } from '#hardware';
import { nevra } from '#rpm';
import type { Audit, DriverOnly } from '#run-document';
import { defaultPriority, plainRequest, type Solved } from '#solve';
import { nextState, type SystemState } from '../machine/system-state.js';
import { driverOnly } from './driver-only.js';
import type { InstalledPackages, MachineReach, Surroundings } from './machine-reach.js';

/** The driver of the first network device, and the installed package that has it. */
export function driverHolder(
  state: SystemState,
  { devices }: HardwareProfile,
): { readonly driver: string; readonly package: string } | null {
  const device = devices.find((device) => device.class === 'network' && (device.drivers?.length ?? 0) > 0);
  const driver = device?.drivers?.[0];
  const holder = state.findLast(({ modules }) =>
    modules.some((installedModule) => installedModule.kernelModule.name === driver),
  );
  return driver === undefined || holder === undefined ? null : { driver, package: holder.package.name };
}

/** The machine that is asked; nothing comes of it. */
interface AskedMachine {
  readonly installed: InstalledPackages;
  readonly audit: Audit;
}

/** What asking for one driver alone would bring to a machine. */
export class DriverQuestions {
  readonly #around: Surroundings;
  readonly #reach: MachineReach;

  constructor(around: Surroundings, reach: MachineReach) {
    this.#around = around;
    this.#reach = reach;
  }

  /** `more`: what is in reach for this question only. */
  async answered(
    question: { readonly of: DriverOnly['of']; readonly package: string; readonly solved: Solved },
    { installed, audit }: AskedMachine,
    more: readonly Payload[] = [],
  ): Promise<DriverOnly> {
    const { solved } = question;
    const before = installed.state;
    const brought = await this.#reach.brought(
      solved,
      before,
      new Map(more.map((payload) => [nevra(payload.package), payload])),
    );
    const after = nextState(before, solved.result, (pkg) => brought.get(pkg.nevra));
    const { scheme } = this.#around.line.scheme;
    return driverOnly({ ...question, before, after, brought: [...brought.values()], scheme, audit });
  }

  /**
   * At the end of the history the driver is built again for the kernel that is booted by then, and asked for alone. Once, as it takes packaging
   * a kernel.
   */
  async rebuilt(driver: string, machine: AskedMachine): Promise<DriverOnly[]> {
    const { kernels, line } = this.#around;
    const index = line.history.builds.findIndex(({ build }) => build.release === machine.audit.nextBoot);
    const rebuilt = await line.shelf.rebuiltDriver(line.file, line.scheme.scheme, index, driver);
    if (rebuilt === null) return [];
    const data = { solv: await line.shelf.solv(rebuilt.metadata) };
    const solvable = await this.#reach.solvable(machine.installed, [
      { name: `${driver} rebuilt`, priority: defaultPriority, data },
    ]);
    const { solved } = kernels.answer(solvable, [plainRequest('up', [rebuilt.name])]);
    const question = { of: 'sameKernel', package: rebuilt.name, solved } as const;
    return [await this.answered(question, machine, rebuilt.payloads)];
  }
}
