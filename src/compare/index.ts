export type { CompareOptions } from './comparison.js';
export { type Failure, failures, type Status, statusOf } from './policy.js';
export { comparisonJsonSchema } from './schema.js';
export { type CompareFilesOptions, compareLibsolvs } from './sides/libsolvs.js';
