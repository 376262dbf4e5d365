import type { Register } from '../command.js';

/** A command, and how the code behind it is loaded: nobody waits for that of another command. */
interface CommandEntry {
  readonly name: string;
  readonly load: () => Promise<Register>;
}

/** In the order `kmplab --help` lists them: the daily ones first. */
const entries: readonly CommandEntry[] = [
  { name: 'init', load: async () => (await import('./init.js')).registerInit },
  { name: 'run', load: async () => (await import('./run.js')).registerRun },
  { name: 'sweep', load: async () => (await import('./sweep.js')).registerSweep },
  { name: 'merge', load: async () => (await import('./merge.js')).registerMerge },
  { name: 'worker', load: async () => (await import('./worker.js')).registerWorker },
  { name: 'plan', load: async () => (await import('./plan.js')).registerPlan },
  { name: 'report', load: async () => (await import('./report.js')).registerReport },
  { name: 'open', load: async () => (await import('./open.js')).registerOpen },
  { name: 'gate', load: async () => (await import('./gate.js')).registerGate },
  { name: 'challenge', load: async () => (await import('./challenge.js')).registerChallenge },
  { name: 'compare', load: async () => (await import('./compare.js')).registerCompare },
  { name: 'trend', load: async () => (await import('./trend.js')).registerTrend },
  { name: 'limits', load: async () => (await import('./limits.js')).registerLimits },
  { name: 'solve', load: async () => (await import('./solve.js')).registerSolve },
  { name: 'audit', load: async () => (await import('./audit.js')).registerAudit },
  { name: 'generate', load: async () => (await import('./generate.js')).registerGenerate },
  { name: 'channel', load: async () => (await import('./channel.js')).registerChannel },
  { name: 'design', load: async () => (await import('./design.js')).registerDesign },
  { name: 'kernel', load: async () => (await import('./kernel.js')).registerKernel },
  { name: 'hardware', load: async () => (await import('./hardware.js')).registerHardware },
  { name: 'cost', load: async () => (await import('./cost.js')).registerCost },
  { name: 'scenario', load: async () => (await import('./scenario.js')).registerScenario },
  { name: 'testcase', load: async () => (await import('./testcase.js')).registerTestcase },
  { name: 'cache', load: async () => (await import('./cache.js')).registerCache },
  { name: 'completion', load: async () => (await import('./completion.js')).registerCompletion },
];

/**
 * What registers the command that a command line begins with; every command where it begins with none, for help, for completion, and to
 * name the nearest.
 */
export function commandsFor(args: readonly string[]): Promise<readonly Register[]> {
  const word = args.find((arg) => !arg.startsWith('-'));
  const asked = entries.filter(({ name }) => name === word);
  return Promise.all((asked.length > 0 ? asked : entries).map(({ load }) => load()));
}
