export { type Baseline, baselineOf, baselineSchema } from './baseline.js';
export { type CheckStatus, type GateCheck, type GateVerdict, judge } from './judge.js';
export { readBaseline } from './read-baseline.js';
export { renderJunit } from './render/junit.js';
export { renderMarkdown } from './render/markdown.js';
export { renderSarif } from './render/sarif.js';
export { renderGateText } from './render/text.js';
