import { beforeAll, describe, expect, it } from 'vitest';
import { loadBuiltinHardware } from '#hardware';
import { type KernelBuild, loadBuiltinKernel } from '#kernel';
import { packageBuilds } from '#packaging';
import { nevra, type RpmPackage } from '#rpm';
import { loadLibsolv, solve, solveAndTellWhy } from '#solve';
import { fullRequest } from '../../support/machine.js';
import { changedImports, moduleOf, realInput, solvePackages } from '../../support/real-machine.js';
import { firstOf, onlyProblem, statements } from '../../support/reasons.js';
import { answered } from '../../support/why.js';
import { breaches, type Truth } from '../../support/why-truth.js';

let older: KernelBuild;
let newer: KernelBuild;
const packagesOf = (build: KernelBuild): readonly RpmPackage[] =>
  packageBuilds('modular', [build], { patterns: false }).packages;

beforeAll(async () => {
  older = await loadBuiltinKernel('debian-6.1.0-52-amd64');
  newer = await loadBuiltinKernel('debian-6.1.0-53-amd64');
}, 120_000);

describe('why, on a real build and a real laptop', { timeout: 120_000 }, () => {
  it('every chain leads from a kernel module to the hardware or the request, link by link', async () => {
    const { devices } = await loadBuiltinHardware('laptop-e1000e');
    const modaliases = devices.map(({ modalias }) => modalias);
    const offered = packagesOf(older);
    const input = realInput({ installed: [], repositories: { base: offered }, modaliases });
    const request = fullRequest({ verb: 'in', names: ['kernel-default'] });
    const libsolv = await loadLibsolv();
    const solved = solve(libsolv, input, request);
    const truth: Truth = {
      all: new Map(offered.map((pkg) => [nevra(pkg), pkg])),
      before: new Set(),
      after: new Set(solved.result?.map((pkg) => pkg.nevra)),
      asked: request.names,
      locks: [],
      modaliases,
    };
    expect(truth.after.size).toBeGreaterThan(80);
    // Drivers of devices, and what they need at several removes; then one that this laptop has no use for.
    const names = ['e1000e', 'usbcore', 'usb-common', 'nvme-core', 'ecc', 'cfg80211', 'tg3'].map(
      (name) => `${name}-kmp-default`,
    );
    for (const name of names) {
      const { packages } = answered(solveAndTellWhy(libsolv, input, request, name)).why;
      expect([name, packages.length]).toEqual([name, 1]);
      for (const told of packages) {
        expect(breaches(told, truth)).toEqual([]);
        expect(told.state).toBe(name.startsWith('tg3') ? 'absent' : 'comes');
      }
    }
    libsolv.dispose();
  });
});

describe('a locked kernel, on real builds', { timeout: 120_000 }, () => {
  it('is named as what keeps the next driver out, with what changed between the builds', async () => {
    const installed = packagesOf(older).filter(({ name }) =>
      ['kernel-default', 'e1000e-kmp-default', 'ptp-kmp-default', 'pps_core-kmp-default'].includes(name),
    );
    const request = { verb: 'in', names: ['e1000e-kmp-default'] } as const;
    const { outcome } = await solvePackages(installed, { update: packagesOf(newer) }, request, ['kernel-default']);
    const { reasons, kabi, solutions } = onlyProblem(outcome);
    const [kernel] = packagesOf(newer).filter(({ name }) => name === 'kernel-default');
    expect(statements(reasons)[0]).toMatchObject({
      kind: 'asked',
      asker: { kind: 'request', verb: 'in', name: 'e1000e-kmp-default' },
      what: expect.stringMatching(/^e1000e-kmp-default-6\.1\.187/),
    });
    expect(firstOf(reasons, 'locked')).toEqual({ kind: 'locked', holds: 'out', what: kernel && nevra(kernel) });
    const e1000e = moduleOf(newer, 'e1000e');
    const { changed, missing } = changedImports(e1000e, older);
    expect(firstOf(reasons, 'requires').dependenciesTotal).toBe(changed.length + missing.length);
    expect(kabi).toMatchObject([
      {
        symbols: e1000e.imports.length,
        builtFor: newer.release,
        lastCompatible: newer.release,
        notFor: [{ kernel: older.release, relation: 'older', changed: changed.length, missing: missing.length }],
      },
    ]);
    const unlocking = solutions.find(({ elements }) =>
      elements.some((element) => element.kind === 'job' && element.asker.kind === 'lock'),
    );
    const effect = unlocking?.effect;
    expect(effect?.status === 'solved' && effect.steps.map((step) => step.nevra)).toContain(kernel && nevra(kernel));
  });
});
