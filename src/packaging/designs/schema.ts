import { z } from 'zod';
import type { dependencyKinds } from '#rpm';
import { groupings } from '../algorithms/grouping.js';
import { layers } from '../algorithms/layers.js';
import { loops } from './loops.js';

/** Placeholders in braces, and nothing that a spec or a terminal would take for something else. */
const template = z
  .string()
  .min(1)
  .max(500)
  .regex(/^[^\p{Cc}]+$/u, 'expected a text without control characters');

const dependency = z.union(
  [
    template,
    z.strictObject({
      each: z.string().describe(`written once per ${Object.keys(loops).join(', ')}, or per package of a kind: its key`),
      as: template.describe('the dependency'),
      from: z.string().optional().describe('for import: symbols that the package of this kind has, and no others'),
      notFrom: z.string().optional().describe('for import: symbols that the package of this kind has not'),
    }),
  ],
  { error: 'expected a dependency such as "foo = {version}", or { each: import, as: "foo({symbol})" }' },
);

const listMax = 500;
const dependencies = z.array(dependency).max(listMax);

function listOf<Item extends z.ZodType>(
  list: Item,
): Readonly<Record<(typeof dependencyKinds)[number], z.ZodOptional<Item>>> {
  return {
    provides: list.optional().describe('besides itself'),
    requires: list.optional().describe('what must be there'),
    conflicts: list.optional().describe('what it excludes'),
    obsoletes: list.optional().describe('what it takes the place of'),
    suggests: list.optional().describe('what it would go well with'),
    enhances: list.optional().describe('what it would go well with, seen from the other side'),
    recommends: list.optional().describe('what should come along'),
    supplements: list.optional().describe('what it should come along with'),
  };
}

const packageSchema = z.strictObject({
  for: z
    .enum(['kernel', 'module', 'group', 'foreign'])
    .optional()
    .describe(
      'one package per kernel; per kernel module, or group of them, that no package of a kernel holds; or per kernel module from outside of the tree that is signed',
    ),
  kernels: z.enum(['all', 'newest']).optional().describe('of which kernels; all unless given'),
  image: z.boolean().optional().describe('whether it holds the kernel image'),
  holds: z
    .array(z.enum([...layers, 'all', 'not-external']))
    .optional()
    .describe(
      'kernel modules that the package of a kernel holds, by layer; other packages hold theirs unless this is empty',
    ),
  group: z
    .string()
    .optional()
    .describe(
      `how kernel modules are put together: ${groupings.join(', ')}, or a text such as {file}, the same for all of a group`,
    ),
  name: template.optional().describe('its name'),
  version: template.optional().describe("unless given {kernelVersion}, the kernel's"),
  release: template.optional().describe("unless given {kernelRelease}, the kernel's"),
  arch: z.literal('noarch').optional().describe("unless given the kernel's"),
  directory: z.enum(['updates', 'extra']).optional().describe('where its kernel modules lie instead of kernel/'),
  summary: template.optional().describe('one line'),
  description: template.optional().describe('a sentence'),
  files: z.array(template).max(listMax).optional().describe('further files'),
  ...listOf(dependencies),
  add: z.strictObject(listOf(dependencies)).optional().describe('dependencies to add, by list'),
  drop: z
    .strictObject(listOf(z.array(template)))
    .optional()
    .describe('dependencies to leave out, by list, as they are written'),
  replace: z
    .strictObject(listOf(z.record(template, template)))
    .optional()
    .describe('dependencies to write otherwise, by list: as they are written, and as they shall be'),
});

const packagesSchema = z
  .record(z.string().regex(/^[a-z][A-Za-z0-9]*$/, 'expected a key of letters and digits'), packageSchema.nullable())
  .refine((kinds) => Object.keys(kinds).length <= 50, { message: 'expected at most 50 kinds of packages' });

export const designEditsSchema = z.strictObject({
  kernelPackages: z
    .array(
      z.string().regex(/^([A-Za-z0-9._+-]|\{flavor\}|\{-variant\})+$/, 'expected a name, with {flavor} or {-variant}'),
    )
    .min(1)
    .optional()
    .describe('what is asked of a package manager to have this kernel; {flavor} and {-variant} may stand in it'),
  symbolSets: z.enum(['directory', 'module']).optional().describe('what one hash of symbols is of'),
  packages: packagesSchema
    .optional()
    .describe(
      'kinds of packages by a key of your own; one that the extended design has is changed, or left out with null',
    ),
});

export const designSchema = designEditsSchema.extend({
  name: z.string().min(1).optional().describe("the file's name unless given"),
  about: template.describe('one line for lists'),
  question: z.string().min(1).describe('what the design is to find out'),
  source: z.string().min(1).optional().describe('where it is laid down or in use'),
  client: z
    .enum(['zypper', 'dnf', 'none'])
    .optional()
    .describe('the installer whose rules the packages are made for; none where they come from another package format'),
  weakModules: z
    .enum(['weak-modules2', 'weak-modules2-any-directory', 'weak-modules', 'none'])
    .optional()
    .describe(
      "the script that makes kernel modules of one kernel visible to another: SUSE's, which looks at KMPs outside of kernel/; the same for any directory; Red Hat's; or none",
    ),
  extends: z
    .string()
    .min(1)
    .optional()
    .describe(
      'a design that this one changes, with options as in `kabi-in-name naming=hackweek25`; a path is relative to this file',
    ),
  with: z
    .record(z.string(), z.unknown())
    .optional()
    .describe('options of the extended design that do not fit into a word'),
  checksums: z.enum(['needed', 'used']).optional().describe('whether kernels without checksums of symbols are refused'),
  options: z
    .record(
      z.string().regex(/^[a-z][A-Za-z0-9]*$/, 'expected a word of letters and digits'),
      z.strictObject({
        about: z.string().min(1).describe('what it does'),
        default: z.string().optional().describe('a text that {option} stands for'),
        choices: z
          .record(z.string(), designEditsSchema.nullable())
          .optional()
          .describe('its values, and what each changes; null: nothing'),
      }),
    )
    .optional()
    .describe('options by name: a choice between edits, a text for placeholders, or one that an algorithm takes'),
});

export type DesignDocument = z.infer<typeof designSchema>;
export type DesignEdits = z.infer<typeof designEditsSchema>;
export type PackageDocument = z.infer<typeof packageSchema>;
export type DependencyDocument = z.infer<typeof dependency>;

/** The format as JSON Schema 2020-12, for editors to complete and check while one writes. */
export function designJsonSchema(): object {
  const { $schema, ...schema } = z.toJSONSchema(designSchema, { io: 'input' });
  return { $schema, title: 'kmplab design', ...schema };
}
