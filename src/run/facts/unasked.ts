import type { Payload } from '#audit';
import { matchModalias } from '#hardware';
import { nevra } from '#rpm';
import type { StepFacts } from '#run-document';
import { newestFirst } from '../machine/system-state.js';
import { builtFor, type Change, releasesOf } from './change.js';
import { neededOf } from './needed.js';

type Unasked = StepFacts['came']['unasked']['first'][number];

/** What nobody types to get a kernel. */
const noKernelVerbs = new Set(['inr', 'verify', 'rm', 'purge-kernels']);

/**
 * Kernels that came beside those that were asked for. Of packages of one name the newest was, unless a name of the request means another one;
 * requests that repair or remove ask for none.
 */
export function otherKernels({ came, input }: Change): string[] {
  if (noKernelVerbs.has(input.verb)) return releasesOf(newestFirst(came));
  const asked = new Set(input.names.flatMap(({ means, kernel }) => (means === 'kernel' ? (kernel ?? []) : [])));
  const kernels = newestFirst(came);
  const first = new Map([...kernels].reverse().map((one) => [one.package.name, one.kernel?.release ?? '']));
  const wanted = new Set(asked.size > 0 ? asked : first.values());
  return releasesOf(kernels).filter((release) => !wanted.has(release));
}

/** What came with kernel modules or a kernel and was asked for by nobody: no person, no device, and nothing that is there for a reason. */
export function unaskedOf(change: Change, others: readonly string[]): Unasked[] {
  const { came, input } = change;
  const unasked = new Map<Payload, Unasked['why']>();
  const undecided: Payload[] = [];
  const present = new Set(
    input.before.flatMap(({ modules }) => modules.map((one) => `${one.release} ${one.kernelModule.name}`)),
  );
  for (const one of came) {
    if (one.kernel === null && one.modules.length === 0) continue;
    if (others.includes(one.kernel?.release ?? builtFor(one))) unasked.set(one, 'otherKernel');
    else if (one.kernel !== null || change.isNamed(one) || change.isUpdate(one)) continue;
    else if (forNoKernel(one, change)) unasked.set(one, 'otherKernel');
    else if (one.modules.every(({ release, kernelModule }) => present.has(`${release} ${kernelModule.name}`)))
      unasked.set(one, 'second');
    else if (!claimsDevice(one, input.devices)) undecided.push(one);
  }
  if (undecided.length > 0) {
    const open = new Set(undecided);
    const needed = neededOf(undecided, [...came.filter((one) => !open.has(one) && !unasked.has(one)), ...input.before]);
    for (const one of undecided) if (!needed.has(one)) unasked.set(one, 'nobody');
  }
  return [...unasked].map(([one, why]) => ({ package: nevra(one.package), why }));
}

/** Built for a kernel that is not there, and not linked into the one that is booted next. */
function forNoKernel(one: Payload, change: Change): boolean {
  const { kernels, input } = change;
  if (kernels.some(({ kernel }) => kernel?.release === builtFor(one))) return false;
  const loaded = change.loadedBy(input.nextBoot);
  return !one.modules.some((kernelModule) => loaded.has(kernelModule));
}

function claimsDevice({ modules }: Payload, devices: Change['input']['devices']): boolean {
  return modules.some(({ kernelModule }) =>
    kernelModule.aliases.some((pattern) => devices.some(({ modalias }) => matchModalias(pattern, modalias))),
  );
}
