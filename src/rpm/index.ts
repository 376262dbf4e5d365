export { formatDependency, isRich, parseDependency, provideMatches, rangesIntersect } from './dependency.js';
export { compareEvr, type Evr, formatEvr, isVersionText, parseEvr } from './evr.js';
export { checkNevra, type Nevra, nevra, rpmFileName } from './nevra.js';
export {
  type ChangelogEntry,
  type Dependency,
  type DependencyFlag,
  type DependencyKind,
  type DependencyRange,
  dependencyKinds,
  type PackageFile,
  type RpmPackage,
} from './package.js';
export { rpmPackageSchema } from './package-schema.js';
export { type DependencyTree, parseRichDependency } from './rich.js';
export { dependencyHolds, leavesOf, type Providers } from './rich-holds.js';
export { parseSymbolCapability, type SymbolCapability } from './symbol-capability.js';
export { type Ordering, rpmvercmp } from './vercmp.js';
