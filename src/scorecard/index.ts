export { type ScorecardOptions, scorecard } from './scorecard.js';
