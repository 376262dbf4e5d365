/**
 * The promises about comparisons of time: of comparisons of equals at most 2 % of the judged phases are called different, and a phase that takes five
 * percent longer is found in at least 9 of 10. Both sides are this lab's module; the slowdown spins for a share of what the
 * phase itself took. Scenarios as arguments, else all of scenarios/real. Of their requests every second, third, and so on is taken, so
 * that all comparisons fit in MINUTES= (10) of processor time. COMPARISONS= (50), PLANTED= (10) and PAIRS= (8) for fewer.
 */
import { loadavg } from 'node:os';
import { join } from 'node:path';
import {
  type ComparedCase,
  distinctSolves,
  type Engine,
  engineOf,
  judgePhases,
  judgeRequests,
  timeCases,
} from '#compare';
import { listFilesSorted } from '#files';
import { cpuClock } from '#measure';
import { defaultJobs, withAnswerable } from '#run';
import type { JudgedTime, Phase } from '#run-document';

const number = (name: string, otherwise: number): number => Number(process.env[name] ?? otherwise);
const [comparisons, planted, pairs] = [number('COMPARISONS', 50), number('PLANTED', 10), number('PAIRS', 8)];
const minutes = number('MINUTES', 10);
const slowdown = 0.05;
const margin = 0.02;
const order: readonly Phase[] = ['loadSolv', 'whatprovides', 'solve', 'order'];

/** An engine whose phase takes a share longer: it spins on the same clock that measures it. */
function slowed(engine: Engine, phase: Phase, share: number): Engine {
  const { now } = cpuClock();
  return {
    async fresh() {
      const ready = await engine.fresh();
      return {
        ...ready,
        run: (machine, request, clock) =>
          ready.run(machine, request, (of, work) =>
            clock(of, () => {
              const started = now();
              const result = work();
              const end = of === phase ? now() + (now() - started) * share : 0;
              while (now() < end);
              return result;
            }),
          ),
      };
    },
  };
}

const isDifferent = ({ judgement }: JudgedTime): boolean => judgement === 'faster' || judgement === 'slower';

const folder = 'scenarios/real';
const named = process.argv.slice(2);
const files = named.length > 0 ? named : (await listFilesSorted(folder)).map((file) => join(folder, file));
const options = { files, schemes: [], root: process.cwd(), jobs: defaultJobs(), seed: 1, onProgress: () => undefined };
await withAnswerable(options, async ({ scenarios, machine }) => {
  const solves = distinctSolves(scenarios.flatMap(({ asked }) => asked));
  const cases = solves.map((solve): ComparedCase => {
    const work = { machine: () => machine(solve), request: solve.request };
    const none = { failed: '' };
    const nowhere = { scenario: '', step: '', request: '', file: null, rerun: null };
    return { ...nowhere, a: none, b: none, timed: { key: solve.key, a: work, b: work } };
  });
  const { now } = cpuClock();
  const begun = now();
  await timeCases(cases, { engines: [engineOf(null), engineOf(null)], pairs: 1, seed: 0, onProgress: () => undefined });
  // That was one pair and one to warm up; so many of both come.
  const expected = ((now() - begun) / 60_000 / 2) * (comparisons + planted) * (pairs + 1);
  const every = Math.max(1, Math.ceil(expected / minutes));
  const part = cases.filter((_, index) => index % every === 0);
  const compared = async (b: Engine, seed: number) => {
    const { samples } = await timeCases(part, {
      engines: [engineOf(null), b],
      pairs,
      seed,
      onProgress: () => undefined,
    });
    const all = [...samples.values()];
    return { phases: judgePhases(all, order, { margin }), requests: judgeRequests(all, { margin }).flat() };
  };
  console.log(
    `${part.length} of ${solves.length} requests, ${pairs} pairs, margin ${margin}, load ${loadavg()[0]?.toFixed(1)}`,
  );
  let [judged, different, untold, ofRequests, differentRequests] = [0, 0, 0, 0, 0];
  for (let seed = 1; seed <= comparisons; seed++) {
    const { phases, requests } = await compared(engineOf(null), seed);
    judged += phases.length;
    different += phases.filter(isDifferent).length;
    untold += phases.filter(({ judgement }) => judgement === 'unknown').length;
    ofRequests += requests.length;
    differentRequests += requests.filter(isDifferent).length;
    console.log(`equal ${seed}: ${phases.map(said).join(', ')}; of requests ${requests.filter(isDifferent).length}`);
  }
  let found = 0;
  for (let seed = 1; seed <= planted; seed++) {
    const phase = order[seed % order.length] ?? 'solve';
    const { phases } = await compared(slowed(engineOf(null), phase, slowdown), seed);
    const hit = phases.some((one) => one.phase === phase && one.judgement === 'slower');
    found += hit ? 1 : 0;
    console.log(`${phase} slowed ${seed}: ${hit ? 'found' : 'missed'}: ${phases.map(said).join(', ')}`);
  }
  const share = (part: number, whole: number): string =>
    `${part} of ${whole}${whole === 0 ? '' : ` (${((100 * part) / whole).toFixed(2)} %)`}`;
  console.log(
    `called different among equals: ${share(different, judged)} phases, ${share(differentRequests, ofRequests)} phases of requests`,
  );
  console.log(`not told among equals: ${share(untold, judged)} phases`);
  console.log(`found of the planted: ${share(found, planted)}; load ${loadavg()[0]?.toFixed(1)}`);
  if (different > 0.02 * judged || differentRequests > 0.02 * ofRequests || found < 0.9 * planted) process.exitCode = 1;
});

function said({ phase, ratio, low, high, judgement }: JudgedTime): string {
  return `${phase} ${judgement} ${ratio.toFixed(3)} (${low.toFixed(3)} to ${high.toFixed(3)})`;
}
