/** The promise about histories: ten builds on eight machines under five schemes take at most five minutes on two cores. */
import { runLab } from '#run';
import { report, spentSince } from './promise.js';

const minutesMax = 5;

const started = performance.now();
const before = process.cpuUsage();
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
const size = `${history?.kernels.length} builds, ${history?.profiles.length} machines, ${history?.schemes.length} schemes, ${updates} updates`;
console.log(`a history of ${size}`);
report(minutes <= minutesMax, `${minutes.toFixed(1)} minutes (${spentSince(before)}); promised ${minutesMax}`);
