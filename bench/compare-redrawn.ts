/**
 * The promises about comparisons of time over a whole catalogue, without the hours: from the samples that one real comparison took (`kmplab compare … -o
 * FILE`) pairs are drawn anew. Sides change places by lot, and what a request differs in between them is taken out, so that both are
 * equal but for the machine's own noise. Of 50 such comparisons at most 2 % of the judged phases may be called different, and a phase that takes five percent longer must
 * be found in at least 9 of 10. What it cannot show is noise that several requests have together: `bench/compare.ts` takes its own samples for that.
 */
import { readFile } from 'node:fs/promises';
import { judgePhases } from '#compare';
import type { PairedSamples } from '#measure';
import { comparisonSchema, type JudgedTime, type Phase } from '#run-document';
import { median, seededRandom } from '#statistics';
import { report } from './promise.js';

const comparisons = 50;
const slowdown = 0.05;
const margin = 0.02;

type Request = readonly PairedSamples<Phase>[];

const [file] = process.argv.slice(2);
if (file === undefined) throw new Error('usage: compare-redrawn.js COMPARISON.json');
const { steps } = comparisonSchema.parse(JSON.parse(await readFile(file, 'utf8')));
/** Requests of the same work have the same samples. */
const distinct = new Map(steps.map(({ samples }) => [JSON.stringify(samples), samples]));
const requests = [...distinct.values()].map(
  (samples): Request => samples.flatMap(({ phase, aMs, bMs }) => (aMs.length === 0 ? [] : [{ part: phase, aMs, bMs }])),
);
const phases = [...new Set(requests.flatMap((request) => request.map(({ part }) => part)))];
const random = seededRandom(1);

function redrawn(request: Request, planted: Phase | null): Request {
  return request.map(({ part, aMs, bMs }) => {
    const apart = median(bMs) / median(aMs);
    const pairs = aMs.map(() => {
      const index = random.below(aMs.length);
      const pair = [aMs[index] ?? 0, (bMs[index] ?? 0) / apart] as const;
      return random.below(2) === 0 ? pair : ([pair[1], pair[0]] as const);
    });
    const slower = part === planted ? 1 + slowdown : 1;
    return { part, aMs: pairs.map(([a]) => a), bMs: pairs.map(([, b]) => b * slower) };
  });
}

function judged(planted: Phase | null): JudgedTime[] {
  return judgePhases(
    requests.map((request) => redrawn(request, planted)),
    phases,
    { margin },
  );
}

console.log(`${requests.length} requests, drawn anew ${comparisons} times`);
const equals = Array.from({ length: comparisons }, () => judged(null)).flat();
const different = equals.filter(({ judgement }) => judgement === 'faster' || judgement === 'slower').length;
const same = equals.filter(({ judgement }) => judgement === 'same').length;
report(
  different <= 0.02 * equals.length,
  `called different among equals: ${different} of ${equals.length}; the same: ${same}`,
);
const tried = Array.from({ length: comparisons }, (_, index) => phases[index % phases.length] ?? 'solve');
const found = tried.filter((phase) =>
  judged(phase).some((one) => one.phase === phase && one.judgement === 'slower'),
).length;
report(found >= 0.9 * tried.length, `found slower by ${100 * slowdown} %: ${found} of ${tried.length}`);
