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
  const first = new Map([...kernels].reverse().map((payload) => [payload.package.name, payload.kernel?.release ?? '']));
  const wanted = new Set(asked.size > 0 ? asked : first.values());
  return releasesOf(kernels).filter((release) => !wanted.has(release));
}

/** What came with kernel modules or a kernel and was asked for by nobody: no person, no device, and nothing that is there for a reason. */
export function unaskedOf(change: Change, others: readonly string[]): Unasked[] {
  const { came, input } = change;
  const unasked = new Map<Payload, Unasked['why']>();
  const undecided: Payload[] = [];
  const present = new Set(
    input.before.flatMap(({ modules }) =>
      modules.map((kernelModule) => `${kernelModule.release} ${kernelModule.kernelModule.name}`),
    ),
  );
  for (const payload of came) {
    if (payload.kernel === null && payload.modules.length === 0) continue;
    if (others.includes(payload.kernel?.release ?? builtFor(payload))) unasked.set(payload, 'otherKernel');
    else if (payload.kernel !== null || change.isNamed(payload) || change.isUpdate(payload)) continue;
    else if (forNoKernel(payload, change)) unasked.set(payload, 'otherKernel');
    else if (payload.modules.every(({ release, kernelModule }) => present.has(`${release} ${kernelModule.name}`)))
      unasked.set(payload, 'second');
    else if (!claimsDevice(payload, input.devices)) undecided.push(payload);
  }
  if (undecided.length > 0) {
    const open = new Set(undecided);
    const needed = neededOf(undecided, [
      ...came.filter((payload) => !open.has(payload) && !unasked.has(payload)),
      ...input.before,
    ]);
    for (const payload of undecided) if (!needed.has(payload)) unasked.set(payload, 'nobody');
  }
  return [...unasked].map(([one, why]) => ({ package: nevra(one.package), why }));
}

/** Built for a kernel that is not there, and not linked into the one that is booted next. */
function forNoKernel(payload: Payload, change: Change): boolean {
  const { kernels, input } = change;
  if (kernels.some(({ kernel }) => kernel?.release === builtFor(payload))) return false;
  const loaded = change.loadedBy(input.nextBoot);
  return !payload.modules.some((kernelModule) => loaded.has(kernelModule));
}

function claimsDevice({ modules }: Payload, devices: Change['input']['devices']): boolean {
  return modules.some(({ kernelModule }) =>
    kernelModule.aliases.some((pattern) => devices.some(({ modalias }) => matchModalias(pattern, modalias))),
  );
}
