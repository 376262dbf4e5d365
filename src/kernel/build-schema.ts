import { z } from 'zod';
import { safePath } from '#files';
import type { Support } from './build.js';
import { isReservedName, moduleName } from './module-name.js';
import { flavorForm, isFlavor, isRelease, releaseForm } from './release.js';

/**
 * The document inside a kernel build's file. It is `KernelBuild` with its symbols in one table, because each symbol is named by dozens of
 * kernel modules; docs/formats/kernel-build.md describes it for readers without this code.
 * An index list is ascending indices as text, see `encodeIndices`.
 */

const count = z.int().min(0);

/**
 * A column: one value for each kernel module or symbol. Checked by one loop each, because the general validator of an array takes most of the
 * time that loading a build may take.
 */
function column<T>(what: string, holds: (value: unknown) => value is T): z.ZodType<T[]> {
  return z.custom<T[]>((value) => Array.isArray(value) && all(value, holds), `expected an array of ${what}`);
}

function all(values: readonly unknown[], holds: (value: unknown) => boolean): boolean {
  for (let at = 0; at < values.length; at++) if (!holds(values[at])) return false;
  return true;
}

const isText = (value: unknown): value is string => typeof value === 'string';
const isName = (value: unknown): value is string => isText(value) && value !== '';
const isCount = (value: unknown): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
const isPath = (value: unknown): value is string =>
  isText(value) &&
  /^[^\0\n]+\.ko(\.(gz|xz|zst))?$/.test(value) &&
  safePath(value) === value &&
  !isReservedName(moduleName(value));

const texts = column('strings', isText);
const names = column('strings that are not empty', isName);
const counts = column('whole numbers', isCount);
const optionalTexts = column('strings or nulls', (value): value is string | null => value === null || isText(value));
const optionalCounts = column(
  'whole numbers or nulls',
  (value): value is number | null => value === null || isCount(value),
);

/** As a record of strings, but for a key `__proto__`, which the general validator leaves out. */
const textsByName = z.custom<Record<string, string>>(
  (value) => typeof value === 'object' && value !== null && !Array.isArray(value) && Object.values(value).every(isText),
  'expected an object of strings',
);

const supportWords = new Set<unknown>(['base', 'supported', 'unsupported', 'external', null]);
const supports = column('base, supported, unsupported, external or null', (value): value is Support | null =>
  supportWords.has(value),
);

/** The columns of the kernel modules. A list within one value is its items joined by newlines, the empty string where it has none. */
const storedModules = z.strictObject({
  paths: column('paths below /lib/modules/<release>', isPath),
  bytes: counts,
  compressedBytes: optionalCounts,
  /** How many entries of the symbol table are its exports; they follow those of the kernel module before. */
  exports: counts,
  /** Index list into the symbol table. */
  imports: texts,
  depends: texts,
  aliases: texts,
  softdepsPre: texts,
  softdepsPost: texts,
  weakdeps: texts,
  firmware: texts,
  importNamespaces: texts,
  licenses: optionalTexts,
  driverVersions: optionalTexts,
  vermagics: optionalTexts,
  /** Index list of those that say `intree=Y`. */
  inTree: z.string(),
  signers: optionalTexts,
  /** Index into the signatures; left out where it is null for all. */
  signatures: optionalCounts.optional(),
  /** Left out where it is null for all. */
  support: supports.optional(),
});

const warningCode = z.enum([
  'skipped-file',
  'duplicate-exporter',
  'missing-dependency',
  'dependency-cycle',
  'malformed-section',
  'crc-disagreement',
  'unresolved-import',
  'no-modversions',
]);

export const storedBuildSchema = z.strictObject({
  format: z.literal('kmplab/kernel-build'),
  version: z.literal(1),
  release: z.string().refine(isRelease, `expected ${releaseForm}`),
  upstreamVersion: z.string().min(1),
  revision: z.string().min(1),
  arch: z.string().min(1),
  flavor: z.string().refine(isFlavor, `expected ${flavorForm}`),
  modversions: z.boolean(),
  image: z.strictObject({
    bytes: count,
    /** How many entries at the start of the symbol table the image exports. */
    exports: count,
    exportsFrom: z.enum(['symvers', 'inferred']),
    builtin: names,
  }),
  source: z.strictObject({
    kind: z.enum(['modules-tree', 'deb', 'rpm', 'symvers', 'synthetic', 'evolved']),
    files: z.array(
      z.strictObject({
        name: z.string(),
        sha256: z
          .string()
          .regex(/^[0-9a-f]{64}$/)
          .nullable(),
      }),
    ),
  }),
  warnings: z.array(z.strictObject({ code: warningCode, subject: z.string(), detail: z.string() })),
  symbols: z.strictObject({
    /** Exports of the image, then of each kernel module, then imports that match no export. */
    names,
    /** One unsigned 32-bit little-endian number for each name, in base64. 0 for an export without CRC, unless `zeroCrcs` has it. */
    crcs: z.base64(),
    /** Index list of the exports whose table of CRCs holds a 0; left out where there are none. */
    zeroCrcs: z.string().optional(),
    /** Index list of the exports for GPL-compatible kernel modules only. */
    gplOnly: z.string(),
    /** Index lists of exports by the namespace they are in. */
    namespaces: textsByName,
  }),
  /** Each way in which kernel modules are signed, in the order of the first that has it; left out where none is. */
  signatures: z
    .array(
      z.strictObject({
        format: z.enum(['PGP', 'X509', 'PKCS#7']),
        keyId: z.string(),
        hashAlgorithm: z.string().min(1),
      }),
    )
    .optional(),
  modules: storedModules,
});

export type StoredBuild = z.infer<typeof storedBuildSchema>;
