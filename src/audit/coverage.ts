import type { RootNeeds } from '#hardware';
import { answersTo, driversOf, isBuiltin } from './matching.js';
import type { AuditableDevice, InstalledModule, Payload } from './payload.js';

/** What a set of packages has drivers for at all, whatever is installed or in reach. */
export class Coverage {
  readonly #modules: readonly InstalledModule[];
  readonly #payloads: readonly Payload[];

  constructor(payloads: readonly Payload[]) {
    this.#payloads = payloads;
    this.#modules = payloads.flatMap(({ modules }) => modules);
  }

  drives({ modalias, drivers = [] }: AuditableDevice): boolean {
    return driversOf(modalias, this.#modules).length > 0 || drivers.some((driver) => this.#isBuiltin(driver));
  }

  /** Whether all that mounting the root file system takes is among the packages and the devices that are looked at. */
  mounts({ devices, kernelModules }: RootNeeds, looked: readonly AuditableDevice[]): boolean {
    return (
      devices.every((need) => looked.some(({ name }) => name === need)) &&
      kernelModules.every(
        (need) => this.#isBuiltin(need) || this.#modules.some((installedModule) => answersTo(installedModule, need)),
      )
    );
  }

  #isBuiltin(name: string): boolean {
    return this.#payloads.some(({ kernel }) => kernel !== null && isBuiltin(name, kernel.image));
  }
}
