import { describe, expect, test } from 'vitest';
import { causeKey, causeOf } from '../../src/challenge/cause.js';
import { drawPlan } from '../../src/challenge/draw.js';
import { distinct, type Find } from '../../src/challenge/find.js';
import type { Kit, Plan } from '../../src/challenge/plan.js';
import { isSound, shrunk } from '../../src/challenge/shrink.js';

const kit: Kit = {
  profile: 'laptop-e1000e',
  kernelModules: ['e1000e', 'ext4', 'tg3'],
  tools: [{ name: 'e2fsprogs', kernelModules: ['ext4'], how: 'recommends' }],
  spare: { out: 'Wired network card', device: { name: 'Other card', class: 'network', modalias: 'pci:x' } },
};
const line = Array.from({ length: 12 }, (_, index) => `kernel-${index + 1}`);
const from = { kits: [kit], lines: [line], requests: 6 };

describe('histories', () => {
  const plans = Array.from({ length: 300 }, (_, index) => drawPlan(from, 1, index));

  test('a number and a seed are one history', () => {
    expect(drawPlan(from, 1, 7)).toEqual(plans[7]);
    expect(drawPlan(from, 2, 7)).not.toEqual(plans[7]);
    expect(new Set(plans.map((plan) => JSON.stringify(plan))).size).toBe(plans.length);
  });

  test('speak only of what is there, and what was published stays published', () => {
    for (const plan of plans) {
      expect(isSound(plan)).toBe(true);
      const places = plan.steps.map(({ kernel }) => plan.kernels.indexOf(kernel));
      expect(places).toEqual([...places].sort((a, b) => a - b));
      expect(plan.steps).toHaveLength(6);
      expect(plan.steps[0]?.request).toMatchObject({ verb: 'in', subject: { kind: 'kernel' } });
    }
  });

  test('have everything that can happen, channels of one kernel and of ten among it', () => {
    const seen = (is: (plan: Plan) => boolean): number => plans.filter(is).length;
    const step = (is: (one: Plan['steps'][number]) => boolean) => seen(({ steps }) => steps.slice(1).some(is));
    for (const verb of ['in', 'up', 'dup', 'inr', 'rm', 'patch', 'purge-kernels'])
      expect(step(({ request }) => request.verb === verb)).toBeGreaterThan(20);
    for (const state of ['withoutDriver', 'withoutKernel'])
      expect(step(({ refresh }) => refresh.state === state)).toBeGreaterThan(20);
    expect(step(({ lock }) => lock !== null)).toBeGreaterThan(20);
    expect(step(({ rebuilt }) => rebuilt !== null)).toBeGreaterThan(20);
    expect(step(({ swap }) => swap)).toBeGreaterThan(20);
    expect(seen(({ vendor }) => vendor !== null)).toBeGreaterThan(20);
    expect(seen(({ kernels }) => kernels.length === 1)).toBeGreaterThan(20);
    expect(seen(({ kernels }) => kernels.length === 10)).toBeGreaterThan(0);
  });
});

describe('the smallest history', () => {
  test('has what breaks the promise and nothing else', async () => {
    const plan = Array.from({ length: 300 }, (_, index) => drawPlan(from, 3, index)).find(
      ({ steps, kernels, vendor }) =>
        kernels.length > 2 && vendor !== null && steps.some(({ request }) => request.verb === 'dup'),
    );
    if (plan === undefined) throw new Error('no history with dup');
    const isBroken = ({ steps, kit: { kernelModules } }: Plan): Promise<boolean> =>
      Promise.resolve(kernelModules.includes('e1000e') && steps.some(({ request }) => request.verb === 'dup'));
    const small = await shrunk(plan, isBroken);
    expect(small).toMatchObject({ vendor: null, patches: false, kit: { kernelModules: ['e1000e'], tools: [] } });
    expect(small.kernels).toHaveLength(1);
    expect(small.steps.map(({ request }) => request.verb)).toEqual(['in', 'dup']);
    expect(small.steps[1]).toMatchObject({ refresh: { state: 'whole' }, rebuilt: null, swap: false, lock: null });
  });

  test('stays as it is where everything is needed', async () => {
    const plan = drawPlan(from, 1, 1);
    expect(await shrunk(plan, (one) => Promise.resolve(JSON.stringify(one) === JSON.stringify(plan)))).toEqual(plan);
  });
});

describe('causes', () => {
  const plan: Plan = {
    ...drawPlan(from, 1, 1),
    kit: { ...kit, tools: [] },
    kernels: ['kernel-1'],
    vendor: null,
    steps: [],
  };
  const broken = (device: string) => ({
    step: 0,
    promise: 'drivenStaysDriven' as const,
    request: 'up kernel',
    evidence: [{ kind: 'device' as const, device, kernel: '6.1', state: 'notInstalled' as const }],
    died: null,
  });

  test('are the same whatever the device is called, and another one with a vendor', () => {
    const one = causeOf(plan, broken('Network card'));
    expect(causeKey(causeOf(plan, broken('Disk')))).toBe(causeKey(one));
    const vendor = { like: 'e1000e', replaces: false, lag: 0 };
    expect(causeKey(causeOf({ ...plan, vendor }, broken('Disk')))).not.toBe(causeKey(one));
  });

  test('have one find each, that of the first history', () => {
    const find = (history: number): Find => ({
      design: 'modular',
      seed: 1,
      history,
      cause: causeOf(plan, broken('Disk')),
      broken: broken('Disk'),
      document: { steps: [] },
      size: { requests: 1, kernels: 1, kernelModules: 1 },
      why: null,
    });
    expect(distinct([find(9), find(4), find(5)]).map(({ history }) => history)).toEqual([4]);
  });
});
