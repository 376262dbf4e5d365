export type { Break } from './attempt.js';
export type { Cause } from './cause.js';
export { type Challenged, challenge } from './challenge.js';
export { type ChallengeRun, type ChallengeRunOptions, challengeFor } from './challenge-for.js';
export { Challenger, type Searched, type Suspect } from './challenger.js';
export type { Find } from './find.js';
export { type ChallengeOptions, challengePromises } from './options.js';
export type { ScenarioDocument } from './scenario-of.js';
export { type ChallengeCounts, nothingCounted, type PromiseCounts } from './tally.js';
