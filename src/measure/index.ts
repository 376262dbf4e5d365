export { environment, type HostEnvironment } from './environment.js';
export {
  compareInterleaved,
  elapsedMs,
  type InterleavedComparison,
  type InterleaveOptions,
  type Side,
} from './interleave.js';
export { type PhaseRecorder, samplePhases } from './phases.js';
export { type MeasuredPart, type SamplingOptions, sampleMs } from './sample.js';
