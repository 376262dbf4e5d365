import { builtinHardware, type HardwareProfile, loadBuiltinHardware, type ProfileDevice } from '#hardware';
import type { KernelBuild } from '#kernel';
import { partOf } from '#run';
import { type Random, seededRandom } from '#statistics';
import type { Kit, Tool } from './plan.js';

/** Kernel modules that one device may take, dependencies included: larger ones make no other mistakes, and histories longer. */
const closureMax = 5;
/** Different parts of each profile's machine. */
const kitsOfProfile = 4;
const devicesMax = 3;

/** The tools that ask for a file system or for something without a device, as the user space of a plain machine does. */
const rootTool: Tool = { name: 'e2fsprogs', kernelModules: ['ext4', 'crc32c_generic'], how: 'recommends' };
const tools: readonly Tool[] = [
  { name: 'dosfstools', kernelModules: ['vfat'], how: 'recommends' },
  { name: 'cryptsetup', kernelModules: ['dm_crypt'], how: 'requires' },
  { name: 'losetup', kernelModules: ['loop'], how: 'recommends' },
];

/**
 * Machines to draw from, the same for every seed, so that what is packaged for one history serves others: some devices of each ready profile,
 * each with drivers that every one of the builds has and that take few kernel modules.
 */
export async function machineKits(builds: readonly KernelBuild[]): Promise<Kit[]> {
  const [model] = builds;
  if (model === undefined) return [];
  const everywhere = (name: string): boolean =>
    builds.every(({ modules }) => modules.some((kernelModule) => kernelModule.name === name));
  const isSmall = ({ drivers = [] }: ProfileDevice): boolean =>
    drivers.length > 0 &&
    drivers.every(everywhere) &&
    drivers.every((driver) => partOf(model, [driver]).modules.length <= closureMax);
  const profiles = await Promise.all((await builtinHardware()).map(loadBuiltinHardware));
  const small = profiles.map((profile) => profile.devices.filter(isSmall));
  const spares = small.flat().filter((device) => device.class === 'network');
  return profiles.flatMap((profile, index) =>
    Array.from({ length: kitsOfProfile }, (_, number) =>
      kitOf(profile, small[index] ?? [], spares, { number, random: seededRandom(index * kitsOfProfile + number) }),
    ),
  );
}

/** The first kit of a profile has one network card, the others a few devices of any kind; every other one has a root file system. */
function kitOf(
  profile: HardwareProfile,
  devices: readonly ProfileDevice[],
  spares: readonly ProfileDevice[],
  { number, random }: { readonly number: number; readonly random: Random },
): Kit {
  const cards = devices.filter((device) => device.class === 'network');
  const chosen = number === 0 && cards.length > 0 ? [pick(cards, random)] : some(devices, devicesMax, random);
  const drivers = chosen.flatMap((device) => device?.drivers ?? []);
  const others = spares.filter(
    (spare) => !profile.devices.some(({ name, modalias }) => name === spare.name || modalias === spare.modalias),
  );
  const [out] = chosen;
  const device = pick(others, random);
  const spare =
    out === undefined || device === undefined || number % 2 === 0
      ? null
      : { out: out.name, device: { name: device.name, class: device.class, modalias: device.modalias } };
  const asking = number % 2 === 1 ? [rootTool] : some(tools, 1, random);
  const kernelModules = [
    ...drivers,
    ...(spare === null ? [] : (device?.drivers ?? [])),
    ...asking.flatMap((tool) => tool.kernelModules),
  ];
  return { profile: profile.name, kernelModules: [...new Set(kernelModules)], tools: asking, spare };
}

function pick<Item>(items: readonly Item[], random: Random): Item | undefined {
  return items[Math.floor(random.float() * items.length)];
}

/** From one to so many, each at most once, in the order of the list. */
function some<Item>(items: readonly Item[], most: number, random: Random): Item[] {
  const wanted = 1 + Math.floor(random.float() * most);
  const chosen = new Set<Item>();
  for (let draw = 0; draw < wanted; draw += 1) {
    const one = pick(items, random);
    if (one !== undefined) chosen.add(one);
  }
  return items.filter((item) => chosen.has(item));
}
