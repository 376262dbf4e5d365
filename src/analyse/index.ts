export { blastRadius, importersOf, largestBlastRadii } from './blast-radius.js';
export { churn, subsystem } from './churn.js';
export { components, depths } from './components.js';
export { distribution } from './distribution.js';
export { fitPower, growthFits, type Point, type PowerFit } from './fit.js';
export { graphFacts } from './graph-facts.js';
export { type ModuleGraph, type ModuleGraphResult, moduleGraph } from './module-graph.js';
export { type Reach, reach, reachable } from './reach.js';
