/** The promise about histories: ten builds on eight machines under five schemes take at most five minutes on two cores. */
import { loadavg } from 'node:os';
import { runLab } from '#run';
import { report } from './promise.js';

const minutesMax = 5;

const started = performance.now();
const { histories } = await runLab({
  name: 'bench',
  files: ['scenarios/histories/debian-6.1.yaml'],
  schemes: [],
  profiles: [],
  root: process.cwd(),
  samples: 0,
  jobs: 2,
  growth: null,
  seed: 1,
  kmplab: { version: 'bench', commit: null },
  onProgress: () => undefined,
});
const minutes = (performance.now() - started) / 60_000;
const [history] = histories;
const updates = history?.machines.reduce((sum, machine) => sum + machine.updates.length, 0) ?? 0;
const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
const size = `${history?.kernels.length} builds, ${history?.profiles.length} machines, ${history?.schemes.length} schemes, ${updates} updates`;
console.log(`a history of ${size}`);
const spent = `${((userCPUTime + systemCPUTime) / 6e7).toFixed(1)} minutes of processor time, ${(maxRSS / 1e3).toFixed(0)} MB, load ${loadavg()[0]?.toFixed(1)}`;
report(minutes <= minutesMax, `${minutes.toFixed(1)} minutes (${spent}); promised ${minutesMax}`);
