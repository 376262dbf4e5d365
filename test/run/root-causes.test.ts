import { describe, expect, it } from 'vitest';
import type { RootCause } from '#run-document';
import { rootCausesOf } from '../../src/run/scenario/root-causes.js';
import { runDocument } from '../support/run-document.js';

const none = { problems: 0, packages: 0, direct: 0, through: 0, scenarios: [] };

describe('root causes of a run', () => {
  it('put together what several scenarios fail for, and order it by what it stops', () => {
    const { scenarios } = runDocument();
    const [first] = scenarios;
    if (first === undefined) throw new Error('no scenario');
    const again = scenarios.map((scenario) => ({ ...scenario, id: `${scenario.id} again` }));
    const { first: causes, total } = rootCausesOf([...scenarios, ...again]);
    expect(total).toBe(2);
    expect(causes.map(({ cause }) => cause.kind)).toEqual(['symbol', 'clash']);
    // Kernel modules are the same ones in every step; problems are not.
    expect(causes[0]).toMatchObject({ cause: { symbol: 'skb_put' }, direct: 412, through: 230 });
    expect(causes[1]).toMatchObject({
      problems: 2,
      packages: 2,
      scenarios: ['driver-only-update', 'driver-only-update again'],
    });
  });

  it('keep the audit in which a symbol refuses most', () => {
    const [scenario] = runDocument().scenarios;
    const [step] = scenario?.steps ?? [];
    if (scenario === undefined || step === undefined) throw new Error('no step');
    const cause = (direct: number): RootCause => ({
      ...none,
      cause: { kind: 'symbol', symbol: 's', kernel: 'k' },
      direct,
    });
    const audited = (direct: number) => {
      const [kernel] = step.audit.kernels;
      if (kernel === undefined) throw new Error('no kernel');
      const symbolRefusals = { kernelModules: direct, causes: { first: [cause(direct)], total: 1 } };
      return { ...step, audit: { ...step.audit, kernels: [{ ...kernel, symbolRefusals }] } };
    };
    const { first } = rootCausesOf([{ ...scenario, steps: [audited(3), audited(9), audited(4)] }]);
    expect(first).toEqual([{ ...cause(9), scenarios: [scenario.id] }]);
  });
});
