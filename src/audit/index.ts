export { type AuditInput, audit } from './audit.js';
export type { AuditableDevice } from './devices.js';
export { judgeLoading, type LoaderVerdict, type RefusedImport } from './loader.js';
export { type InstalledModule, type Payload, payloadFinder } from './payload.js';
