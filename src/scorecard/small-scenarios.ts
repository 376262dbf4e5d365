import { promisesOfDesign, situationOf } from '#challenge';
import { InputError } from '#errors';
import { listFilesSorted } from '#files';
import { rerunCommand, scenarioUnder, type Trials } from '#run';
import type { Ground } from '#run-document';
import { readScenario, type ScenarioVariant, variantsOf } from '#scenario';
import type { PutToTest } from './put-to-test.js';

/** A scenario that a scorecard runs under every design. */
export interface SmallScenario {
  readonly ground: Ground;
  readonly variant: ScenarioVariant;
  /** As it is named in a document. */
  readonly label: string;
}

export interface SmallResults {
  readonly tested: readonly PutToTest[];
  /** Scenarios that cannot be run under the design, or that libsolv dies of. */
  readonly notRun: readonly { readonly what: string; readonly why: string; readonly died: boolean }[];
}

/** Scenarios of a file that take a part of each kernel, and so some milliseconds; none of a trap, of whole kernels, or of a channel. @throws InputError */
export async function smallScenarios(ground: Ground, file: string, label: string): Promise<SmallScenario[]> {
  const read = { ...(await readScenario(file)), file: label };
  const { trap, kernelModules, channel } = read.scenario;
  if (trap || kernelModules === undefined || channel !== undefined) return [];
  return variantsOf(read).map((variant) => ({ ground, variant, label }));
}

/** All of a folder. @throws InputError */
export async function smallScenariosOf(ground: Ground, directory: string, label: string): Promise<SmallScenario[]> {
  const found: SmallScenario[] = [];
  for (const name of await listFilesSorted(directory)) {
    if (!/\.ya?ml$/.test(name)) continue;
    found.push(...(await smallScenarios(ground, `${directory}/${name}`, `${label}/${name}`)));
  }
  return found;
}

/** Runs small scenarios under a design, one after the other. What cannot be packaged or answered is told and leaves the others as they are. */
export async function runSmall(
  design: string,
  scenarios: readonly SmallScenario[],
  trials: Trials,
): Promise<SmallResults> {
  const tested: PutToTest[] = [];
  const notRun: { what: string; why: string; died: boolean }[] = [];
  for (const { ground, variant, label } of scenarios) {
    const { id, scenario, hardware } = scenarioUnder(design, variant);
    try {
      const { trial, repositories } = await trials.run(scenario, id);
      if (trial.status === 'died') {
        notRun.push({ what: id, why: trial.message, died: true });
        continue;
      }
      const kernels = [...new Set(Object.values(scenario.repositories).flatMap((one) => one.kernels))];
      const several = Array.isArray(variant.scenario.hardware) || variant.id.includes(' on ');
      tested.push({
        ground,
        scenario: id,
        file: label,
        hardware,
        kernels: kernels.length,
        kernelModules: await partOf(kernels, scenario.kernelModules ?? [], trials),
        steps: trial.steps.map((step, index) => {
          return { ...step, promises: promisesOfDesign(situationOf(scenario, index, step, repositories)) };
        }),
        rerun: rerunCommand(label, { scheme: design, hardware: several ? hardware : null }),
      });
    } catch (cause) {
      if (!(cause instanceof InputError)) throw cause;
      notRun.push({ what: id, why: cause.message, died: false });
    }
  }
  return { tested, notRun };
}

async function partOf(kernels: readonly string[], part: readonly string[], trials: Trials): Promise<number | null> {
  let most: number | null = null;
  for (const kernel of kernels) most = Math.max(most ?? 0, await trials.partSize(kernel, part));
  return most;
}
