import { depthsOf } from './channel.js';
import type { ScenarioFile } from './read.js';
import type { Scenario } from './scenario.js';

/** A scenario on one machine, its own or one of those it lists, and with one set of kernels in reach. */
export interface ScenarioVariant extends ScenarioFile {
  /** The hardware profile; null where the scenario has none. */
  readonly hardware: string | null;
  /** Where the file names that. */
  readonly hardwarePath: readonly PropertyKey[];
  /** With the kernels that `moreKernels` adds. */
  readonly more: boolean;
  /** Kernels that the scenario's channel keeps, where it is one of several depths; null where there is no choice. */
  readonly depth: number | null;
}

/**
 * The runs that a file asks for: one for each hardware profile it lists, in its order, each at every depth of its channel, and these once more with
 * the kernels of `moreKernels`. What there are several of becomes part of the id, and what is expected there takes the place of what is expected everywhere.
 */
export function variantsOf(file: ScenarioFile): [ScenarioVariant, ...ScenarioVariant[]] {
  const { hardware, moreKernels, channel } = file.scenario;
  const profiles = hardware === undefined ? [null] : [hardware].flat();
  const [first = null, ...others] = profiles;
  const on = (profile: string | null, index: number): ScenarioVariant => ({
    ...file,
    id: others.length === 0 ? file.id : `${file.id} on ${profile}`,
    scenario: profile === null ? file.scenario : onHardware(file.scenario, profile),
    hardware: profile,
    hardwarePath: typeof hardware === 'object' ? ['hardware', index] : ['hardware'],
    more: false,
    depth: null,
  });
  const depths = channel === undefined ? [] : depthsOf(channel);
  const atDepths = (machine: ScenarioVariant): ScenarioVariant[] =>
    depths.length < 2 ? [machine] : depths.map((depth) => atDepth(machine, depth));
  const [least = on(first, 0), ...rest] = profiles.flatMap((profile, index) => atDepths(on(profile, index)));
  const machines: [ScenarioVariant, ...ScenarioVariant[]] = [least, ...rest];
  return moreKernels === undefined
    ? machines
    : [...machines, ...machines.map((machine) => withMore(machine, moreKernels))];
}

function onHardware(scenario: Scenario, profile: string): Scenario {
  return {
    ...scenario,
    hardware: profile,
    steps: scenario.steps.map((step) => ({ ...step, expect: { ...step.expect, ...step.expectOn[profile] } })),
  };
}

function atDepth(file: ScenarioVariant, depth: number): ScenarioVariant {
  const { channel, steps } = file.scenario;
  return {
    ...file,
    id: `${file.id} at depth ${depth}`,
    scenario: {
      ...file.scenario,
      ...(channel === undefined ? {} : { channel: { ...channel, kernels: depth } }),
      steps: steps.map((step) => ({ ...step, expect: { ...step.expect, ...step.expectAtDepth[depth] } })),
    },
    depth,
  };
}

function withMore(file: ScenarioVariant, more: NonNullable<Scenario['moreKernels']>): ScenarioVariant {
  const repositories = Object.fromEntries(
    Object.entries(file.scenario.repositories).map(([name, repository]) => [
      name,
      { ...repository, kernels: [...(more[name] ?? []), ...repository.kernels] },
    ]),
  );
  const kernels = new Set(Object.values(repositories).flatMap((repository) => repository.kernels));
  const steps = file.scenario.steps.map((step) => ({ ...step, expect: { ...step.expect, ...step.expectWithMore } }));
  return {
    ...file,
    id: `${file.id} with ${kernels.size} kernels in reach`,
    scenario: { ...file.scenario, repositories, steps },
    more: true,
  };
}
