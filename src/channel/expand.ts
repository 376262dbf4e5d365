import { type Derivation, derivedName } from '#kernel';
import { type Channel, depthsOf, type ExternalDriver, type RepositorySpec, type Scenario } from '#scenario';

/** A line of kernel builds in a channel: one flavor for one architecture, oldest first. */
export type KernelLine = readonly string[];

/** The kernel builds of a channel by name, a line for each architecture and flavor. */
export function linesOf(channel: Channel, kept = depthOf(channel)): KernelLine[] {
  const { flavors, architectures } = channel;
  const ofFlavor = (flavors ?? [null]).map((flavor): Derivation[] =>
    flavor === null ? [] : [{ kind: 'flavor', flavor }],
  );
  const ofArch = (architectures ?? [null]).map((arch): Derivation[] => (arch === null ? [] : [{ kind: 'arch', arch }]));
  return ofArch.flatMap((arch) => ofFlavor.map((flavor) => lineOf(channel, kept, [...arch, ...flavor])));
}

/** Real builds first; what is missing are successors of the last one. */
function lineOf({ builds, regime, seed }: Channel, kept: number, derivations: readonly Derivation[]): KernelLine {
  const last = builds.at(-1) ?? '';
  const named = (base: string, more: readonly Derivation[]): string =>
    derivedName({ base, derivations: [...derivations, ...more] });
  const madeUp = Array.from({ length: Math.max(0, kept - builds.length) }, (_, index) =>
    named(last, [{ kind: 'evolved', regime, seed, builds: index + 1 }]),
  );
  return [...builds.slice(0, kept).map((base) => named(base, [])), ...madeUp];
}

/** Kernels kept; of several depths the first. */
export function depthOf(channel: Channel): number {
  return depthsOf(channel)[0] ?? 1;
}

const nothing = {
  kernels: [],
  drivers: [],
  externalDrivers: [],
  packages: {},
  patterns: false,
  userspace: false,
  changedChecksums: [],
  patches: [],
  priority: 99,
} satisfies RepositorySpec;

/** The repositories of a channel, by name. */
export function repositoriesOf(channel: Channel): Record<string, RepositorySpec> {
  const { publish, retention, vendors, distribution } = channel;
  const lines = linesOf(channel);
  const publication = { publish, retention };
  return {
    kernels: { ...nothing, kernels: lines.flat(), publication },
    // The user space of a plain machine comes with its first kernel, as from an installer's medium.
    first: { ...nothing, kernels: lines.flatMap((line) => line.slice(0, 1)), userspace: true, publication },
    ...(distribution === undefined ? {} : { distribution: { ...nothing, ordinary: distribution } }),
    ...Object.fromEntries(
      vendors.map(({ name, lag, ...driver }): [string, RepositorySpec] => {
        const builtFor = lines.flatMap((line) => line.slice(0, Math.max(0, line.length - lag)));
        return [
          name,
          { ...nothing, externalDrivers: builtFor.map((kernel) => externalDriver(driver, kernel)), vendor: name },
        ];
      }),
    ),
  };
}

function externalDriver(
  driver: Pick<ExternalDriver, 'kernelModule' | 'like' | 'version' | 'scheme'>,
  kernel: string,
): ExternalDriver {
  return { ...driver, kernel, revision: '1', directory: 'updates' };
}

/** The scenario with its channel's repositories among its own. */
export function withChannel(scenario: Scenario): Scenario {
  const { channel } = scenario;
  if (channel === undefined) return scenario;
  return { ...scenario, repositories: { ...scenario.repositories, ...repositoriesOf(channel) } };
}
