/**
 * The promise about the audit: a machine with two kernels and 4,000 kernel modules in at most a quarter of a second, for each way in which the
 * kernel modules can lie: all of the older kernel linked into the newer one, a full set for both, and KMPs in updates/ beside a full set.
 */
import { type AuditInput, audit, defaultLoaderPolicy, type Payload, payloadFinder } from '#audit';
import { loadBuiltinHardware } from '#hardware';
import { type KernelBuild, loadBuiltinKernel } from '#kernel';
import { packageBuilds } from '#packaging';
import type { LoaderPolicy } from '#run-document';
import { holdFastest } from './promise.js';

const samples = 9;
const promisedMs = 250;

const [older, newer, kept] = await Promise.all(
  ['52', '53', '56'].map((number) => loadBuiltinKernel(`debian-6.1.0-${number}-amd64`)),
);
const before = await loadBuiltinKernel('debian-6.1.0-55-amd64');
const hardware = await loadBuiltinHardware('laptop-e1000e');
if (older === undefined || newer === undefined || kept === undefined) throw new Error('no built-in kernels');

function payloadsOf(scheme: string, build: KernelBuild): Payload[] {
  return packageBuilds(scheme, [build], { patterns: false }).packages.map(payloadFinder(build));
}

function imageOf(build: KernelBuild): Payload[] {
  return payloadsOf('modular', build).filter((payload) => payload.kernel !== null);
}

const anyDirectory: LoaderPolicy = { ...defaultLoaderPolicy, weakModules: 'weak-modules2-any-directory' };
const released: LoaderPolicy = { ...defaultLoaderPolicy, weakModules: 'weak-modules2' };
const cases: readonly (readonly [string, readonly Payload[], LoaderPolicy])[] = [
  ['all of 52, the image of 53: a third fits', [...payloadsOf('modular', older), ...imageOf(newer)], anyDirectory],
  ['all of 55, the image of 56: all fit', [...payloadsOf('modular', before), ...imageOf(kept)], anyDirectory],
  ['all of 52 and of 53', [...payloadsOf('modular', older), ...payloadsOf('modular', newer)], anyDirectory],
  ['all of 55 as external KMPs, the image of 56', [...payloadsOf('suse-kmp', before), ...imageOf(kept)], released],
  ['monolithic 52 and 53', [...payloadsOf('monolithic', older), ...payloadsOf('monolithic', newer)], released],
];

console.log(`audit of two kernels, ${hardware.name} (${hardware.devices.length} devices), ${samples} samples:`);
for (const [what, installed, policy] of cases) {
  const input: AuditInput = { installed, offered: [], devices: hardware.devices, root: hardware.root ?? null, policy };
  const times: number[] = [];
  let seen = 0;
  for (let sample = 0; sample < samples; sample++) {
    const start = performance.now();
    const { kernels } = audit(input);
    times.push(performance.now() - start);
    seen = kernels.reduce((sum, { visible }) => sum + visible, 0);
  }
  if (seen < 4000) throw new Error(`${what}: only ${seen} kernel modules were audited`);
  holdFastest(`${what}; ${seen} seen`, times, promisedMs);
}
