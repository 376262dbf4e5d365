import { type AuditableDevice, audit } from '#audit';
import { invariant } from '#errors';
import { type HardwareProfile, type RootNeeds, replaceDevice } from '#hardware';
import { nevra, type RpmPackage } from '#rpm';
import type { Audit, LoaderPolicy, ScenarioResult, StepResult, Violation } from '#run-document';
import { requestText, type ScenarioFile, type ScenarioStep } from '#scenario';
import { type MachineInput, multiversionCapability, verify } from '#solve';
import { answerOf, statusOf } from './answer.js';
import { judgeExpectations } from './expectations.js';
import { installedSolv } from './installed-solv.js';
import { loaderPolicyOf } from './loader-policy.js';
import type { PreparedRepository } from './repositories.js';
import { withSolutionDevices } from './solution-devices.js';
import type { Solves } from './solve-cache.js';
import { nextState, type SystemState } from './system-state.js';

/** Violations of one kind that a document lists; all are counted. */
const violationsMax = 20;

/** A repository as one scenario sees it. */
export type ScenarioRepository = PreparedRepository & { readonly priority: number };

export interface ScenarioContext {
  /** Under the names the scenario gives them. */
  readonly repositories: ReadonlyMap<string, ScenarioRepository>;
  readonly hardware: HardwareProfile | null;
  readonly solves: Solves;
  readonly onStep: (name: string) => void;
}

/** Runs the steps of a scenario one after the other, each from the state the one before left. */
export async function runScenario(file: ScenarioFile, context: ScenarioContext): Promise<ScenarioResult> {
  const { scenario } = file;
  let state = initialState(file, context);
  let devices: readonly AuditableDevice[] = context.hardware?.devices ?? [];
  let root = context.hardware?.root ?? null;
  const policy = loaderPolicyOf(scenario.scheme, scenario.loader);
  const steps: StepResult[] = [];
  for (const step of scenario.steps) {
    context.onStep(step.name);
    for (const [name, device] of Object.entries(step.replaceDevices)) {
      devices = replaceDevice(devices, name, device);
      root =
        root === null ? null : { ...root, devices: root.devices.map((need) => (need === name ? device.name : need)) };
    }
    const { result, after } = await runStep(step, { state, devices, root, policy }, context);
    steps.push(result);
    state = after;
  }
  return {
    id: file.id,
    file: file.file,
    question: scenario.question,
    answer: answerOf(steps),
    status: statusOf(steps),
    error: null,
    hardware: scenario.hardware ?? null,
    scheme: scenario.scheme,
    kernels: [...new Set(Object.values(scenario.repositories).flatMap(({ kernels }) => kernels))],
    steps,
    rerun: `kmplab run ${file.file}`,
  };
}

function initialState({ scenario }: ScenarioFile, { repositories }: ScenarioContext): SystemState {
  if (scenario.installed === undefined) return [];
  const { repository, names } = scenario.installed;
  const payloads = [...(repositories.get(repository)?.payloads.values() ?? [])];
  if (names === 'all') return payloads;
  return payloads.filter(({ package: pkg }) => names.includes(pkg.name));
}

/** A machine between two steps. */
interface MachineBetween {
  readonly state: SystemState;
  readonly devices: readonly AuditableDevice[];
  readonly root: RootNeeds | null;
  readonly policy: LoaderPolicy;
}

async function runStep(
  step: ScenarioStep,
  { state: before, devices, root, policy }: MachineBetween,
  { repositories, solves }: ScenarioContext,
): Promise<{ result: StepResult; after: SystemState }> {
  const reachable = step.repositories.map((name) => {
    const repository = repositories.get(name);
    invariant(repository !== undefined, `repository ${name} was not prepared`);
    return { name, ...repository };
  });
  const modaliases = devices.map(({ modalias }) => modalias);
  const identity = {
    installed: before.map(({ package: pkg }) => nevra(pkg)),
    repositories: reachable.map(({ name, priority, summary }) => [name, priority, summary.repomdSha256]),
    modaliases,
  };
  const input = async (): Promise<MachineInput> => ({
    arch: 'x86_64',
    installed: await installedSolv(before.map(({ package: pkg }) => pkg)),
    repositories: reachable.map(({ name, solv, priority }) => ({ name, data: { solv }, priority })),
    modaliases,
  });
  const { solved, phases } = await solves.solve(identity, input, step.request);
  const offered = new Map(reachable.flatMap(({ payloads }) => [...payloads]));
  const after = nextState(before, solved.result, offered);
  const violations = verify(
    after.map(({ package: pkg }) => pkg),
    isMultiversion,
  );
  const auditOf = (installed: SystemState): Audit =>
    audit({ installed, offered: [...offered.values()], devices: devices.filter(needsDriver), policy, root });
  const observed = {
    name: step.name,
    request: requestText(step.request),
    outcome: withSolutionDevices(
      solved,
      () => auditOf(before),
      (result) => auditOf(nextState(before, result, offered)),
    ),
    counters: solved.counters,
    phases: [...phases],
    violations: firstOfEachKind(violations),
    violationsTotal: violations.length,
    audit: auditOf(after),
  };
  return { result: { ...observed, expectations: judgeExpectations(step.expect, observed) }, after };
}

/** Where a profile says that nothing drives a device, no kernel module is missed. Where it does not say, one may be. */
function needsDriver({ drivers }: AuditableDevice): boolean {
  return drivers === undefined || drivers.length > 0;
}

function isMultiversion({ provides }: RpmPackage): boolean {
  return provides.some(({ name }) => name === multiversionCapability);
}

/** Some of each kind, so that one kind does not hide another. */
function firstOfEachKind(violations: readonly Violation[]): Violation[] {
  const kinds = [...new Set(violations.map(({ kind }) => kind))];
  return kinds.flatMap((kind) => violations.filter((violation) => violation.kind === kind).slice(0, violationsMax));
}
