export { realGrowth } from './growth/growth.js';
export { readSweep } from './growth/sweep-file.js';
export { hardwareNamed, kernelNamed } from './inputs.js';
export { type RunOptions, runLab } from './run-lab.js';
export { type SolveOnceOptions, solveOnce, whyOnce, writeTestcase } from './solve-once.js';
export { supportCheck } from './support/support-check.js';
export { defaultJobs } from './workers/workers.js';
export { readAutoInstalled, readZyppConf } from './zypp-files.js';
