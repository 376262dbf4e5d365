import { beforeAll, describe, expect, it } from 'vitest';
import { defaultLoaderPolicy, type Payload, walkOf } from '#audit';
import { type KernelWalk, type ScriptEvent, type ScriptedPackage, type ScriptRuns, simulateScripts } from '#cost';
import { type KernelBuild, loadBuiltinKernel } from '#kernel';
import { nevra } from '#rpm';
import { image, kmp } from '../support/installed.js';

/*
 * What weak-modules2 of suse-module-tools 16.1.6 (aa56d01) itself started, on these kernel modules of Debian's 6.1.0-52 and -53 in updates/:
 * run in a root of its own, with a `depmod` and an `rpm` that log each call and then work, on 2026-11-21. Both kernels have a symvers.gz of
 * their image. Of every call: runs of depmod over the tree itself and over a copy, and questions to rpm.
 */
const names = [
  'crc64',
  'crc64_rocksoft_generic',
  'crc64_rocksoft',
  'crct10dif_common',
  'crc_t10dif',
  't10_pi',
  'nvme_core',
  'nvme',
  'usb_common',
  'usbcore',
  'mii',
  'r8152',
  'tun',
  'loop',
];
const linkedIntoNewer = [
  'crc64',
  'crc64_rocksoft',
  'crc64_rocksoft_generic',
  'crc_t10dif',
  'crct10dif_common',
  'loop',
  't10_pi',
  'usb_common',
];

let builds: Readonly<Record<'older' | 'newer', KernelBuild>>;
const payloads = new Map<string, Payload>();

beforeAll(async () => {
  const read = (release: string) => loadBuiltinKernel(`debian-${release}`);
  builds = { older: await read('6.1.0-52-amd64'), newer: await read('6.1.0-53-amd64') };
}, 60_000);

function scripted(payload: Payload): ScriptedPackage {
  const { package: pkg, kernel, modules } = payload;
  payloads.set(nevra(pkg), payload);
  return {
    nevra: nevra(pkg),
    name: pkg.name,
    role: kernel === null ? 'kmp' : 'image',
    release: kernel?.release ?? modules[0]?.release ?? '',
    flavor: 'default',
    files: modules.map(({ kernelModule }) => `${kernelModule.name}.ko`),
    outsideKernelDirectory: true,
  };
}

const theImage = (build: KernelBuild): ScriptedPackage => scripted(image(build));
const theKmp = (build: KernelBuild, name: string): ScriptedPackage =>
  scripted(kmp(build, `${name}-kmp-default-${build.upstreamVersion}-1`, [name], { directory: 'updates' }));

function walk(release: string, installed: readonly ScriptedPackage[]): KernelWalk {
  const state = installed.flatMap((one) => payloads.get(one.nevra) ?? []);
  const kernel = state.find((one) => one.kernel?.release === release)?.kernel;
  if (kernel === undefined || kernel === null) return { checks: 0, linked: new Set() };
  return walkOf(kernel, state, { ...defaultLoaderPolicy, weakModules: 'weak-modules2' });
}

/** Each event as a transaction of its own. */
class Machine {
  #installed: readonly ScriptedPackage[] = [];
  #linked: ScriptRuns['linked'] = new Map();

  run(
    what: ScriptEvent['what'],
    pkg: ScriptedPackage,
  ): { depmod: number[]; perhaps: number; rpm: number; links: number } {
    const runs = simulateScripts({
      script: 'weak-modules2',
      before: this.#installed,
      linkedBefore: this.#linked,
      events: [{ what, package: pkg }],
      walk,
      initrdsMade: new Set(),
    });
    const others = this.#installed.filter((one) => one.nevra !== pkg.nevra);
    this.#installed = what === 'comes' ? [...others, pkg] : others;
    this.#linked = runs.linked;
    const certain = runs.depmod.filter(({ certain }) => certain);
    return {
      depmod: ['6.1.0-52-amd64', '6.1.0-53-amd64'].map(
        (one) => certain.filter(({ release }) => release === one).length,
      ),
      perhaps: runs.depmod.length - certain.length,
      rpm: runs.rpmQueries,
      links: runs.copiedLinks.least,
    };
  }
}

describe('what weak-modules2 starts, as the real one did', () => {
  const machine = new Machine();

  it('a kernel: one run', () => {
    expect(machine.run('comes', theImage(builds.older))).toMatchObject({ depmod: [1, 0], rpm: 1 });
  });

  it('each KMP of the only kernel: two runs', () => {
    for (const name of names) {
      expect(machine.run('comes', theKmp(builds.older, name))).toMatchObject({ depmod: [2, 0], perhaps: 0, rpm: 3 });
    }
  });

  it('a second kernel: 36 checks of 14 KMPs in three rounds, then one run', () => {
    expect(machine.run('comes', theImage(builds.newer))).toMatchObject({ depmod: [0, 37], perhaps: 0, rpm: 29 });
  });

  it("each KMP of it: two runs, and one in the older kernel, whose KMP's file has the same name; a copy of the older tree each time", () => {
    for (const name of names) {
      const ran = machine.run('comes', theKmp(builds.newer, name));
      expect(ran).toEqual({ depmod: [1, 2], perhaps: 0, rpm: 5, links: 14 });
    }
  });

  it('a KMP that the older kernel does not have: one check there more', () => {
    expect(machine.run('comes', theKmp(builds.newer, 'tg3'))).toMatchObject({ depmod: [2, 2], perhaps: 1, rpm: 3 });
  });

  it('each KMP of the older kernel that goes: three runs there, and two in the newer kernel where it was linked', () => {
    for (const name of [...names].reverse()) {
      const inNewer = linkedIntoNewer.includes(name) ? 2 : 0;
      // The script itself asked three times; %preun and kmp-postun ask once each before it.
      expect(machine.run('goes', theKmp(builds.older, name))).toMatchObject({
        depmod: [3, inNewer],
        perhaps: 0,
        rpm: 5,
      });
    }
  });

  it('a kernel that goes: none', () => {
    expect(machine.run('goes', theImage(builds.older))).toMatchObject({ depmod: [0, 0], perhaps: 0 });
  });
});
