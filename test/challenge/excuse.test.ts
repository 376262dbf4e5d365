import { expect, test } from 'vitest';
import { type Payload, payloadFinder } from '#audit';
import { promisesOfDesign, situationOf } from '#challenge';
import type { KernelBuild } from '#kernel';
import { packageBuilds } from '#packaging';
import type { Evidence, StepResult } from '#run-document';
import { scenarioSchema } from '#scenario';
import { smallHistoryBuilds } from '../support/small-history.js';

const { one, two } = smallHistoryBuilds;
const packaged = (build: KernelBuild): Payload[] =>
  packageBuilds('modular', [build], { patterns: false }).packages.map(payloadFinder(build));
const vendors: Payload[] = packaged(one).flatMap((payload) =>
  payload.package.name.startsWith('r8152')
    ? [{ ...payload, package: { ...payload.package, name: 'acme-kmp-default', vendor: 'Acme' } }]
    : [],
);

function judged(evidence: Evidence[], { locked = false, reachable = packaged(two), came = [] as string[] }) {
  const steps = came.map((nevra) => ({ type: 'install' as const, nevra, replaces: [], downloadBytes: 0 }));
  const device = { device: 'nic', class: 'network', modalias: 'usb:v0BDAp8152d3000', kernel: two.release };
  const step = {
    outcome: { status: 'solved', steps, recommendedNotInstalled: [], orphaned: [], unknown: [] },
    audit: { devices: [{ ...device, state: 'notInstalled', kernelModules: [] }] },
    promises: [{ promise: 'drivenStaysDriven', status: 'broken', total: evidence.length, evidence }],
  };
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- of an audit excuses read devices alone
  return promisesOfDesign({ step: step as unknown as StepResult, locked, reachable })[0];
}

const lost: Evidence = { kind: 'device', device: 'nic', kernel: two.release, state: 'notInstalled' };
const other: Evidence = { kind: 'kernelCame', kernel: one.release };
const excused = (why: string) => ({ promise: 'drivenStaysDriven', status: 'notApplicable', why });

test('a driver that nobody has built for the kernel is no fault of the design', () => {
  expect(judged([lost], {})).toMatchObject({ status: 'broken' });
  expect(judged([lost], { reachable: packaged(one) })).toEqual(excused('notBuilt'));
  const vendorAlone = packaged(two).map((payload) =>
    payload.package.name.startsWith('r8152')
      ? { ...payload, package: { ...payload.package, vendor: 'Acme' } }
      : payload,
  );
  expect(judged([lost], { reachable: vendorAlone })).toEqual(excused('notBuilt'));
});

test('nor is one whose helper nobody has published', () => {
  const needing = packaged(two).map((payload) => {
    const modules = payload.modules.map((file) => {
      const depends = file.kernelModule.name === 'r8152' ? ['usbcore'] : [];
      return { ...file, kernelModule: { ...file.kernelModule, depends } };
    });
    return { ...payload, modules };
  });
  expect(judged([lost], { reachable: needing })).toMatchObject({ status: 'broken' });
  const without = needing.filter(({ package: pkg }) => !pkg.name.startsWith('usbcore'));
  expect(judged([lost], { reachable: without })).toEqual(excused('notBuilt'));
});

test('what is locked does not come, under any design', () => {
  expect(judged([lost], { locked: true })).toEqual(excused('locked'));
  expect(judged([other], { locked: true })).toMatchObject({ status: 'broken' });
});

test('a kernel that comes for a vendor’s package is the vendor’s, one that comes for nobody is the design’s', () => {
  const reachable = [...packaged(one), ...packaged(two), ...vendors];
  const [acme] = vendors;
  const { name = '', evr, arch = '' } = acme?.package ?? {};
  const came = [`${name}-${evr?.version ?? ''}-${evr?.release ?? ''}.${arch}`];
  expect(judged([other], { reachable, came })).toEqual(excused('vendor'));
  expect(judged([other], { reachable })).toMatchObject({ status: 'broken' });
  expect(judged([{ ...other, kernel: two.release }], { reachable, came })).toMatchObject({ status: 'broken' });
});

test('only what has an excuse is left out', () => {
  const found = judged([lost, other], { locked: true });
  expect(found).toEqual({ promise: 'drivenStaysDriven', status: 'broken', total: 1, evidence: [other] });
});

test('a setting that is stated replaces the locks before it', () => {
  const step = (name: string, system?: object) => ({ name, request: { verb: 'up' }, repositories: [], system });
  const scenario = scenarioSchema.parse({
    question: 'Which locks hold?',
    repositories: { base: { kernels: ['k'] } },
    system: { locks: ['kernel-default'] },
    steps: [step('first'), step('second', { locks: [] }), step('third', { zyppConf: {} })],
  });
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- nothing of the step is read
  const locked = (index: number) => situationOf(scenario, index, {} as StepResult, new Map()).locked;
  expect([locked(0), locked(1), locked(2)]).toEqual([true, false, false]);
});
