export type { CompareOptions } from './comparison.js';
export { type Failure, failures, type Status, statusOf } from './policy.js';
export { comparisonJsonSchema, trendJsonSchema } from './schema.js';
export { type CompareCommitOptions, compareCommit } from './sides/commits.js';
export { compareDesigns } from './sides/designs.js';
export { type CompareFilesOptions, compareLibsolvs } from './sides/libsolvs.js';
export { type CompareRepositoriesOptions, compareRepositories } from './sides/repositories.js';
export { type TrendRun, trendOf } from './trend.js';
