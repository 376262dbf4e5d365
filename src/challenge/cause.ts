import type { Evidence, PromiseId } from '#run-document';
import type { Break } from './attempt.js';
import type { Plan } from './plan.js';

/**
 * What makes two breaks the same: the promise, the evidence without its names, and what was asked. Of a history that is as small as it can be
 * also what else it takes: a channel refreshed halfway, a vendor, a swapped device.
 */
export interface Cause {
  readonly promise: PromiseId;
  readonly evidence: string;
  readonly request: string;
  readonly takes: readonly string[];
}

/** The break without what else it takes: what shrinking must keep. */
export function signatureOf({ promise, evidence, request }: Break): string {
  const [first] = evidence;
  return JSON.stringify([promise, first === undefined ? noAnswer : kindOf(first), request]);
}

export function causeOf(plan: Plan, broken: Break): Cause {
  const { promise, evidence, request } = broken;
  const kinds = [...new Set(evidence.map(kindOf))].sort();
  return { promise, evidence: kinds.join(', ') || noAnswer, request, takes: takesOf(plan) };
}

/** What libsolv died of has no evidence. */
const noAnswer = 'no answer';

export function causeKey({ promise, evidence, request, takes }: Cause): string {
  return JSON.stringify([promise, evidence, request, takes]);
}

function kindOf(evidence: Evidence): string {
  switch (evidence.kind) {
    case 'device':
    case 'rootNeed':
      return `${evidence.kind} ${evidence.state}`;
    case 'refused':
      return `refused ${evidence.reason}`;
    case 'unasked':
      return `unasked ${evidence.why}`;
    case 'vendor':
      return `vendor ${evidence.change}`;
    default:
      return evidence.kind;
  }
}

/** The ingredients of a plan, of which a smallest one has only what it needs. */
function takesOf({ kernels, vendor, steps, kit }: Plan): string[] {
  const some = (is: (step: Plan['steps'][number]) => boolean): boolean => steps.some(is);
  const takes: readonly (readonly [string, boolean])[] = [
    ['several kernels', kernels.length > 1],
    ['vendor', vendor !== null && !vendor.replaces],
    ['vendor replaces', vendor?.replaces === true],
    ['without a driver', some(({ refresh }) => refresh.state === 'withoutDriver')],
    ['without the kernel', some(({ refresh }) => refresh.state === 'withoutKernel')],
    ['rebuilt driver', some(({ rebuilt }) => rebuilt !== null)],
    ['swapped device', some(({ swap }) => swap)],
    ['no recommends', some(({ request }) => request.noRecommends)],
    ['clean dependencies', some(({ request }) => request.cleanDeps)],
    ['user space', kit.tools.length > 0],
    ['removal', some(({ request }) => request.verb === 'rm')],
  ];
  return takes.filter(([, is]) => is).map(([name]) => name);
}
