export { environment, type HostEnvironment, peakMemoryBytes } from './environment.js';
export {
  compareInterleaved,
  elapsedMs,
  type InterleavedComparison,
  type InterleaveOptions,
  type Side,
} from './interleave.js';
export { type PhaseRecorder, samplePhases } from './phases.js';
export { type MeasuredPart, type SamplingOptions, sampleMs, samplePhase } from './sample.js';
