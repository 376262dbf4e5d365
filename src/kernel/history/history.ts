import { z } from 'zod';
import type { KernelBuild, KernelModule } from '../build.js';

const date = z.iso
  .date()
  .refine((day) => day < '3000', 'is too far ahead')
  .describe('the day it was published, YYYY-MM-DD');

const chainSchema = z
  .array(z.strictObject({ kernel: z.string().min(1).describe('a built-in kernel, or the path of a build'), date }))
  .min(1);

const evolvedSchema = z.strictObject({
  from: z.string().min(1).describe('the first build: built-in, or the path of one'),
  date,
  regime: z.string().min(1),
  seed: z.int().min(0),
  builds: z.int().min(1).max(1000).describe('how many follow the first'),
  everyDays: z.int().min(1).max(366),
});

const driverSchema = z.strictObject({
  name: z.string().regex(/^[a-z0-9_]+$/, 'lower-case letters, digits and _'),
  vendor: z.string().min(1),
  like: z.string().min(1).describe('the kernel module in the tree whose imports and devices it has'),
  version: z.string().min(1).describe("the vendor's own version; the number of the build follows it"),
  lagDays: z.int().min(0).max(3660).describe('how long after a kernel the build for it appears'),
});

/** A history: builds of one kernel line over time, and drivers from outside of its tree, each with its own versions and pace. */
export const historySchema = z
  .strictObject({
    name: z.string().min(1),
    description: z.string().min(1),
    chain: chainSchema.optional(),
    evolved: evolvedSchema.optional(),
    drivers: z.array(driverSchema).default([]),
  })
  .refine(({ chain, evolved }) => (chain === undefined) !== (evolved === undefined), {
    message: 'a history has either a `chain` of builds or is `evolved` from one',
  })
  .refine(
    ({ chain = [] }) => chain.every((link, index) => index === 0 || (chain[index - 1]?.date ?? '') <= link.date),
    {
      message: 'the builds of a chain stand in order of date',
    },
  );

export type HistorySpec = z.infer<typeof historySchema>;
export type DriverSpec = z.infer<typeof driverSchema>;

export interface DatedBuild {
  /** YYYY-MM-DD. */
  readonly date: string;
  readonly build: KernelBuild;
}

/** A vendor's driver, compiled against one build of the kernel. */
export interface DriverBuild {
  readonly date: string;
  readonly driver: string;
  readonly version: string;
  /** Release of the kernel it was compiled against. */
  readonly builtFor: string;
  readonly kernelModule: KernelModule;
}

export interface History {
  readonly name: string;
  readonly description: string;
  /** In order of date. */
  readonly builds: readonly DatedBuild[];
  /** In order of date, then of name. */
  readonly driverBuilds: readonly DriverBuild[];
}
