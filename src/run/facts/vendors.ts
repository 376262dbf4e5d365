import type { InstalledModule, Payload } from '#audit';
import { nevra } from '#rpm';
import type { StepFacts } from '#run-document';
import { type Change, isDriver } from './change.js';

type Vendor = StepFacts['vendors'][number];

/** Vendors' kernel modules that came or went, where the kernel's own packages have one of that name. */
export function vendorsOf(change: Change): Vendor[] {
  const { came, went, input } = change;
  const all = [...input.before, ...came];
  const kernelVendors = new Set(all.filter(({ kernel }) => kernel !== null).map(({ package: pkg }) => pkg.vendor));
  const isVendors = ({ package: pkg, modules }: Payload): boolean =>
    !kernelVendors.has(pkg.vendor) || modules.every(({ kernelModule }) => !kernelModule.inTree);
  const inBox = all
    .filter((payload) => payload.modules.length > 0 && !isVendors(payload))
    .flatMap(({ modules }) => modules);
  const own = new Set(inBox.map(({ kernelModule }) => kernelModule.name));
  const loaded = (): ReadonlySet<InstalledModule> => change.loadedBy(input.nextBoot);
  const of = (
    payloads: readonly Payload[],
    changed: Vendor['change'],
    isUsed: (installedModule: InstalledModule) => boolean,
  ) =>
    payloads
      .filter((payload) => isDriver(payload) && isVendors(payload))
      .flatMap(({ package: pkg, modules }) =>
        modules
          .filter(({ kernelModule }) => own.has(kernelModule.name))
          .map(
            (kernelModule): Vendor => ({
              kernelModule: kernelModule.kernelModule.name,
              package: nevra(pkg),
              change: changed,
              used: isUsed(kernelModule),
            }),
          ),
      );
  const updated = new Set(came.map(({ package: pkg }) => pkg.name));
  // Of a vendor's builds for two kernels one may stay, and still stands before the kernel's own.
  const back = (gone: InstalledModule): boolean =>
    [...loaded()].some((installedModule) => installedModule.kernelModule.name === gone.kernelModule.name);
  return [
    ...of(came, 'came', (installedModule) => loaded().has(installedModule)),
    ...of(
      went.filter(({ package: pkg }) => !updated.has(pkg.name)),
      'went',
      back,
    ),
  ];
}
