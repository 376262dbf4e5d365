export { type CpuClock, cpuClock } from './clock.js';
export { environment, type HostEnvironment } from './environment.js';
export { type Contest, type PairedSamples, type Side, sampleInTurns, type TurnsOptions } from './interleave.js';
export { type PhaseRecorder, samplePhases } from './phases.js';
export { type MeasuredPart, type SamplingOptions, sampleMs } from './sample.js';
