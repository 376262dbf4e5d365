/** A mistake that a packager makes in a design which works: one dependency dropped, or written otherwise. */
export interface PlantedFault {
  readonly name: string;
  readonly base: 'companion' | 'bound-supplements';
  /** As `packages` of a design file. */
  readonly packages: object;
}

const symbol = 'ksym({flavor}:{symbol}) = {crc}';
const unbound = 'modalias(kernel-{flavor}:{alias})';
const bound = 'modalias({kernel.name}-{kernel.version}-{kernel.release}:{alias})';
const driversNeed = '({package} = {package.version}-{package.release} if {package})';
const driversOf = '{kernel.name} = {kernel.version}-{kernel.release}';
const fullName = '{name}-{version}-{release} = {version}-{release}';

const inCompanion = (name: string, packages: object): PlantedFault => ({ name, base: 'companion', packages });
const inBound = (name: string, packages: object): PlantedFault => ({ name, base: 'bound-supplements', packages });

export const plantedFaults: readonly PlantedFault[] = [
  inCompanion('a KMP requires no symbol', { kmp: { drop: { requires: [symbol] } } }),
  inCompanion('a KMP requires symbols of another flavor', {
    kmp: { replace: { requires: { [symbol]: 'ksym(defualt:{symbol}) = {crc}' } } },
  }),
  inCompanion('a KMP provides no symbol', { kmp: { drop: { provides: [symbol] } } }),
  inCompanion('a KMP provides no kmod()', { kmp: { drop: { provides: ['kmod({module}.ko)'] } } }),
  inCompanion('a KMP is not multiversion', { kmp: { drop: { provides: ['multiversion(kernel)'] } } }),
  inCompanion('a KMP supplements no hardware', { kmp: { drop: { supplements: [unbound] } } }),
  inCompanion('hardware supplements name a kernel that nobody has', {
    kmp: { replace: { supplements: { [unbound]: 'modalias(kernel-defualt:{alias})' } } },
  }),
  inCompanion('the kernel provides no symbol', { kernel: { drop: { provides: [symbol] } } }),
  inCompanion('the kernel is not multiversion', { kernel: { drop: { provides: ['multiversion(kernel)'] } } }),
  inCompanion('the companion supplements no kernel', { drivers: { drop: { supplements: [driversOf] } } }),
  inCompanion('the companion supplements any kernel', {
    drivers: { replace: { supplements: { [driversOf]: '{kernel.name}' } } },
  }),
  inCompanion('the companion requires nothing', { drivers: { drop: { requires: [driversNeed] } } }),
  inCompanion('the companion requires a misspelt name', {
    drivers: { replace: { requires: { [driversNeed]: '(kmp-{package} = {package.version} if {package})' } } },
  }),
  inBound('a KMP requires no symbol', { kmp: { drop: { requires: [symbol] } } }),
  inBound('a KMP provides no symbol', { kmp: { drop: { provides: [symbol] } } }),
  inBound('a KMP provides no kmod()', { kmp: { drop: { provides: ['kmod({module}.ko)'] } } }),
  inBound('a KMP supplements no hardware', { kmp: { drop: { supplements: [bound] } } }),
  inBound('hardware supplements name no version', { kmp: { replace: { supplements: { [bound]: unbound } } } }),
  inBound('the kernel does not provide its full name', { kernel: { drop: { provides: [fullName] } } }),
  inBound('KMPs of one kernel exclude each other', {
    kmp: { add: { conflicts: ['multiversion(kernel) < 1', '{file}-kmp'] } },
  }),
];
