export { type Bound, defaultBound, within } from './bound.js';
export { type PhaseClock, untimed, type Work, workClock } from './clock.js';
export { instanceDied } from './deaths.js';
export { KeptMachine } from './kept-machine.js';
export {
  type Libsolv,
  type LibsolvModules,
  type LibsolvOptions,
  libsolvEnvironment,
  loadLibsolv,
} from './libsolv.js';
export { defaultPriority, type MachineInput, type PackageData, type ReachableRepository, seenBy } from './machine.js';
export { rpmmdToSolv } from './repository.js';
export { plainRequest, type Request } from './request.js';
export { SharedReach } from './shared-reach.js';
export {
  exportTestcase,
  type InstalledPackage,
  runPhases,
  type Solved,
  type SolvedWhy,
  solve,
  solveAndTellWhy,
} from './solve.js';
export { type RepositoryPackage, repositoryPackages } from './stated-packages.js';
export { vendorClasses, vendorRepresentatives } from './vendors.js';
export { verify } from './verify.js';
export { isMultiversion, type ZyppConf, zyppConfDefaults } from './zypp-conf.js';
