import { closure } from '#collections';
import type { RootNeeds } from '#hardware';
import type { InitrdConfiguration } from '#run-document';
import { answersTo, driversOf } from '../matching.js';
import type { AuditableDevice, InstalledModule } from '../payload.js';
import { takenAs } from './kinds.js';

/** The machine that an initrd is made for. */
export interface InitrdMachine {
  readonly devices: readonly AuditableDevice[];
  readonly root: RootNeeds | null;
}

/**
 * The kernel modules that dracut puts into an initrd, of those that a kernel sees: what its modules ask for, what the root file system
 * and the configuration name, and what all these need, by depmod or by a softdep. It asks nobody whether they can be loaded.
 */
export function initrdContents(
  visible: readonly InstalledModule[],
  { devices, root }: InitrdMachine,
  configuration: InitrdConfiguration,
): ReadonlySet<InstalledModule> {
  const { hostOnly, drivers, requires } = configuration;
  const host = new Set(hostOnly ? devices.flatMap(({ modalias }) => driversOf(modalias, visible)) : []);
  const chosen = visible.filter((installedModule) => {
    const taken = takenAs(installedModule.kernelModule, configuration);
    return taken === 'always' || (taken === 'forHardware' && host.has(installedModule));
  });
  const named = [...drivers, ...(root?.kernelModules ?? [])];
  const needed = withNeeded([...chosen, ...namedIn(visible, named)], visible);
  // `# SUSE INITRD: a REQUIRES b`: for one machine where its hardware asks for a, for all machines in any case.
  const required = Object.entries(requires).flatMap(([name, more]) =>
    !hostOnly ||
    [...host].some((installedModule) => answersTo(installedModule, name)) ||
    [...needed].some((installedModule) => answersTo(installedModule, name))
      ? more
      : [],
  );
  return required.length === 0 ? needed : withNeeded([...needed, ...namedIn(visible, required)], visible);
}

function namedIn(visible: readonly InstalledModule[], names: readonly string[]): InstalledModule[] {
  return names.flatMap((name) => visible.filter((installedModule) => answersTo(installedModule, name)));
}

function withNeeded(
  chosen: readonly InstalledModule[],
  visible: readonly InstalledModule[],
): ReadonlySet<InstalledModule> {
  const exporters = new Map<string, InstalledModule>();
  for (const installedModule of visible) {
    for (const { name } of installedModule.kernelModule.exports)
      if (!exporters.has(name)) exporters.set(name, installedModule);
  }
  return closure(chosen, ({ kernelModule: { imports, softdeps } }) => [
    ...imports.flatMap(({ name }) => exporters.get(name) ?? []),
    ...namedIn(visible, [...softdeps.pre, ...softdeps.post]),
  ]);
}
