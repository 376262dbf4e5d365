export { renderComparison } from './compare.js';
export { renderComparisonPage } from './comparison-page.js';
export { Html, html } from './html.js';
export { renderKernel, renderKernelDiff } from './kernel.js';
export { renderLimits } from './limits-page.js';
export { renderReport, renderSingleFile, reportDirectories } from './render.js';
export { style as pageStyle } from './style.js';
export { renderTrend } from './trend.js';
