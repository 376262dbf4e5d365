export { renderComparison } from './compare.js';
export { renderKernel, renderKernelDiff } from './kernel.js';
export { renderReport } from './render.js';
