export { type AuditedMachine, type AuditInput, audit, auditMachine, loadableModules } from './audit.js';
export { Coverage } from './coverage.js';
export type { InitrdSituation, Initrds } from './initrd/initrd.js';
export {
  type AuditableDevice,
  type BootableKernel,
  bootableKernel,
  type InstalledModule,
  type Payload,
  payloadFinder,
} from './payload.js';
export { defaultLoaderPolicy } from './policy.js';
export { type ScriptWalk, walkOf } from './script-walk.js';
export { checkSupport } from './support/check.js';
export type { StatedPackage } from './support/package.js';
