/**
 * The promises about the search for counterexamples: 10,000 random histories of six requests in five minutes on two cores, of which a part is
 * taken here; and of 20 mistakes planted in designs that work at least 19 found within a minute each, shrunk to at most three requests and
 * eight kernel modules. `CHALLENGE_HISTORIES=10000` takes all of them, `ONLY=throughput` or `ONLY=faults` one half.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { Challenger, challengeFor, challengePromises } from '#challenge';
import { plantedFaults } from './challenge-faults.js';
import { report, spentSince } from './promise.js';

const options = { seed: 1, requests: 6, promises: challengePromises };
const only = process.env['ONLY'];

if (only !== 'faults') {
  const histories = Number(process.env['CHALLENGE_HISTORIES'] ?? 1000);
  const millisecondsMax = (5 * 60_000) / 10_000;
  const before = process.cpuUsage();
  const started = performance.now();
  const { counts } = await challengeFor('companion', {
    ...options,
    histories,
    milliseconds: null,
    jobs: 2,
    onProgress: () => undefined,
  });
  const each = (performance.now() - started) / counts.histories;
  const cpu = process.cpuUsage(before);
  const busy = (cpu.user + cpu.system) / 1000 / counts.histories;
  const text = `${counts.histories} histories of six requests: ${each.toFixed(1)} ms each by two workers (${spentSince(before)})`;
  report(each <= millisecondsMax, `${text}; promised ${millisecondsMax}. Of processors ${busy.toFixed(1)} ms each.`);
}

if (only !== 'throughput') {
  const secondsMax = 60;
  const together = 10;
  const known = { companion: new Set<string>(), 'bound-supplements': new Set<string>() };
  const challenger = new Challenger({ counting: false });
  // What the design breaks as it is, is no find of a fault in it.
  const asIs = Number(process.env['CHALLENGE_BASE'] ?? 300);
  for (const base of ['companion', 'bound-supplements'] as const) {
    const { suspects } = await challenger.search(base, { ...options, first: 0, histories: asIs });
    for (const { signature } of suspects) known[base].add(signature);
  }
  const directory = await mkdtemp(join(tmpdir(), 'kmplab-faults-'));
  let found = 0;
  for (const [number, { name, base, packages }] of plantedFaults.entries()) {
    const file = join(directory, `fault-${number + 1}.yaml`);
    await writeFile(file, stringify({ extends: base, about: name, question: 'is it found?', packages }));
    const started = performance.now();
    const seconds = (): number => (performance.now() - started) / 1000;
    let line = 'not found';
    for (let first = 0; first < asIs && seconds() < secondsMax; first += together) {
      const { suspects } = await challenger.search(file, { ...options, first, histories: together });
      const suspect = suspects.find(({ signature }) => !known[base].has(signature));
      if (suspect === undefined) continue;
      const { cause, size } = await challenger.shrink(file, options, suspect);
      const small = size.requests <= 3 && size.kernelModules <= 8;
      if (small && seconds() <= secondsMax) found += 1;
      const what = `${cause.promise} (${cause.evidence}) after ${cause.request}`;
      line = `${what} | ${suspect.history} | ${size.requests} | ${size.kernelModules} | ${seconds().toFixed(1)} s`;
      break;
    }
    console.log(`| ${base} | ${name} | ${line} |`);
  }
  await rm(directory, { recursive: true });
  report(found >= 19, `${found} of ${plantedFaults.length} planted faults found and shrunk; promised 19`);
}
