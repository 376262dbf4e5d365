import type { Register } from '../command.js';
import { registerAudit } from './audit.js';
import { registerCache } from './cache.js';
import { registerChallenge } from './challenge.js';
import { registerCompare } from './compare.js';
import { registerCompletion } from './completion.js';
import { registerCost } from './cost.js';
import { registerDesign } from './design.js';
import { registerGate } from './gate.js';
import { registerGenerate } from './generate.js';
import { registerHardware } from './hardware.js';
import { registerInit } from './init.js';
import { registerKernel } from './kernel.js';
import { registerLimits } from './limits.js';
import { registerMerge } from './merge.js';
import { registerOpen } from './open.js';
import { registerReport } from './report.js';
import { registerRun } from './run.js';
import { registerScenario } from './scenario.js';
import { registerSolve } from './solve.js';
import { registerSweep } from './sweep.js';
import { registerTestcase } from './testcase.js';
import { registerTrend } from './trend.js';
import { registerWorker } from './worker.js';

/** In the order `kmplab --help` lists them: the daily ones first. */
export const commands: readonly Register[] = [
  registerInit,
  registerRun,
  registerSweep,
  registerMerge,
  registerWorker,
  registerReport,
  registerOpen,
  registerGate,
  registerChallenge,
  registerCompare,
  registerTrend,
  registerLimits,
  registerSolve,
  registerAudit,
  registerGenerate,
  registerDesign,
  registerKernel,
  registerHardware,
  registerCost,
  registerScenario,
  registerTestcase,
  registerCache,
  registerCompletion,
];
