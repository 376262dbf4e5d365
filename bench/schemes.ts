/** A promise about packaging: any scheme makes packages of a real kernel build of 4,000 kernel modules in at most half a second. */
import { builtinKernels, loadBuiltinKernel } from '#kernel';
import { packageBuilds, readyDesigns } from '#packaging';
import { holdFastest } from './promise.js';

const samples = 7;
const promisedMs = 500;

const variants: readonly (readonly [string, Record<string, unknown>])[] = [
  ...readyDesigns().map(({ name }) => [name, {}] as const),
  ['modular', { contents: 'base', hardRequires: true, softdeps: 'supplements' }],
  ['modular', { firmware: 'vendor', changelog: 'duplicated', licences: 'shared' }],
  ['split', { layout: 'fedora' }],
  ['grouped', { grouping: 'directory' }],
  ['grouped', { grouping: 'installer' }],
  ['grouped', { grouping: 'community' }],
  ['kabi-in-name', { naming: 'hackweek25' }],
  ['symset', { sets: 'module' }],
];

const name = (await builtinKernels()).at(-1);
if (name === undefined) throw new Error('no built-in kernel');
const build = await loadBuiltinKernel(name);
console.log(
  `${name}: ${build.modules.length} kernel modules, median of ${samples} samples (lowest to highest), promised: ${promisedMs} ms`,
);
for (const [scheme, options] of variants) {
  const times: number[] = [];
  let packages = 0;
  for (let sample = 0; sample <= samples; sample++) {
    const start = performance.now();
    packages = packageBuilds(scheme, [build], options).packages.length;
    // The first one warms up.
    if (sample > 0) times.push(performance.now() - start);
  }
  const label = `${scheme} ${Object.entries(options)
    .map(([key, value]) => `${key}=${value}`)
    .join(' ')}`;
  holdFastest(`${label.trim()}, ${packages} packages`, times, promisedMs);
}
