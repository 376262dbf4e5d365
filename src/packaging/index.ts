export { type DriverUpdate, packageDriverUpdate, withDriverUpdate } from './driver-update.js';
export { encodeModalias, mergeNeighbours, modaliasSupplements } from './modalias-supplements.js';
export { type PackageSet, packageSet } from './package-set.js';
export { type KernelUpdate, kernelUpdate, type RebuildReason, type RebuiltPackage } from './rebuilt.js';
export { type Scheme, type SchemeOptions, schemeOptionsSchema } from './scheme.js';
export { kernelPackages, packageBuilds, parseSchemeOptions, parseSchemeText, schemeNamed, schemes } from './schemes.js';
export { renderSpec, type SpecOptions } from './spec.js';
