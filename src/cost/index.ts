export { type Costs, costsSchema, secondsAt } from './document.js';
export { type ArrivingModules, estimateCosts, type KernelAfter, type TransactionFacts } from './estimate.js';
export { measureCosts } from './measure.js';
export { loadBuiltinCosts, readCosts } from './read.js';
