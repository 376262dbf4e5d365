export { cellsOf } from './cells.js';
export { figuresOf } from './figures.js';
export { type ScorecardOptions, scorecard, scoreScenarios, wholeKernels } from './scorecard.js';
export { runSmall, type SmallScenario } from './small-scenarios.js';
export { trialsOf } from './trials.js';
