export { renderComparison } from './compare.js';
export { renderReport } from './render.js';
