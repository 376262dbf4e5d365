import type { ScenarioFile } from './read.js';

/** A scenario on one machine: its own, or one of those it lists. */
export interface ScenarioVariant extends ScenarioFile {
  /** The hardware profile; null where the scenario has none. */
  readonly hardware: string | null;
  /** Where the file names that. */
  readonly hardwarePath: readonly PropertyKey[];
}

/**
 * The runs that a file asks for, one for each hardware profile it lists, in its order. With more than one the profile becomes part of the
 * id, and what is expected on it takes the place of what is expected everywhere.
 */
export function variantsOf(file: ScenarioFile): [ScenarioVariant, ...ScenarioVariant[]] {
  const { hardware } = file.scenario;
  if (hardware === undefined || typeof hardware === 'string') {
    return [{ ...file, hardware: hardware ?? null, hardwarePath: ['hardware'] }];
  }
  const [first = '', ...others] = hardware;
  const on = (profile: string, index: number): ScenarioVariant => ({
    ...file,
    id: others.length === 0 ? file.id : `${file.id} on ${profile}`,
    scenario: {
      ...file.scenario,
      hardware: profile,
      steps: file.scenario.steps.map((step) => ({ ...step, expect: { ...step.expect, ...step.expectOn[profile] } })),
    },
    hardware: profile,
    hardwarePath: ['hardware', index],
  });
  return [on(first, 0), ...others.map((profile, index) => on(profile, index + 1))];
}
