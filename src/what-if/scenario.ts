import { stringify } from 'yaml';
import { InputError, nearest } from '#errors';
import type { HardwareProfile } from '#hardware';
import { parseScenario, requestText, type Scenario, type ScenarioVariant, variantsOf } from '#scenario';
import type { Question } from './question.js';

/** Name of the step that the machine is set up with, and of the one that is asked about. */
const setUp = 'the machine before';
const asked = 'the question';

/** What scenario files of the page are called. */
const fileName = 'what-if.yaml';

/** The question as the text of a scenario file, which `kmplab run` answers alike. @throws InputError where it fits no scenario */
export function questionScenarioText(question: Question, hardware: HardwareProfile | null): string {
  const { request, kernels, had, withhold, change, locks, swaps, scheme } = question;
  const [first = ''] = kernels;
  const last = kernels.at(-1) ?? first;
  const repositories = Object.fromEntries(
    kernels.map((kernel) => [
      kernel,
      {
        kernels: [kernel],
        ...(kernel === first ? { userspace: true } : {}),
        ...(kernel === last && withhold.length > 0 ? { without: withhold } : {}),
        ...(kernel === last && change.length > 0 ? { changedChecksums: change } : {}),
      },
    ]),
  );
  const { verb, names, noRecommends, allowUninstall } = request;
  const scenario = {
    question: `What does "${requestText(request)}" do to this machine?`,
    scheme,
    ...(question.hardware === null ? {} : { hardware: question.hardware }),
    repositories,
    steps: [
      ...(had.length === 0 ? [] : [{ name: setUp, repositories: [first], request: { verb: 'in', names: had } }]),
      {
        name: asked,
        repositories: kernels,
        ...(locks.length === 0 ? {} : { system: { locks } }),
        ...(swaps.length === 0 ? {} : { replaceDevices: replaced(swaps, hardware) }),
        request: {
          verb,
          ...(names.length === 0 ? {} : { names }),
          ...(noRecommends ? { noRecommends } : {}),
          ...(allowUninstall ? { allowUninstall } : {}),
        },
      },
    ],
  } satisfies Partial<Record<keyof Scenario, unknown>>;
  return stringify(scenario, { lineWidth: 0 });
}

/** The scenario that `questionScenarioText` writes, as it is read. @throws InputError */
export function questionScenario(question: Question, hardware: HardwareProfile | null): ScenarioVariant {
  const text = questionScenarioText(question, hardware);
  const [variant] = variantsOf({ id: 'what-if', file: fileName, text, scenario: parseScenario(text, fileName) });
  return variant;
}

/** The new device keeps the old one's name and class: what is missed when nothing drives it is the same. */
function replaced(
  swaps: Question['swaps'],
  hardware: HardwareProfile | null,
): Scenario['steps'][number]['replaceDevices'] {
  const devices = hardware?.devices ?? [];
  return Object.fromEntries(
    swaps.map(({ device, modalias }) => {
      const found = devices.find(({ name }) => name === device);
      if (found !== undefined) return [device, { name: device, class: found.class, modalias }];
      const known = devices.map(({ name }) => name);
      const guess = nearest(device, known);
      throw new InputError('missing', `this machine has no device "${device}"`, {
        expected: known.length === 0 ? 'a machine with devices: name its hardware' : `one of ${known.join(', ')}`,
        ...(guess === null ? {} : { hint: `write "${guess}"` }),
      });
    }),
  );
}
