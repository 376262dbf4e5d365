import { kernelVersionTag, moduleEvr, releaseWithoutFlavor } from '../algorithms/external.js';
import type { KernelContext } from './kernel-context.js';
import type { PackageSubject } from './package-subject.js';

interface Placeholder<Value> {
  readonly about: string;
  readonly value: Value;
}

/** Everywhere. */
export const kernelPlaceholders: Readonly<Record<string, Placeholder<(kernel: KernelContext) => string>>> = {
  flavor: { about: 'the flavor, `default`', value: ({ build }) => build.flavor },
  variant: {
    about: 'the flavor, empty where it is `default`',
    value: ({ build }) => (build.flavor === 'default' ? '' : build.flavor),
  },
  arch: { about: 'the architecture, `x86_64`', value: ({ build }) => build.arch },
  uname: { about: 'the release, `6.4.0-150600.21-default`', value: ({ build }) => build.release },
  unameVersion: { about: 'the release without its flavor', value: ({ build }) => releaseWithoutFlavor(build) },
  tag: {
    about: 'the release without its flavor as KMPs carry it, `6.4.0_150600.21`',
    value: ({ build }) => kernelVersionTag(build),
  },
  configuration: {
    about: 'a hash of what is built in and what is a kernel module',
    value: (kernel) => kernel.configuration,
  },
};

function ownEvr(
  { about, kernelEvr }: PackageSubject,
  { options }: KernelContext,
): { version: string; release: string } {
  const [first] = about;
  return first === undefined
    ? { version: kernelEvr.version, release: kernelEvr.release ?? '' }
    : moduleEvr(first, options);
}

/** In the texts of a package. Those that not every package has say which has them. */
export const packagePlaceholders: Readonly<
  Record<
    string,
    Placeholder<(subject: PackageSubject, kernel: KernelContext) => string> & {
      readonly of?: 'module' | 'group' | 'named';
    }
  >
> = {
  kernelVersion: {
    about: "the kernel's version, or that of a driver-only update",
    value: ({ kernelEvr }) => kernelEvr.version,
  },
  kernelRelease: {
    about: "the kernel's release, or that of a driver-only update",
    value: ({ kernelEvr }) => kernelEvr.release ?? '',
  },
  file: { of: 'module', about: "the kernel module's file without suffix, `ehci-pci`", value: ({ file }) => file },
  module: {
    of: 'module',
    about: 'the kernel module as modprobe has it, `ehci_pci`',
    value: ({ file }) => file.replaceAll('-', '_'),
  },
  driverVersion: {
    of: 'module',
    about: "the driver's own version, else option moduleVersion, else 1.0",
    value: (subject, kernel) => ownEvr(subject, kernel).version,
  },
  driverRelease: {
    of: 'module',
    about: 'option moduleRelease, else 0, or that of a driver-only update',
    value: (subject, kernel) => ownEvr(subject, kernel).release,
  },
  group: { of: 'group', about: 'name of the group', value: ({ group }) => group },
  modules: { about: 'names of its kernel modules', value: ({ about }) => about.map(({ name }) => name).join(', ') },
  count: { about: 'how many kernel modules it holds', value: ({ held }) => String(held.length) },
  what: {
    about: '`Kernel module`, or `12 kernel modules:`',
    value: ({ held }) => (held.length === 1 ? 'Kernel module' : `${held.length} kernel modules:`),
  },
  with: {
    about: '`without kernel modules`, or `with 12 kernel modules`',
    value: ({ held }) => (held.length === 0 ? 'without kernel modules' : `with ${held.length} kernel modules`),
  },
  name: { of: 'named', about: "the package's name", value: ({ name }) => name },
  version: { of: 'named', about: "the package's version", value: ({ version }) => version },
  release: { of: 'named', about: "the package's release", value: ({ release }) => release },
};
