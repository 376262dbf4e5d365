import fc from 'fast-check';
import type { Kit, Plan, PlannedRequest, PlannedStep, Refresh, Subject } from './plan.js';

export interface DrawnFrom {
  readonly kits: readonly Kit[];
  /** Lines of kernel builds that follow each other, oldest first. */
  readonly lines: readonly (readonly string[])[];
  /** Requests of a history, the installation included. */
  readonly requests: number;
}

/** Kernels that a channel has at most. */
export const kernelsMax = 10;

/** Any machine, channel and history. */
export function planArbitrary({ kits, lines, requests }: DrawnFrom): fc.Arbitrary<Plan> {
  return fc
    .tuple(fc.constantFrom(...kits), fc.constantFrom(...lines), fc.constantFrom(3, 3, 3, kernelsMax))
    .chain(([kit, line, most]) =>
      fc
        .subarray([...line], { minLength: 1, maxLength: Math.min(line.length, most) })
        .chain((kernels) => planOn(kit, kernels, requests)),
    );
}

function planOn(kit: Kit, kernels: readonly string[], requests: number): fc.Arbitrary<Plan> {
  const vendor = fc.record({
    like: fc.constantFrom(...kit.kernelModules.slice(0, 2)),
    replaces: fc.boolean(),
    lag: fc.nat({ max: 2 }),
  });
  return seldom(vendor, 4).chain((some) => planBeside(some, kit, kernels, requests));
}

function planBeside(
  vendor: Plan['vendor'],
  kit: Kit,
  kernels: readonly string[],
  requests: number,
): fc.Arbitrary<Plan> {
  return fc.record({
    kit: fc.constant(kit),
    kernels: fc.constant(kernels),
    keeps: fc.constantFrom(kernelsMax, kernelsMax, 1, 2),
    vendor: fc.constant(vendor),
    patches: fc.constant(true),
    steps: fc
      .tuple(
        fc.array(stepArbitrary(kit, kernels, vendor), { minLength: requests - 1, maxLength: requests - 1 }),
        fc.nat({ max: kernels.length - 1 }),
      )
      .map(([steps, first]) => inOrder([installation(kernels[first] ?? ''), ...steps], kernels)),
  });
}

/** What was published stays published. */
function inOrder(steps: readonly PlannedStep[], kernels: readonly string[]): PlannedStep[] {
  let newest = 0;
  return steps.map((step) => {
    newest = Math.max(newest, kernels.indexOf(step.kernel));
    return { ...step, kernel: kernels[newest] ?? step.kernel };
  });
}

/** Everything begins with a kernel on an empty disk. */
export function installation(kernel: string): PlannedStep {
  const request: PlannedRequest = {
    verb: 'in',
    subject: { kind: 'kernel', version: 'any' },
    noRecommends: false,
    cleanDeps: false,
  };
  return { kernel, refresh: { state: 'whole' }, rebuilt: null, swap: false, reboot: false, lock: null, request };
}

function stepArbitrary(
  { kernelModules, spare }: Kit,
  kernels: readonly string[],
  vendor: Plan['vendor'],
): fc.Arbitrary<PlannedStep> {
  const kernelModule = fc.constantFrom(...kernelModules);
  const driver = fc.record({
    kind: fc.constant('driver' as const),
    kernelModule,
    by: fc.constantFrom('name' as const, 'name' as const, 'capability' as const),
  });
  const kernel = fc.record({
    kind: fc.constant('kernel' as const),
    version: fc.constantFrom('any' as const, 'any' as const, 'newest' as const, 'oldest' as const),
  });
  const subject: fc.Arbitrary<Subject> = fc.oneof(
    { weight: 4, arbitrary: kernel },
    { weight: 4, arbitrary: driver },
    { weight: vendor === null ? 0 : 2, arbitrary: fc.constant({ kind: 'vendorDriver' } as const) },
  );
  const refresh: fc.Arbitrary<Refresh> = fc.oneof(
    { weight: 6, arbitrary: fc.constant({ state: 'whole' } as const) },
    { weight: 1, arbitrary: fc.record({ state: fc.constant('withoutDriver' as const), kernelModule }) },
    { weight: 1, arbitrary: fc.constant({ state: 'withoutKernel' } as const) },
  );
  return fc.record({
    kernel: fc.constantFrom(...kernels),
    refresh,
    rebuilt: seldom(kernelModule, 6),
    swap: spare === null ? fc.constant(false) : fc.nat({ max: 4 }).map((one) => one === 0),
    reboot: fc.boolean(),
    lock: seldom(subject, 12),
    request: requestArbitrary(subject),
  });
}

/** Once in so many times, else null. */
function seldom<Value>(some: fc.Arbitrary<Value>, times: number): fc.Arbitrary<Value | null> {
  return fc.oneof({ weight: times - 1, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: some });
}

/** Requests by how often people make them; some options with any of them. */
function requestArbitrary(subject: fc.Arbitrary<Subject>): fc.Arbitrary<PlannedRequest> {
  const verbs = fc.constantFrom<PlannedRequest['verb'][]>(
    ...(['in', 'in', 'in', 'up', 'up', 'up', 'dup', 'dup', 'inr', 'rm', 'patch', 'purge-kernels'] as const),
  );
  return fc
    .record({ verb: verbs, subject, names: fc.boolean(), rare: fc.nat({ max: 7 }) })
    .map(({ verb, subject: about, names, rare }) => ({
      verb,
      subject: verb === 'in' || verb === 'rm' ? about : verb === 'up' && names ? newer(about) : null,
      noRecommends: rare === 0 && verb !== 'rm' && verb !== 'purge-kernels',
      cleanDeps: rare === 0 && verb === 'rm',
    }));
}

/** Nobody updates to one version. */
function newer(subject: Subject): Subject {
  return subject.kind === 'kernel' ? { ...subject, version: 'any' } : subject;
}

/** The plan of one history. The same seed and index have the same plan, whatever else is drawn. */
export function drawPlan(from: DrawnFrom, seed: number, index: number): Plan {
  const [plan] = fc.sample(planArbitrary(from), { seed: mixed(seed, index), numRuns: 1 });
  if (plan === undefined) throw new Error('kmplab bug: fast-check drew nothing');
  return plan;
}

/** One seed for each history (the finalizer of MurmurHash3), so that neighbours have nothing in common. */
function mixed(seed: number, index: number): number {
  let hash = Math.imul(seed, 0x9e3779b1) ^ Math.imul(index + 1, 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}
