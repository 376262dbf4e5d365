import { z } from 'zod';
import { kernelName } from './repository.js';

/** More kernels than a distribution keeps in twenty years; a mistyped number is likelier. */
const keptMax = 100;
/** Three times what the largest distributions have. */
const ordinaryMax = 200_000;

const kept = z.int().min(1).max(keptMax);
/** What names of packages and repositories may begin with. */
const word = /^[a-z][a-z0-9_]*$/;

const vendorSchema = z.strictObject({
  name: z.string().regex(word, 'lower-case letters, digits and _').describe('name of its repository, and its vendor'),
  kernelModule: z.string().min(1).describe('name of its kernel module'),
  like: z.string().min(1).describe('kernel module of the builds that it imports, drives and weighs the same as'),
  version: z.string().min(1).default('1.0').describe('version of the driver'),
  lag: z.int().min(0).max(keptMax).default(0).describe('so many of the newest kernels it is not built for yet'),
  scheme: z.string().default('suse-kmp').describe('how it is packaged, as for an external driver'),
});

const distributionSchema = z.strictObject({
  packages: z.int().min(1).max(ordinaryMax).describe('how many; their proportions are those of Debian 12'),
  seed: z.int().nonnegative().default(1).describe('of everything random in them'),
});

/** The repositories that a channel makes beside those of its vendors. */
export const channelRepositories = ['kernels', 'first', 'distribution'] as const;

/** Everything that machines have in reach over the years: see docs/channel.md. */
export const channelSchema = z
  .strictObject({
    kernels: z
      .union([kept, z.array(kept).min(1)])
      .describe('kernel builds that are kept; with a list a scenario runs at each of these depths'),
    builds: z
      .array(kernelName)
      .min(1)
      .describe('real kernel builds, oldest first; beyond them the last one’s successors are made up'),
    regime: z.string().default('stable').describe('how these come about, see `kmplab kernel regimes`'),
    seed: z.int().nonnegative().default(1).describe('of everything random in them'),
    publish: z
      .enum(['all', 'changed'])
      .default('all')
      .describe('whether an update publishes all packages again, or those alone that must be built again'),
    retention: z
      .boolean()
      .default(true)
      .describe('whether a package without a kernel image stays when a newer one of its name is published'),
    flavors: z
      .array(z.string().regex(word, 'lower-case letters, digits and _'))
      .min(1)
      .optional()
      .describe('of each kernel, made from the builds’ own; that alone unless given'),
    architectures: z
      .array(z.enum(['x86_64', 'aarch64', 'ppc64le', 's390x']))
      .min(1)
      .optional()
      .describe('of each kernel, made from the builds’ own; that alone unless given'),
    vendors: z.array(vendorSchema).default([]).describe('each has a repository, with a driver for each kernel'),
    distribution: distributionSchema.optional().describe('ordinary packages, in a repository of their own'),
  })
  .superRefine(({ kernels, flavors = [], architectures = [], vendors }, context) => {
    const once = (values: readonly (string | number)[], path: PropertyKey): void => {
      values.forEach((value, index) => {
        if (values.indexOf(value) === index) return;
        context.addIssue({ code: 'custom', path: [path, index], message: `"${value}" is there twice` });
      });
    };
    once([kernels].flat(), 'kernels');
    once(flavors, 'flavors');
    once(architectures, 'architectures');
    const taken: string[] = [...channelRepositories];
    vendors.forEach(({ name }, index) => {
      if (taken.includes(name)) {
        const message = `there is a repository "${name}" already`;
        context.addIssue({ code: 'custom', path: ['vendors', index, 'name'], message });
      }
      taken.push(name);
    });
  });
export type Channel = z.infer<typeof channelSchema>;

/** The repositories of a channel, by name, as steps reach them. */
export function repositoriesOfChannel({ vendors, distribution }: Channel): string[] {
  const ordinary = distribution === undefined ? [] : ['distribution'];
  return ['kernels', 'first', ...ordinary, ...vendors.map(({ name }) => name)];
}

/** The depths that a channel is asked about, as they are written. */
export function depthsOf({ kernels }: Channel): readonly number[] {
  return [kernels].flat();
}
