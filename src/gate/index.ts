export { type AcceptOptions, accept } from './accept.js';
export { type Baseline, baselineOf, baselineSchema } from './baseline.js';
export { type GateFile, gateFileJsonSchema, gateFileSchema, readGateFile, strictGate } from './gate-file.js';
export { type JudgeOptions, judge } from './judge.js';
export { readBaseline } from './read-baseline.js';
export { renderGithub } from './render/github.js';
export { renderJunit } from './render/junit.js';
export { renderMarkdown } from './render/markdown.js';
export { renderSarif } from './render/sarif.js';
export { renderGateText } from './render/text.js';
export {
  type CheckStatus,
  type GateCheck,
  type GateVerdict,
  gateVerdictJsonSchema,
  gateVerdictSchema,
} from './verdict.js';
