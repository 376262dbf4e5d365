import { z } from 'zod';
import { dependencyKinds, type RpmPackage } from './package.js';

const evrSchema = z.strictObject({ epoch: z.int(), version: z.string(), release: z.string().nullable() });

const dependencySchema = z.strictObject({
  name: z.string(),
  range: z.strictObject({ flag: z.enum(['LT', 'LE', 'EQ', 'GE', 'GT']), evr: evrSchema }).nullable(),
});

/** A package as the lab keeps it in JSON between two of its stages. */
export const rpmPackageSchema: z.ZodType<RpmPackage> = z.strictObject({
  ...record(dependencyKinds, z.array(dependencySchema)),
  ...record(['name', 'arch', 'summary', 'description', 'license', 'vendor', 'group', 'url', 'sourceRpm'], z.string()),
  ...record(['buildTime', 'packageBytes', 'installedBytes'], z.number()),
  evr: evrSchema,
  files: z.array(z.strictObject({ path: z.string(), kind: z.enum(['file', 'dir', 'ghost']) })),
  changelog: z.array(z.strictObject({ author: z.string(), date: z.number(), text: z.string() })),
});

function record<Key extends string, Value>(keys: readonly Key[], value: Value): Record<Key, Value> {
  // Object.fromEntries forgets which keys it was given.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  return Object.fromEntries(keys.map((key) => [key, value])) as Record<Key, Value>;
}
