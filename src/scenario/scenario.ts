import { z } from 'zod';
import { expectationSchema } from './expectation.js';
import { loaderSchema } from './loader.js';
import { requestSchema } from './request.js';

const kernelName = z
  .string()
  .min(1)
  .describe('a built-in kernel (`kmplab kernel show`), or the path of a kernel build');

/** What a repository offers; everything in it is packaged under the scenario's scheme. */
export const repositorySchema = z
  .strictObject({
    kernels: z.array(kernelName).default([]).describe('kernel builds, each packaged whole'),
    drivers: z
      .array(
        z.strictObject({
          kernelModule: z.string().min(1),
          kernel: kernelName.describe('the build it was compiled for'),
          version: z.string().min(1).describe('version of its package'),
          revision: z.string().min(1),
        }),
      )
      .default([])
      .describe('single drivers rebuilt on their own: same kernel, newer package'),
    patterns: z
      .boolean()
      .default(false)
      .describe('also the patterns such as `kernel-network-driver-all`, for each kernel'),
    priority: z.int().min(0).max(200).default(99).describe("zypper's priority: lower wins"),
  })
  .refine((repository) => repository.kernels.length + repository.drivers.length > 0, {
    message: 'a repository needs `kernels` or `drivers`',
  });
export type RepositorySpec = z.infer<typeof repositorySchema>;

export const deviceSchema = z.strictObject({
  name: z.string().min(1),
  class: z.string().min(1),
  modalias: z.string().min(1),
});

export const stepSchema = z.strictObject({
  name: z.string().min(1),
  repositories: z
    .array(z.string())
    .describe('names of the repositories that can be reached in this step; `[]` is a machine without network'),
  replaceDevices: z
    .record(z.string(), deviceSchema)
    .default({})
    .describe('before the request: devices of the profile, by name, swapped for others'),
  request: requestSchema,
  expect: expectationSchema.default({}),
});
export type ScenarioStep = z.infer<typeof stepSchema>;

export const scenarioSchema = z
  .strictObject({
    question: z.string().min(1).describe('the one question this file answers'),
    scheme: z.string().default('modular'),
    hardware: z.string().min(1).optional().describe('a ready hardware profile, or the path of one'),
    loader: loaderSchema.prefault({}).describe('how the machine is set up to load kernel modules'),
    repositories: z.record(z.string(), repositorySchema),
    installed: z
      .strictObject({
        repository: z.string(),
        names: z.union([z.literal('all'), z.array(z.string().min(1))]),
      })
      .optional()
      .describe('what is on the machine before the first step; nothing unless given'),
    steps: z.array(stepSchema).min(1).describe('each starts from the state the step before left'),
  })
  .superRefine((scenario, context) => {
    const known = new Set(Object.keys(scenario.repositories));
    const check = (name: string, path: (string | number)[]): void => {
      if (!known.has(name))
        context.addIssue({
          code: 'custom',
          path,
          message: `no repository "${name}" here; there are ${[...known].join(', ')}`,
        });
    };
    if (scenario.installed) check(scenario.installed.repository, ['installed', 'repository']);
    scenario.steps.forEach((step, index) => {
      step.repositories.forEach((name, position) => {
        check(name, ['steps', index, 'repositories', position]);
      });
    });
  });
export type Scenario = z.infer<typeof scenarioSchema>;
