import { describe, expect, it } from 'vitest';
import { type Payload, payloadFinder } from '#audit';
import type { KernelBuild } from '#kernel';
import { packageBuilds } from '#packaging';
import type { AskedName } from '#run-document';
import { askedNames } from '../../src/run/facts/asked.js';
import { changeFacts } from '../../src/run/facts/facts.js';
import { policyOf } from '../../src/run/history/next-boot.js';
import { smallHistoryBuilds } from '../support/small-history.js';

const { one, two } = smallHistoryBuilds;

/** The packages of a build under `modular`: kernel-default, and usbcore, r8152, which needs it, and nvme. */
function packaged(build: KernelBuild): Payload[] {
  return packageBuilds('modular', [build], { patterns: false }).packages.map(payloadFinder(build));
}

const [first, second] = [packaged(one), packaged(two)];
const card = { name: 'nic', class: 'network', modalias: 'usb:v0BDAp8152d3000' };
const disk = { name: 'disk', class: 'storage', modalias: 'pci:v0000144Dd0000A808sv0sd0bc01sc08i02' };
const kernelAsked: AskedName = { name: 'kernel-default', means: 'kernel', installed: false, kernel: two.release };

function named(payloads: readonly Payload[], ...names: string[]): Payload[] {
  return payloads.filter(({ package: pkg }) =>
    names.some((name) => pkg.name === name || pkg.name === `${name}-kmp-default`),
  );
}

function facts(before: readonly Payload[], after: readonly Payload[], changes: object = {}) {
  const nextBoot = after.findLast(({ kernel }) => kernel !== null)?.kernel?.release ?? null;
  const input = {
    verb: 'in',
    names: [kernelAsked],
    before,
    after,
    devices: [card, disk],
    policy: policyOf('modular'),
    nextBoot,
    ...changes,
  };
  return changeFacts(input, { devices: [], nextBoot: null });
}

const nevras = (list: { readonly first: readonly { readonly package: string; readonly why?: string }[] }) =>
  list.first
    .map(({ package: name, why }) => `${name.replace(/-6\.1.*|-kmp-default.*/, '')} ${why ?? ''}`.trim())
    .sort();

describe('the facts of a step', () => {
  it('know what devices ask for, and what that needs', () => {
    const { came } = facts([], second);
    expect(came).toMatchObject({ kernels: [two.release], otherKernels: [], drivers: 3, unasked: { total: 0 } });
  });

  it('tell what no device matches and nothing needs', () => {
    // Without the card nothing asks for its driver, nor for what that needs; the kernel alone is no reason.
    expect(nevras(facts([], second, { devices: [disk] }).came.unasked)).toEqual(['r8152 nobody', 'usbcore nobody']);
  });

  it('tell a kernel beside the one that was asked for, and its drivers', () => {
    const { came } = facts([], [...first, ...second]);
    expect(came.kernels).toEqual([two.release, one.release]);
    expect(came.otherKernels).toEqual([one.release]);
    expect(nevras(came.unasked)).toEqual(
      ['kernel-default', 'nvme', 'r8152', 'usbcore'].map((name) => `${name} otherKernel`),
    );
  });

  it('tell that nobody who repairs asks for a kernel', () => {
    const { came } = facts(first, [...first, ...second], { verb: 'inr', names: [] });
    expect(came.otherKernels).toEqual([two.release]);
  });

  it('tell what a kernel leaves behind that no other kernel loads', () => {
    const stays = named(first, 'usbcore', 'nvme', 'r8152');
    const { went } = facts(first, [...stays, ...named(second, 'kernel-default')], { verb: 'rm' });
    expect(went.kernels).toEqual([one.release]);
    // The new kernel loads usbcore and nvme through links; r8152 imports a checksum that it does not have.
    expect(went.left.first.map((name) => name.replace(/-kmp.*/, ''))).toEqual(['r8152']);
    // With drivers of its own it links none of the old ones.
    expect(facts(first, [...stays, ...second], { verb: 'rm' }).went.left.total).toBe(3);
  });

  it('tell a driver that the next boot does not load', () => {
    const asked = [{ ...kernelAsked, name: 'r8152-kmp-default', means: 'kernelModules', kernel: null }];
    const after = [...first, ...named(second, 'r8152')];
    const { came } = facts(first, after, { verb: 'up', names: asked, nextBoot: one.release });
    expect(nevras(came.unused)).toEqual(['r8152']);
  });

  const asked = [{ ...kernelAsked, name: 'r8152-kmp-default', means: 'kernelModules', kernel: null }];
  /** A vendor's driver of the card, which stands before the kernel's own. */
  const acme = named(second, 'r8152').map((payload): Payload => {
    const pkg = { ...payload.package, name: 'acme-kmp-default', vendor: 'Acme' };
    const modules = payload.modules.map((file) => {
      const kernelModule = { ...file.kernelModule, inTree: false };
      return { ...file, path: `updates/${file.path.slice('kernel/'.length)}`, package: pkg, kernelModule };
    });
    return { ...payload, package: pkg, modules };
  });

  it('take the kernel’s own driver for used where a vendor’s stands before it', () => {
    const before = named(second, 'kernel-default', 'usbcore');
    const own = named(second, 'r8152');
    const { came } = facts([...before, ...acme], [...before, ...acme, ...own], { names: asked });
    expect(came.unused.total).toBe(0);
  });

  it('tell that a vendor’s driver is back, or another build of it still there', () => {
    const others = acme.map((one) => ({
      ...one,
      package: { ...one.package, evr: { ...one.package.evr, release: '9' } },
    }));
    const { vendors } = facts([...second, ...others, ...acme], [...second, ...acme], { verb: 'rm' });
    expect(vendors).toMatchObject([{ change: 'went', used: true }]);
  });

  it('know what names mean: called so, else provided, else nothing', () => {
    const where = { offered: second, installed: first, otherScheme: false };
    const means = (name: string, otherScheme = false) => askedNames([name], { ...where, otherScheme })[0];
    expect(means('kernel-default')).toMatchObject({ means: 'kernel', installed: true, kernel: two.release });
    expect(means('kmod(nvme.ko)')).toMatchObject({ means: 'kernelModules', kernel: null });
    expect(means('nvme*')).toMatchObject({ means: 'kernelModules', installed: true });
    expect(means('e1000e-kmp-default')).toMatchObject({ means: 'nothing', installed: false });
    expect(means('e1000e-kmp-default', true)).toMatchObject({ means: 'otherScheme', installed: false });
    expect(means('kernel-default', true)).toMatchObject({ means: 'kernel' });
  });

  it('take a kernel module that the kernel’s package has for no request for that kernel', () => {
    const whole = (build: KernelBuild) => packageBuilds('monolithic', [build]).packages.map(payloadFinder(build));
    const [found] = askedNames(['kmod(nvme.ko)'], { offered: whole(two), installed: whole(one), otherScheme: false });
    expect(found).toMatchObject({ means: 'kernelModules', installed: true, kernel: null });
  });

  it('know the kernel whose version a package has in its name', () => {
    const inName = (build: KernelBuild) =>
      packageBuilds('kabi-in-name naming=hackweek25', [build], { patterns: false }).packages.map(payloadFinder(build));
    const where = { offered: inName(two), installed: inName(one), otherScheme: false };
    for (const build of [one, two]) {
      const tag = build.release.replace(/-[^-]*$/, '').replaceAll('-', '_');
      expect(askedNames([`nvme-k${tag}-kmp-default`], where)[0]).toMatchObject({ kernel: build.release });
    }
  });
});
