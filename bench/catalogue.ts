/**
 * The promise about the catalogue: every scenario of scenarios/real is solved, counted, verified and audited in at most 90 seconds by two workers.
 * One worker that takes them in the opposite order must come to the same results, to the last counter.
 */
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { listFilesSorted } from '#files';
import { runLab } from '#run';
import type { RunDocument } from '#run-document';
import { report, spentSince } from './promise.js';

const secondsMax = 90;

const files = (await listFilesSorted('scenarios/real'))
  .filter((file) => file.endsWith('.yaml'))
  .map((file) => join('scenarios/real', file));

interface Timed {
  readonly document: RunDocument;
  readonly seconds: number;
  readonly spent: string;
}

async function run(jobs: number, ordered: readonly string[]): Promise<Timed> {
  const started = performance.now();
  const before = process.cpuUsage();
  const document = await runLab({
    name: 'bench',
    files: ordered,
    schemes: [],
    profiles: [],
    root: process.cwd(),
    samples: 0,
    jobs,
    growth: null,
    seed: 1,
    kmplab: { version: 'bench', commit: null },
    onProgress: () => undefined,
  });
  return { document, seconds: (performance.now() - started) / 1000, spent: spentSince(before) };
}

/** What does not depend on the order in which scenarios were asked for. */
function results({ scenarios, repositories, kernels, graph, churn }: RunDocument): unknown {
  const byId = [...scenarios].sort((a, b) => (a.id < b.id ? -1 : 1));
  // Two schemes can come to the same repository.
  const key = ({ repomdSha256, scheme, name }: (typeof repositories)[number]): string =>
    `${repomdSha256} ${scheme} ${name}`;
  const bySum = [...repositories].sort((a, b) => (key(a) < key(b) ? -1 : 1));
  return { scenarios: byId, repositories: bySum, kernels, graph, churn };
}

const two = await run(2, files);
const passed = two.document.scenarios.filter(({ status }) => status === 'passed').length;
console.log(`the catalogue: ${files.length} scenario files, ${two.document.scenarios.length} machines`);
report(passed === two.document.scenarios.length, `${passed} of ${two.document.scenarios.length} pass`);
report(two.seconds <= secondsMax, `two workers: ${two.seconds.toFixed(0)} s (${two.spent}); promised ${secondsMax}`);
const one = await run(1, [...files].reverse());
const same = isDeepStrictEqual(results(one.document), results(two.document));
report(same, `one worker, the opposite order, the same results; ${one.seconds.toFixed(0)} s (${one.spent})`);
