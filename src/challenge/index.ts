export type { Break } from './attempt.js';
export type { Cause } from './cause.js';
export {
  type ChallengeCounts,
  type Challenged,
  type ChallengeOptions,
  challenge,
  challengePromises,
  type Find,
  type PromiseCounts,
} from './challenge.js';
export type { ScenarioDocument } from './scenario-of.js';
