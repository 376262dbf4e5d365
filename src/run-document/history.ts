import { z } from 'zod';
import { linksStoppedSchema } from './audit.js';
import { outcomeStatuses } from './outcome.js';
import { promiseResultSchema } from './promise.js';

/** What one kernel update makes a build service do under a scheme. */
export const buildServiceUpdateSchema = z.strictObject({
  scheme: z.string(),
  from: z.string(),
  to: z.string(),
  /** Packages of the newer build. */
  packages: z.int().nonnegative(),
  /** The fewest of them that must be built and published, every other package of the older build staying as it is. */
  rebuilt: z.int().nonnegative(),
  /** The rebuilt ones by why: see `kernelUpdate` in src/packaging. */
  reasons: z.strictObject({
    image: z.int().nonnegative(),
    new: z.int().nonnegative(),
    changed: z.int().nonnegative(),
    tied: z.int().nonnegative(),
  }),
  kernelModules: z.int().nonnegative(),
  /** Kernel modules in the rebuilt packages: what is compiled and packed again. */
  kernelModulesRebuilt: z.int().nonnegative(),
  bytes: z.number().nonnegative(),
  /** Size of the rebuilt packages. */
  bytesRebuilt: z.number().nonnegative(),
});
export type BuildServiceUpdate = z.infer<typeof buildServiceUpdateSchema>;

/** What `zypper purge-kernels` did when a new kernel was booted for the first time. */
export const purgedSchema = z.strictObject({
  /** Releases of the kernels that went. */
  kernels: z.array(z.string()),
  /** All packages that went, kernels included, and the disk space that they had. */
  packages: z.int().nonnegative(),
  bytes: z.number().nonnegative(),
  /** How often libsolv was run: two times for each kernel that is tried, and once for the transaction. */
  solves: z.int().positive(),
  /** Executed code edges of libsolv, all phases. */
  work: z.int().nonnegative(),
  /** Devices that were driven at that boot and are not at the next one. */
  lost: z.array(z.string()),
  promises: z.array(promiseResultSchema),
});
export type Purged = z.infer<typeof purgedSchema>;

/** What asking for a new build of the network card's driver alone would have brought. */
export const driverOnlySchema = z.strictObject({
  /** Whether that build was made for the kernel that the machine boots, or came with the next one. */
  of: z.enum(['sameKernel', 'nextKernel']),
  package: z.string(),
  status: z.enum(outcomeStatuses),
  packages: z.int().nonnegative(),
  bringsKernel: z.boolean(),
  /** Whether the kernel of the next boot would load that build of the driver. */
  loads: z.boolean(),
  /** The promise `driverAlone`. */
  promise: promiseResultSchema,
});
export type DriverOnly = z.infer<typeof driverOnlySchema>;

/** What happened on a machine on one day: it was installed, or a new kernel or a vendor's driver was published and it updated. */
export const machineUpdateSchema = z.strictObject({
  date: z.iso.date(),
  event: z.enum(['install', 'kernel', 'driver']),
  /** Release of the kernel, or name and version of the driver. */
  what: z.string(),
  request: z.string(),
  status: z.enum(outcomeStatuses),
  /** Packages that come, and packages that go. */
  packages: z.int().nonnegative(),
  erased: z.int().nonnegative(),
  /** Packages that come. */
  downloadBytes: z.number().nonnegative(),
  /** primary.xml.gz of the repository in which something was published, with all that was published in it before. */
  metadataBytes: z.number().nonnegative(),
  installedBytesChange: z.number(),
  rules: z.int().nonnegative(),
  /** Executed code edges of libsolv, all phases. */
  work: z.int().nonnegative(),
  problems: z.int().nonnegative(),
  /** What the verifier objects to in the set of packages that the request leaves. */
  violations: z.int().nonnegative(),
  /** Null where the request brought no kernel, and on machines that do not run purge-kernels. */
  purged: purgedSchema.nullable(),
  /** Disk space of all installed packages at the end of the day. */
  installedBytes: z.number().nonnegative(),
  /** Packages of kernels that are no longer installed, and their disk space. Their kernel modules may be linked into another kernel. */
  leftBehind: z.strictObject({ packages: z.int().nonnegative(), bytes: z.number().nonnegative() }),
  nextBoot: z.string().nullable(),
  /** The newest kernel that was published by then. */
  newest: z.string(),
  /** Devices that had a driver after the installation and have none at the next boot. */
  lost: z.array(z.string()),
  /** Vendors' drivers that the machine has or had installed and the next boot's kernel does not load. */
  waitsFor: z.array(z.string()),
  /** Why nothing of older kernels was linked into the next boot's kernel though there was something to link; null otherwise. */
  linksStopped: linksStoppedSchema.nullable(),
  /** Devices of `lost`, and those that the purge cost their driver. */
  undriven: z.array(z.string()),
  /** What the machine must keep, judged after the request. */
  promises: z.array(promiseResultSchema),
  /** The same day's questions whether one driver can be updated alone; they change nothing. */
  driverOnly: z.array(driverOnlySchema),
});
export type MachineUpdate = z.infer<typeof machineUpdateSchema>;

export const machineHistorySchema = z.strictObject({
  scheme: z.string(),
  profile: z.string(),
  /** Vendors' drivers that the machine has hardware for. */
  drivers: z.array(z.string()),
  updates: z.array(machineUpdateSchema).min(1),
  /** Days on which a newer kernel was published than the next boot takes. */
  daysBehind: z.int().nonnegative(),
  /** For each of `drivers` the days, once it had been installed, on which the next boot's kernel did not load it. */
  waits: z.array(z.strictObject({ driver: z.string(), days: z.int().nonnegative() })),
});
export type MachineHistory = z.infer<typeof machineHistorySchema>;

const claimStatuses = [
  'holds', // each time it was put to the test
  'partly', // sometimes
  'fails', // never
  'unknown', // it was not put to the test
  'notApplicable', // there is nothing of that kind under the scheme
] as const;

/** The least and the most over machines. */
const rangeSchema = z.tuple([z.number(), z.number()]);
const days = z.int().nonnegative();
const count = z.int().nonnegative();

/** What the numbers of a history say of a claim under one scheme, beside the monolithic kernel: each trial is one update, machine or request. */
const trialsSchema = z.strictObject({ scheme: z.string(), status: z.enum(claimStatuses), tested: count, kept: count });

/** Requests for one driver: `asked` is the sum of those that brought it `alone`, and of `kernel`, `nothing` and `unsolvable`. */
const driverRequests = {
  asked: count,
  alone: count,
  /** Of those that brought it alone those whose driver the kernel that stays loads. */
  loaded: count,
  /** Brought a kernel too. */
  kernel: count,
  nothing: count,
  unsolvable: count,
};

export const claimSchema = z.discriminatedUnion('claim', [
  trialsSchema.extend({
    claim: z.literal('lessToBuild'),
    kernelModules: count,
    rebuilt: count,
    /** Share of the kernel modules that one update makes rebuilt, 0 to 1. */
    shares: rangeSchema,
  }),
  trialsSchema.extend({
    claim: z.literal('smallerSystem'),
    /** Bytes on disk after the installation, and the most after any update, with the monolithic kernel's beside them. */
    first: rangeSchema,
    firstMonolithic: rangeSchema,
    most: rangeSchema,
    mostMonolithic: rangeSchema,
    /** Purges that took a kernel, those after which drivers of purged kernels are there, and the most of these. */
    left: z.strictObject({ purges: count, leaving: count, packages: count, bytes: z.number() }),
  }),
  trialsSchema.extend({
    claim: z.literal('lessToDownload'),
    /** Bytes from the installation to the end. */
    packages: rangeSchema,
    metadata: rangeSchema,
    packagesMonolithic: rangeSchema,
    metadataMonolithic: rangeSchema,
  }),
  trialsSchema.extend({ claim: z.literal('driverAlone'), ...driverRequests }),
  trialsSchema.extend({ claim: z.literal('nextDriverAlone'), ...driverRequests }),
  trialsSchema.extend({
    claim: z.literal('noDeviceLost'),
    /** Updates after which a machine lacks a driver that it had, and the devices. */
    updates: count,
    devices: z.array(z.string()),
  }),
  trialsSchema.extend({ claim: z.literal('noLongerWait'), days, daysMonolithic: days }),
]);
export type Claim = z.infer<typeof claimSchema>;
export type ClaimId = Claim['claim'];

/** A history under one scheme in one row: what a chart or a table shows beside other schemes. */
export const schemeTotalsSchema = z.strictObject({
  scheme: z.string(),
  machines: count,
  /** Kernel modules of all updates, and those of them that had to be built again. */
  kernelModules: count,
  kernelModulesRebuilt: count,
  /** Of what a kernel update is for one machine, the median of all updates on all machines. */
  packagesMedian: z.number(),
  downloadBytesMedian: z.number(),
  workMedian: z.number(),
  /** Of all machines, from the installation to the end: packages and metadata. */
  downloadBytes: z.number(),
  /** What a machine's packages take at the end, the median of all machines. */
  installedBytesMedian: z.number(),
  /** Packages of purged kernels that are still installed at the end, on all machines. */
  leftBehind: count,
  /** What libsolv was run for purge-kernels on all machines. */
  purgeSolves: count,
  unsolvable: count,
  violations: count,
  /** Machines that lacked a device's driver after some update. */
  machinesLosing: count,
  /** Of all machines. */
  daysBehind: days,
  daysWaited: days,
  /** Requests for a new build of one driver for the kernel that is there. */
  drivers: z.strictObject(driverRequests),
});
export type SchemeTotals = z.infer<typeof schemeTotalsSchema>;

export const historyResultSchema = z.strictObject({
  name: z.string(),
  file: z.string(),
  description: z.string(),
  /** Why it was not run, where something kept it from that; the lists below are empty then. */
  error: z.string().nullable(),
  /** Whether `error` is a fault of the lab. */
  bug: z.boolean().default(false),
  kernels: z.array(z.strictObject({ release: z.string(), date: z.iso.date() })),
  drivers: z.array(z.strictObject({ name: z.string(), builds: z.int().nonnegative() })),
  schemes: z.array(z.string()),
  profiles: z.array(z.string()),
  buildService: z.array(buildServiceUpdateSchema),
  machines: z.array(machineHistorySchema),
  /** One row for each scheme, in the order of `schemes`. */
  totals: z.array(schemeTotalsSchema),
  claims: z.array(claimSchema),
  /** The command that runs this history alone. */
  rerun: z.string(),
});
export type HistoryResult = z.infer<typeof historyResultSchema>;
