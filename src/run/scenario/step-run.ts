import { auditMachine } from '#audit';
import { invariant } from '#errors';
import type { StepResult, Violation } from '#run-document';
import { requestText, type ScenarioStep } from '#scenario';
import { type InstalledPackage, isMultiversion, type MachineInput, verify } from '#solve';
import type { PreparedRepository } from '../repository/repositories.js';
import type { Solves } from '../solve-cache.js';
import type { AuditScope } from './audit-scope.js';
import { judgeExpectations } from './expectations.js';
import { initrdSituation } from './initrds.js';
import { installedSolv } from './installed-solv.js';
import { loaderPolicyOf } from './loader-policy.js';
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
  const { zyppConf = {}, locks } = before.settings;
  const machine: MachineInput = {
    arch: 'x86_64',
    modaliases: before.devices.map(({ modalias }) => modalias),
    zyppConf,
    locks,
    autoInstalled: before.autoInstalled,
    running: unameOf(before),
    installed: await installedSolv(before.installed.map(({ package: pkg }) => pkg)),
    repositories: reachable.map(({ name, solv, priority, patches }) => ({ name, data: { solv }, priority, patches })),
  };
  const { solved, phases } = await solves.solve(machine, step.request);
  const payloads = new Map(reachable.map(({ name, payloads: offered }) => [name, offered]));
  const stateAfter = (result: readonly InstalledPackage[]): SystemState =>
    nextState(before.installed, result, (pkg) => payloads.get(pkg.repository)?.get(pkg.nevra));
  const policy = loaderPolicyOf(scheme, before.loader);
  const auditOf = (state: SystemState, causes = false) =>
    auditMachine({
      installed: state,
      offered: reachable.flatMap(({ payloads: offered }) => [...offered.values()]),
      ...scope(before),
      policy,
      causes,
      initrd: initrdSituation(before, state, { repositories, scheme, dracut: step.dracut }),
    });
  const installed = stateAfter(solved.result);
  const violations = verify(
    installed.map(({ package: pkg }) => pkg),
    (pkg) => isMultiversion(pkg, zyppConf),
  );
  const { audit: audited, initrds } = auditOf(installed, true);
  const observed = {
    name: step.name,
    request: requestText(step.request),
    outcome: withSolutionDevices(
      solved,
      () => auditOf(before.installed).audit,
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
      audit: audited,
      repositories: reachable.map(({ summary }) => summary),
    }),
  };
  return {
    result: { ...observed, expectations: judgeExpectations(step.expect, observed) },
    after: {
      ...before,
      installed,
      autoInstalled: solved.autoInstalled,
      initrds,
      booted: before.booted ?? newestKernel(installed),
    },
  };
}

/** Some of each kind, so that one kind does not hide another. */
function firstOfEachKind(violations: readonly Violation[]): Violation[] {
  const kinds = [...new Set(violations.map(({ kind }) => kind))];
  return kinds.flatMap((kind) => violations.filter((violation) => violation.kind === kind).slice(0, violationsMax));
}
