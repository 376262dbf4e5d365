export { frontOf } from './costs.js';
export { type Edit, readEdits } from './edits-file.js';
export type { SearchOptions } from './options.js';
export { type Candidate, type SearchResult, searchDesigns } from './search.js';
