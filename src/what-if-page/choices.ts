import { builtinHardware, type HardwareProfile, loadBuiltinHardware } from '#hardware';
import { designNames } from '#packaging';
import type { Question } from '#what-if';

/** What the page lets a reader choose from. */
export interface Choices {
  readonly schemes: readonly string[];
  readonly kernels: readonly string[];
  readonly profiles: readonly HardwareProfile[];
  /** What the page opens with. */
  readonly question: Question;
}

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
  return { schemes: designNames(), kernels, profiles, question };
}
