import { builtinHardware, type HardwareProfile, loadBuiltinHardware } from '#hardware';
import { designNames } from '#packaging';
import type { Question } from '#what-if';

/** What the page lets a reader choose from. */
export interface Choices {
  readonly schemes: readonly string[];
  /** Those whose repositories the page carries; it packages the kernels for the others when they are asked for. */
  readonly ready: readonly string[];
  readonly kernels: readonly string[];
  readonly profiles: readonly HardwareProfile[];
  /** What the page opens with. */
  readonly question: Question;
}

/** The first question's design, what it is compared with first, and its two nearest rivals: each takes 4 MB and some seconds to pack. */
const ready = ['modular', 'monolithic', 'split', 'companion', 'bound-supplements'];

/** Three successive kernels: the first update breaks 30 % of the kernel modules, the second most of them. */
const usualKernels = ['52', '53', '54'].map((build) => `debian-6.1.0-${build}-amd64`);

/** @throws InputError */
export async function choicesOf(kernels: readonly string[] = usualKernels): Promise<Choices> {
  const profiles: HardwareProfile[] = [];
  for (const name of await builtinHardware()) profiles.push(await loadBuiltinHardware(name));
  const question: Question = {
    request: { verb: 'up', names: [], noRecommends: false, allowUninstall: false },
    scheme: 'modular',
    kernels: kernels.slice(0, 2),
    hardware: 'laptop-e1000e',
    had: ['kernel-default', 'base-system'],
    withhold: [],
    change: [],
    locks: [],
    swaps: [],
  };
  return { schemes: designNames(), ready, kernels, profiles, question };
}
