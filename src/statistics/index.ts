export {
  type BootstrapOptions,
  type Comparison,
  compareToThreshold,
  type RatioEstimate,
  ratioOfMedians,
} from './bootstrap.js';
export { exponentError, exponentErrorMax, type FittedExponent, isFirm } from './exponent.js';
export {
  chanceBeyond,
  discoveries,
  type Interval,
  judgeInterval,
  type Pairs,
  pairsMin,
  pairsToTell,
  typicalRatio,
} from './paired.js';
export {
  median,
  nearestRank,
  quantile,
  quantileOfSorted,
  type SampleSummary,
  sorted,
  spread,
} from './quantile.js';
export { type Random, seededRandom, xoshiro128 } from './random.js';
export { type LevelStep, levelSteps, type StepOptions } from './steps.js';
export { studentQuantile, studentTail } from './student.js';
