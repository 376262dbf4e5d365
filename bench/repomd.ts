/**
 * Promises about writing repositories: a real kernel build as one KMP per kernel module is on disk within 1.5 s, XML is written
 * at 60 MB a second or more, and 100,000 packages need no more memory than 700 MB.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { builtinKernels, loadBuiltinKernel } from '#kernel';
import { packageBuilds } from '#packaging';
import { type PackageSource, type WrittenRepository, writeRepository } from '#repomd';
import type { RpmPackage } from '#rpm';
import { holdFastest, report } from './promise.js';

const samples = 20;

function openBytes({ files }: WrittenRepository): number {
  return files.reduce((sum, file) => sum + file.openBytes, 0);
}

/** The same packages over and over, each time under another release, made as they are asked for. */
function repeated(packages: readonly RpmPackage[], length: number): PackageSource {
  return {
    length,
    *[Symbol.iterator]() {
      for (let made = 0; made < length; made++) {
        const model = packages[made % packages.length];
        if (model === undefined) return;
        yield { ...model, evr: { ...model.evr, release: `${1 + Math.floor(made / packages.length)}` } };
      }
    },
  };
}

const directory = await mkdtemp(join(tmpdir(), 'kmplab-bench-'));
try {
  const name = (await builtinKernels()).at(-1);
  if (name === undefined) throw new Error('no built-in kernel');
  const build = await loadBuiltinKernel(name);
  const writeMs: number[] = [];
  const { packages } = packageBuilds('modular', [build]);
  let xmlBytes = 0;
  for (let sample = 0; sample <= samples; sample++) {
    const start = performance.now();
    const written = await writeRepository(packages, join(directory, 'repository'));
    const end = performance.now();
    // The first one warms up.
    if (sample === 0) continue;
    writeMs.push(end - start);
    xmlBytes = openBytes(written);
  }
  console.log(`${name}: ${packages.length} packages, ${(xmlBytes / 1e6).toFixed(1)} MB of XML, ${samples} samples`);
  holdFastest('packages to repomd on disk', writeMs, 1500);
  holdFastest('60 MB of XML a second', writeMs, xmlBytes / 60e3);
  let heapMax = 0;
  const watch = setInterval(() => {
    heapMax = Math.max(heapMax, process.memoryUsage.rss());
  }, 20);
  const start = performance.now();
  const large = await writeRepository(repeated(packages, 100_000), join(directory, 'large'));
  clearInterval(watch);
  const seconds = (performance.now() - start) / 1e3;
  const spent = `${(openBytes(large) / 1e6).toFixed(0)} MB of XML in ${seconds.toFixed(1)} s`;
  const resident = Math.round(heapMax / 1e6);
  report(resident <= 700, `100,000 packages, ${spent}: ${resident} MB resident; promised 700`);
} finally {
  await rm(directory, { recursive: true, force: true });
}
