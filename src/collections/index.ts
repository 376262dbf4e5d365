export { closure } from './closure.js';
export { append, grouped } from './lists.js';
export { mostFrequent, tally } from './tally.js';
