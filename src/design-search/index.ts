export { frontOf } from './costs.js';
export { type Edit, readEdits } from './edits-file.js';
export { type Candidate, type SearchOptions, type SearchResult, searchDesigns } from './search.js';
