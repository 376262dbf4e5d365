import type { Audit, AuditedInitrd, AuditedKernel, ExpectationResult } from '#run-document';
import type { KernelAuditExpectation } from '#scenario';
import { equal, noKernel, within } from './judgement.js';

const counts = ['loadable', 'refused', 'weakUpdates', 'shadowed'] as const;
const groups = ['refusals', 'taints'] as const;

/** Holds what one kernel makes of its kernel modules and devices against what is expected of it. */
export function judgeKernel(
  prefix: string,
  expected: KernelAuditExpectation,
  audit: Audit,
  release: string | null,
): ExpectationResult[] {
  const kernel = audit.kernels.find((kernel) => kernel.release === release);
  const results: ExpectationResult[] = counts.flatMap((key) =>
    within(`${prefix}.${key}`, expected[key], kernel?.[key] ?? noKernel),
  );
  for (const group of groups) {
    const found: Readonly<Record<string, number>> = kernel?.[group] ?? {};
    for (const [key, want] of Object.entries(expected[group] ?? {}))
      results.push(...within(`${prefix}.${group}.${key}`, want, found[key] ?? noKernel));
  }
  results.push(...judgeInitrd(`${prefix}.initrd`, expected.initrd ?? {}, kernel?.initrd ?? null));
  results.push(...equal(`${prefix}.root`, expected.root, rootState(kernel)));
  for (const [which, state] of Object.entries(expected.devices ?? {})) {
    const states = statesOf(which, audit, release);
    results.push({
      aspect: `${prefix}.devices.${which}`,
      expected: { is: state },
      found: states.length === 0 ? { absent: 'device' } : { names: states, of: states.length },
      passed: states.length > 0 && states.every((one) => one === state),
    });
  }
  return results;
}

function judgeInitrd(
  prefix: string,
  { kernelModules, made, lacks, keeps }: NonNullable<KernelAuditExpectation['initrd']>,
  found: AuditedInitrd | null,
): ExpectationResult[] {
  const noInitrd = { absent: 'initrd' } as const;
  const differences = (
    aspect: string,
    wanted: readonly string[] | undefined,
    there: AuditedInitrd['lacks'] | undefined,
  ) => {
    if (wanted === undefined) return [];
    const missing = wanted.filter((name) => there?.names.includes(name) !== true);
    const names = there === undefined ? noInitrd : { names: there.names, of: there.total };
    const passed = there !== undefined && (wanted.length === 0 ? there.total === 0 : missing.length === 0);
    return [{ aspect: `${prefix}.${aspect}`, expected: { all: [...wanted] }, found: names, passed }];
  };
  return [
    ...within(`${prefix}.kernelModules`, kernelModules, found?.kernelModules ?? noInitrd),
    ...equal(`${prefix}.made`, made, found?.made ?? noInitrd),
    ...differences('lacks', lacks, found?.lacks),
    ...differences('keeps', keeps, found?.keeps),
  ];
}

function rootState(kernel: AuditedKernel | undefined): Parameters<typeof equal>[2] {
  if (kernel === undefined) return noKernel;
  const needs = kernel.root;
  if (needs === null) return { absent: 'rootNeeds' };
  return needs.every(({ state }) => state === 'ready') ? 'mounted' : 'notMounted';
}

/** States under a kernel of all devices, of those of a class, or of the one of that name. */
function statesOf(which: string, { devices }: Audit, release: string | null): string[] {
  const lines = devices.filter(({ kernel }) => kernel === release);
  const chosen = lines.filter((line) => which === '*' || line.class === which || line.device === which);
  return [...new Set(chosen.map(({ state }) => state))];
}
