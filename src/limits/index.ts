export { findLimits, type LimitsOptions } from './find-limits.js';
export { shapes, testcaseText } from './shapes.js';
