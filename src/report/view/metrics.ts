/** What a figure of the first screen is: its anchor on the page of methods, and the definition. */
export interface Metric {
  readonly anchor: string;
  readonly name: string;
  readonly definition: string;
}

export const metrics: readonly Metric[] = [
  {
    anchor: 'boots',
    name: 'Machines that boot',
    definition:
      'The kernel of the next boot has, in its initrd, all that mounting the root file system takes. A machine of which no hardware profile says what that takes is not counted. “install” is a kernel on a machine without one, “up” is zypper up that brings a kernel, “in kernel” is a kernel asked for by name.',
  },
  {
    anchor: 'devices',
    name: 'Devices kept',
    definition:
      'Machines (in the catalogue: steps) after which every device that was driven, and for which a driver exists in reach, has one at the next boot.',
  },
  {
    anchor: 'driver-alone',
    name: 'Driver alone',
    definition:
      'Requests that bring drivers and no kernel, after which the kernel of the next boot loads what came, of those in which that was judged.',
  },
  {
    anchor: 'download',
    name: 'Bytes of install and update',
    definition:
      'Packages that a machine downloads for a first kernel, and for the update to the next one: the lower median over machines (in the catalogue: over steps). Metadata are apart.',
  },
  {
    anchor: 'disk',
    name: 'Disk',
    definition: 'Installed size of the packages that a first kernel brings, less those that go: the lower median.',
  },
  {
    anchor: 'refresh',
    name: 'Refresh',
    definition: 'Bytes of primary.xml as gzip that zypper refresh fetches where all metadata are new.',
  },
  {
    anchor: 'rebuilt',
    name: 'Built again',
    definition:
      'Share of the packages of a kernel build that a build service has to build and publish anew for an update, in the update where that share is the median one.',
  },
  {
    anchor: 'wall-time',
    name: 'Wall time',
    definition:
      'The solver (loading, indexing, solving, ordering) is measured in this run: medians of samples. rpm, depmod and initrd are modelled: counts of the step, times what one was measured, published or assumed to take. A range goes from what is certain to run, on plain kernel modules, to all that may run, on compressed ones.',
  },
  {
    anchor: 'work',
    name: 'Work',
    definition:
      'Executed code edges of libsolv, as a build of the module counts them that is instrumented for it. They are the same on every machine.',
  },
  {
    anchor: 'confirmed',
    name: 'Confirmed by zypper',
    definition:
      'The scenario’s file says comparedWith: zypper. A slow test (make test-clients) then puts every step to real zypper on real RPMs, and compares the whole transactions.',
  },
];
