import { auditMachine } from '#audit';
import { invariant } from '#errors';
import { parseSchemeText } from '#packaging';
import { judgePromises } from '#promise';
import type { Outcome, StepFacts, StepResult, Violation } from '#run-document';
import { requestText, type ScenarioStep } from '#scenario';
import { type InstalledPackage, isMultiversion, type MachineInput, verify } from '#solve';
import { askedNames } from '../facts/asked.js';
import { changeFacts } from '../facts/facts.js';
import type { PreparedRepository } from '../repository/repositories.js';
import type { Solves } from '../solve-cache.js';
import type { AuditScope } from './audit-scope.js';
import { judgeExpectations } from './expectations.js';
import { initrdSituation } from './initrds.js';
import { installedSolv } from './installed-solv.js';
import { loaderPolicyOf } from './loader-policy.js';
import { machineArch } from './machine-arch.js';
import { type MachineState, newestKernel, unameOf } from './machine-state.js';
import { withSolutionDevices } from './solution-devices.js';
import { stepCosts } from './step-costs.js';
import { nextState, type SystemState } from './system-state.js';

/** Violations of one kind that a document lists; all are counted. */
const violationsMax = 20;

/** A repository as one scenario sees it. */
export type ScenarioRepository = PreparedRepository & {
  readonly priority: number;
  /** Kind of each update it publishes, by name. */
  readonly patches?: Readonly<Record<string, string>>;
};

export interface StepContext {
  /** Under the names the scenario gives them. */
  readonly repositories: ReadonlyMap<string, ScenarioRepository>;
  readonly solves: Solves;
  /** The scheme of the kernel packages, which decides how a machine with them loads kernel modules. */
  readonly scheme: string;
  readonly scope: AuditScope;
}

/** One request on one machine: solved, verified, audited, and held against what it should lead to. */
export async function runStep(
  step: ScenarioStep,
  before: MachineState,
  { repositories, solves, scheme, scope }: StepContext,
): Promise<{ result: StepResult; after: MachineState }> {
  const reachable = step.repositories.map((name) => {
    const repository = repositories.get(name);
    invariant(repository !== undefined, `repository ${name} was not prepared`);
    return { name, ...repository };
  });
  const { zyppConf = {} } = before.settings;
  const { solved, phases } = await solves.solve(await machineInput(before, reachable), step.request);
  const payloads = new Map(reachable.map(({ name, payloads: offered }) => [name, offered]));
  const stateAfter = (result: readonly InstalledPackage[]): SystemState =>
    nextState(before.installed, result, (pkg) => payloads.get(pkg.repository)?.get(pkg.nevra));
  const policy = loaderPolicyOf(scheme, before.loader);
  const offered = reachable.flatMap((one) => [...one.payloads.values()]);
  const auditOf = (state: SystemState, { causes = false, dracut = step.dracut } = {}) =>
    auditMachine({
      installed: state,
      offered,
      ...scope(before),
      policy,
      causes,
      initrd: initrdSituation(before, state, { repositories, scheme, dracut }),
    });
  const { audit: auditBefore } = auditOf(before.installed, { dracut: false });
  const installed = stateAfter(solved.result);
  const violations = verify(
    installed.map(({ package: pkg }) => pkg),
    (pkg) => isMultiversion(pkg, zyppConf),
  );
  const { audit: audited, initrds } = auditOf(installed, { causes: true });
  const observed = {
    name: step.name,
    request: requestText(step.request),
    outcome: withSolutionDevices(
      solved,
      () => auditBefore,
      (result) => auditOf(stateAfter(result)).audit,
    ),
    counters: solved.counters,
    phases: [...phases],
    violations: firstOfEachKind(violations),
    violationsTotal: violations.length,
    audit: audited,
    costs: await stepCosts({
      before: before.installed,
      after: installed,
      outcome: solved.outcome,
      audit: audited,
      downloadBytes: solved.counters.downloadBytes,
      repositories: reachable.map(({ summary }) => summary),
    }),
  };
  const after = {
    ...before,
    installed,
    autoInstalled: solved.autoInstalled,
    initrds,
    booted: before.booted ?? newestKernel(installed),
  };
  const facts: StepFacts = {
    ...changeFacts(
      {
        verb: step.request.verb,
        names: askedNames(step.request.names, { offered, installed: before.installed }),
        before: before.installed,
        after: installed,
        devices: before.devices,
        policy,
        nextBoot: audited.nextBoot,
      },
      auditBefore,
    ),
    isMonolithic: parseSchemeText(scheme).name === 'monolithic',
    again: await againAfter(observed.outcome, async () =>
      solves.again(await machineInput(after, reachable), step.request),
    ),
    monolithic: null,
    metadataBytes: reachable.reduce((sum, { summary }) => sum + summary.primaryGzipBytes, 0),
  };
  const promises = judgePromises({ ...observed, facts });
  return { result: { ...observed, expectations: judgeExpectations(step.expect, observed), facts, promises }, after };
}

/** A machine as libsolv gets it. */
async function machineInput(
  state: MachineState,
  reachable: readonly (ScenarioRepository & { readonly name: string })[],
): Promise<MachineInput> {
  const { settings, devices, autoInstalled, installed } = state;
  const { zyppConf = {}, locks } = settings;
  return {
    arch: machineArch(
      installed,
      reachable.flatMap(({ payloads }) => [...payloads.values()]),
    ),
    modaliases: devices.map(({ modalias }) => modalias),
    zyppConf,
    locks,
    autoInstalled,
    running: unameOf(state),
    installed: await installedSolv(installed.map(({ package: pkg }) => pkg)),
    repositories: reachable.map(({ name, solv, priority, patches }) => ({ name, data: { solv }, priority, patches })),
  };
}

/** What was done once: a request that was refused is not repeated, and one that changed nothing would be the same again. */
async function againAfter(outcome: Outcome, again: () => Promise<StepFacts['again']>): Promise<StepFacts['again']> {
  if (outcome.status === 'unsolvable') return null;
  return outcome.steps.length === 0 ? { status: 'solved', steps: 0 } : again();
}

/** Some of each kind, so that one kind does not hide another. */
function firstOfEachKind(violations: readonly Violation[]): Violation[] {
  const kinds = [...new Set(violations.map(({ kind }) => kind))];
  return kinds.flatMap((kind) => violations.filter((violation) => violation.kind === kind).slice(0, violationsMax));
}
