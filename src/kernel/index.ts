export type {
  Crc,
  ExportedSymbol,
  ImportedSymbol,
  ImportWarning,
  KernelBuild,
  KernelImage,
  KernelModule,
  KernelSource,
  Signature,
  Softdeps,
  Support,
} from './build.js';
export {
  kernelBuildText,
  packKernelBuild,
  parseKernelBuild,
  readKernelBuild,
  unpackKernelBuild,
  writeKernelBuild,
} from './build-file.js';
export {
  builtinFlavors,
  builtinKernels,
  builtinLines,
  builtinNames,
  isBuiltinKernel,
  loadBuiltinKernel,
} from './builtin.js';
export { builtinDates } from './builtin-dates.js';
export { withChangedChecksums } from './changed-checksums.js';
export { type Deriver, kernelDeriver } from './derive/derive.js';
export { type Derivation, type DerivedName, derivedName, parseDerivedName } from './derive/name.js';
export { type BrokenModule, diffKernels, type KernelDiff, type SymbolChange } from './diff.js';
export { type RegimeDistribution, regimeDistributions } from './evolve/distribution.js';
export { type EvolveOptions, evolveKernel } from './evolve/evolve.js';
export { writeObservedReach } from './evolve/observed.js';
export { type Regime, regimeNamed, regimes } from './evolve/regime.js';
export type { ImportOptions } from './findings.js';
export { type FirmwareSizes, loadFirmwareSizes } from './firmware-sizes.js';
export { type DriverState, driverGaps } from './history/gaps.js';
export type { DatedBuild, DriverBuild, History } from './history/history.js';
export { readHistory } from './history/read.js';
export { importKernel } from './import.js';
export { acceptsVermagic, acceptsVersion, vermagicOf } from './loader-rules.js';
export { ModuleIndex } from './module-index.js';
export { installedModuleFile, modprobeName, moduleFileName, moduleName, modulePathStem } from './module-name.js';
export { readSupported, withSupport } from './support-list.js';
export { defaultTemplate, type SynthesisOptions, synthesizeKernel } from './synth/synthesize.js';
