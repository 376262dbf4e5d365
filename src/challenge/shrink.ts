import fc from 'fast-check';
import { kernelsMax } from './draw.js';
import type { Plan, PlannedStep, PlannedVendor } from './plan.js';

/** Histories that are tried to make one smaller. */
const triesMax = 150;

/**
 * The smallest plan of which `breaks` still holds: first whole parts go (requests, kernels, kernel modules, a vendor), then what is
 * left becomes as plain as it can be, until nothing changes any more.
 */
export async function shrunk(plan: Plan, breaks: (plan: Plan) => Promise<boolean>): Promise<Plan> {
  let left = triesMax;
  const smallest = async <Parts>(from: Parts, parts: fc.Arbitrary<Parts>, whole: (parts: Parts) => Plan) => {
    const property = fc.asyncProperty(parts, async (one) => {
      left -= 1;
      const candidate = whole(one);
      return left < 0 || !isSound(candidate) || !(await breaks(candidate));
    });
    const { counterexample } = await fc.check(property, { examples: [[from]], numRuns: 1, seed: 1 });
    return whole(counterexample?.[0] ?? from);
  };
  let last: Plan;
  let now = plan;
  do {
    last = now;
    const parts = partsOf(last);
    now = await smallest(parts, fewer(parts), (some) => assembled(last, some));
    // Other kernel modules are other packages: of fewer kernels and requests they are made sooner.
    const slim = now;
    const closed = partsOf(slim);
    now = await smallest(closed, fewerModules(closed), (some) => assembled(slim, some));
    const rest = now;
    const fields = fieldsOf(rest);
    now = await smallest(fields, plainer(fields), (some) => ({ ...rest, ...some }));
  } while (left > 0 && JSON.stringify(now) !== JSON.stringify(last));
  return now;
}

interface Parts {
  readonly requests: readonly PlannedStep[];
  readonly vendor: PlannedVendor | null;
  readonly tools: Plan['kit']['tools'];
  readonly kernelModules: readonly string[];
  readonly kernels: readonly string[];
}

function partsOf({ kit, kernels, vendor, steps }: Plan): Parts {
  return { requests: steps.slice(1), vendor, tools: kit.tools, kernelModules: kit.kernelModules, kernels };
}

function fewer({ requests, vendor, tools, kernelModules, kernels }: Parts): fc.Arbitrary<Parts> {
  return fc.record({
    requests: fc.subarray([...requests]),
    kernels: fc.subarray([...kernels]),
    vendor: fc.constantFrom(null, vendor),
    tools: fc.subarray([...tools]),
    kernelModules: fc.constant(kernelModules),
  });
}

function fewerModules({ requests, vendor, tools, kernelModules, kernels }: Parts): fc.Arbitrary<Parts> {
  return fc.record({
    requests: fc.constant(requests),
    kernels: fc.constant(kernels),
    vendor: fc.constant(vendor),
    tools: fc.constant(tools),
    kernelModules: fc.subarray([...kernelModules]),
  });
}

/** The plan with some of its parts. The installation stays; who waited for a kernel that is gone has the one before. */
function assembled(plan: Plan, { requests, vendor, tools, kernelModules, kernels }: Parts): Plan {
  const before = (kernel: string): string => {
    const until = plan.kernels.slice(0, plan.kernels.indexOf(kernel) + 1);
    return until.findLast((one) => kernels.includes(one)) ?? kernels[0] ?? kernel;
  };
  const steps = [...plan.steps.slice(0, 1), ...requests].map((step) => ({ ...step, kernel: before(step.kernel) }));
  const asking = tools
    .map((tool) => ({
      ...tool,
      kernelModules: tool.kernelModules.filter((kernelModule) => kernelModules.includes(kernelModule)),
    }))
    .filter((tool) => tool.kernelModules.length > 0);
  return { ...plan, kit: { ...plan.kit, kernelModules, tools: asking }, kernels, vendor, steps };
}

type Fields = Pick<Plan, 'keeps' | 'vendor' | 'patches' | 'steps'>;

function fieldsOf({ keeps, vendor, patches, steps }: Plan): Fields {
  return { keeps, vendor, patches, steps };
}

/** The same parts, each as plain as can be. `constantFrom` shrinks to its first value. */
function plainer({ keeps, vendor, patches, steps }: Fields): fc.Arbitrary<Fields> {
  return fc.record({
    keeps: fc.constantFrom(kernelsMax, keeps),
    patches: fc.constantFrom(false, patches),
    vendor:
      vendor === null
        ? fc.constant(null)
        : fc.record({
            like: fc.constant(vendor.like),
            replaces: fc.constantFrom(false, vendor.replaces),
            lag: fc.constantFrom(0, vendor.lag),
          }),
    steps: fc.tuple(...steps.map(plainerStep)),
  });
}

const whole = { state: 'whole' } as const;

function plainerStep({
  kernel,
  refresh,
  rebuilt,
  swap,
  reboot,
  lock,
  request,
}: PlannedStep): fc.Arbitrary<PlannedStep> {
  return fc.record({
    kernel: fc.constant(kernel),
    refresh: fc.constantFrom(whole, refresh),
    rebuilt: fc.constantFrom(null, rebuilt),
    swap: fc.constantFrom(false, swap),
    reboot: fc.constantFrom(false, reboot),
    lock: fc.constantFrom(null, lock),
    request: fc.record({
      verb: fc.constant(request.verb),
      subject: fc.constant(request.subject),
      noRecommends: fc.constantFrom(false, request.noRecommends),
      cleanDeps: fc.constantFrom(false, request.cleanDeps),
    }),
  });
}

/** Whether everything that a plan speaks of is still there. */
export function isSound({ kit, kernels, vendor, steps }: Plan): boolean {
  const has = (kernelModule: string): boolean => kit.kernelModules.includes(kernelModule);
  // With a least length `subarray` would not let go of the last item where only the first is needed.
  if (kit.kernelModules.length === 0 || kernels.length === 0) return false;
  if (vendor !== null && !has(vendor.like)) return false;
  return steps.every(({ kernel, refresh, rebuilt, lock, request }) =>
    [
      kernels.includes(kernel),
      refresh.state !== 'withoutDriver' || has(refresh.kernelModule),
      rebuilt === null || has(rebuilt),
      ...[lock, request.subject].map((subject) => {
        if (subject?.kind === 'driver') return has(subject.kernelModule);
        return subject?.kind !== 'vendorDriver' || vendor !== null;
      }),
    ].every(Boolean),
  );
}
