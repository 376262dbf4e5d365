import { z } from 'zod';
import { channelSchema, depthsOf, repositoriesOfChannel } from './channel.js';
import { refuseContradictions } from './contradiction.js';
import { expectationFields, expectationSchema } from './expectation.js';
import { initrdSchema } from './initrd.js';
import { loaderSchema } from './loader.js';
import { kernelName, repositorySchema } from './repository.js';
import { requestSchema } from './request.js';
import { systemSchema } from './system.js';

/** The version of the format that this lab reads. */
const scenarioFormat = 'kmplab/scenario/1';

export const deviceSchema = z.strictObject({
  name: z.string().min(1),
  class: z.string().min(1),
  modalias: z.string().min(1),
});

/** The parts of docs/catalogue.md, in its order. */
const topics = ['updates', 'severalKernels', 'wrongHelpers', 'fourKernels', 'outsideDrivers', 'hardware'] as const;

const profileName = z.string().min(1);

export const stepSchema = z.strictObject({
  name: z.string().min(1).describe('what the step is called in reports'),
  repositories: z
    .array(z.string())
    .describe('names of the repositories that can be reached in this step; `[]` is a machine without network'),
  reboot: z.boolean().default(false).describe('before the request: the newest installed kernel is booted'),
  system: systemSchema.optional().describe('before the request: what of the machine’s settings changes, and stays so'),
  loader: loaderSchema
    .optional()
    .describe('before the request: another set-up for loading kernel modules, which then stays'),
  initrd: initrdSchema
    .optional()
    .describe('before the request: another set-up for initrds, for those that are made from then on'),
  dracut: z.boolean().default(false).describe('after the request: the initrds of all kernels are made anew'),
  replaceDevices: z
    .record(z.string(), deviceSchema)
    .default({})
    .describe('before the request: devices of the profile, by name, swapped for others'),
  request: requestSchema.describe('what the administrator types'),
  expect: expectationSchema.default({}).describe('what it must lead to'),
  expectOn: z
    .record(z.string(), expectationFields)
    .default({})
    .describe('of several `hardware` profiles on this one: its keys take the place of those of `expect`'),
  expectWithMore: expectationFields
    .default({})
    .describe('with `moreKernels`: its keys take the place of those of `expect`'),
  expectAtDepth: z
    .record(z.string().regex(/^\d+$/, 'a number of kernels'), expectationFields)
    .default({})
    .describe('with several depths of `channel` at this one: its keys take the place of those of `expect`'),
});
export type ScenarioStep = z.infer<typeof stepSchema>;

export const scenarioSchema = z
  .strictObject({
    format: z
      .string()
      .optional()
      .superRefine((format, context) => {
        if (format === undefined || format === scenarioFormat) return;
        const newer = /^kmplab\/scenario\/\d+$/.test(format) ? '; it was written for a newer kmplab' : '';
        context.addIssue({ code: 'custom', message: `this kmplab reads ${scenarioFormat}, not "${format}"${newer}` });
      })
      .describe(`version of this format, \`${scenarioFormat}\`; that of the lab unless given`),
    question: z.string().min(1).describe('the one question this file answers'),
    trap: z
      .boolean()
      .default(false)
      .describe(
        'the machine or the request is one that nobody should have, to show what goes wrong then; the verdict counts it apart',
      ),
    comparedWith: z
      .literal('zypper')
      .optional()
      .describe('`make test-clients` also puts every step to real zypper and compares the transactions'),
    topic: z.enum(topics).optional().describe('the part of docs/catalogue.md that has it; reports group by it'),
    scheme: z
      .string()
      .default('modular')
      .describe('how kernel builds become packages; [schemes.md](schemes.md) lists them'),
    hardware: z
      .union([profileName, z.array(profileName).min(1)])
      .optional()
      .describe(
        'a ready hardware profile (`kmplab hardware list`), or the path of one; with a list the scenario runs on each',
      ),
    rootKernelModules: z
      .array(z.string().min(1))
      .default([])
      .describe(
        'what mounting the root file system takes besides what the profile says: `dm_crypt` of an encrypted disk',
      ),
    kernelModules: z
      .array(z.string().min(1))
      .min(1)
      .optional()
      .describe(
        'of every kernel build only these kernel modules, by name or by path (`kernel/drivers/net/**`), and what they depend on; all unless given',
      ),
    repositories: z
      .record(z.string(), repositorySchema)
      .default({})
      .describe('everything that some step can reach, by name; may be left out with `channel`'),
    channel: channelSchema
      .optional()
      .describe(
        'more of these, made from few words: `kernels`; `first`, the oldest of them alone; `distribution`; one for each vendor',
      ),
    moreKernels: z
      .record(z.string(), z.array(kernelName).min(1))
      .optional()
      .describe(
        'kernel builds that repositories keep besides, by repository: the scenario runs without them and, once more, with them',
      ),
    installed: z
      .strictObject({
        repository: z.string().describe('where its packages come from'),
        names: z.union([z.literal('all'), z.array(z.string().min(1))]).describe('`all`, or the names of packages'),
        userInstalled: z
          .array(z.string().min(1))
          .default([])
          .describe('those the user asked for; `rm --clean-deps` keeps them. The others came as dependencies'),
      })
      .optional()
      .describe('what is on the machine before the first step; nothing unless given'),
    vendors: z
      .array(z.array(z.string().min(1)).min(2))
      .default([])
      .describe(
        'vendors that zypper takes for one, each list as a file of /etc/zypp/vendors.d has it; `suse*` are in any case',
      ),
    system: systemSchema.default({}).describe('settings of the package manager'),
    initrd: initrdSchema
      .prefault({})
      .describe('how initrds are made; whether a kernel gets a new one its packages’ scripts decide'),
    loader: loaderSchema.prefault({}).describe('how the machine is set up to load kernel modules'),
    steps: z.array(stepSchema).min(1).describe('each starts from the state the step before left'),
  })
  .superRefine((scenario, context) => {
    const ofChannel = scenario.channel === undefined ? [] : repositoriesOfChannel(scenario.channel);
    const known = [...Object.keys(scenario.repositories), ...ofChannel];
    for (const name of ofChannel) {
      if (scenario.repositories[name] === undefined) continue;
      const message = `\`channel\` makes a repository "${name}" already`;
      context.addIssue({ code: 'custom', path: ['repositories', name], message });
    }
    if (known.length === 0) {
      context.addIssue({ code: 'custom', path: [], message: 'a scenario needs `repositories` or a `channel`' });
    }
    const depths = scenario.channel === undefined ? [] : depthsOf(scenario.channel).map(String);
    const profiles = [scenario.hardware ?? []].flat();
    profiles.forEach((profile, index) => {
      if (profiles.indexOf(profile) < index)
        context.addIssue({ code: 'custom', path: ['hardware', index], message: `"${profile}" is there twice` });
    });
    const check = (name: string, path: (string | number)[]): void => {
      if (known.includes(name)) return;
      context.addIssue({
        code: 'custom',
        path,
        message: `no repository "${name}" here; there are ${known.join(', ')}`,
      });
    };
    if (scenario.initrd.suppliedBy !== undefined) check(scenario.initrd.suppliedBy, ['initrd', 'suppliedBy']);
    for (const name of Object.keys(scenario.moreKernels ?? {})) check(name, ['moreKernels', name]);
    if (scenario.installed) check(scenario.installed.repository, ['installed', 'repository']);
    scenario.steps.forEach((step, index) => {
      if (step.initrd?.suppliedBy !== undefined)
        check(step.initrd.suppliedBy, ['steps', index, 'initrd', 'suppliedBy']);
      step.repositories.forEach((name, position) => {
        check(name, ['steps', index, 'repositories', position]);
      });
      for (const [profile, expected] of Object.entries(step.expectOn)) {
        const path = ['steps', index, 'expectOn', profile];
        if (!profiles.includes(profile)) {
          const message = `the scenario does not run on "${profile}"; its hardware is ${profiles.join(', ') || 'not stated'}`;
          context.addIssue({ code: 'custom', path, message });
        }
        refuseContradictions({ ...step.expect, ...expected }, context, path);
      }
      if (Object.keys(step.expectWithMore).length > 0) {
        const path = ['steps', index, 'expectWithMore'];
        if (scenario.moreKernels === undefined)
          context.addIssue({
            code: 'custom',
            path,
            message: 'the scenario never runs with more: it has no `moreKernels`',
          });
        refuseContradictions({ ...step.expect, ...step.expectWithMore }, context, path);
      }
      for (const [depth, expected] of Object.entries(step.expectAtDepth)) {
        const path = ['steps', index, 'expectAtDepth', depth];
        if (!depths.includes(depth)) {
          const message = `the scenario has no depth ${depth}; it has ${depths.join(', ') || 'no `channel`'}`;
          context.addIssue({ code: 'custom', path, message });
        }
        refuseContradictions({ ...step.expect, ...expected }, context, path);
      }
      for (const [position, name] of (step.request.from ?? []).entries()) {
        if (step.repositories.includes(name)) continue;
        const message = `repository "${name}" cannot be reached in this step`;
        context.addIssue({ code: 'custom', path: ['steps', index, 'request', 'from', position], message });
      }
    });
  });
export type Scenario = z.infer<typeof scenarioSchema>;
