export { type Costs, costsSchema, secondsAt } from './document.js';
export { estimateCosts, type TransactionFacts } from './estimate.js';
export { measureCosts } from './measure.js';
export { loadBuiltinCosts, readCosts } from './read.js';
export type {
  DepmodRun,
  KernelWalk,
  LinkedPackages,
  ScriptEvent,
  ScriptedPackage,
  ScriptedTransaction,
  ScriptRuns,
} from './scripts/facts.js';
export { simulateScripts } from './scripts/simulate.js';
export { tool } from './timing.js';
