import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { decodeUtf8, decompress, type Glob, globPattern, parseJson, readInputFile } from '#files';
import type { KernelBuild, KernelModule, Support } from './build.js';
import { modulePathStem } from './module-name.js';

/** Names without suffix, parted by spaces, by their directory below `kernel/`. */
const placesSchema = z.record(z.string(), z.string());

const listSchema = z.strictObject({
  format: z.literal('kmplab/support-list'),
  version: z.literal(1),
  /** Where the facts were taken from, at which commit, of which day, for which version of Linux. */
  source: z.string(),
  commit: z.string(),
  date: z.string(),
  kernel: z.string(),
  /** `extra`: unsupported, in kernel-default-extra. */
  classes: z.strictObject({
    base: placesSchema,
    supported: placesSchema,
    external: placesSchema,
    extra: placesSchema,
  }),
  /** Kernel modules of the kernel's own build that are packaged as KMPs, by the KMP: paths below `kernel/` without suffix. */
  kmps: z.record(z.string(), z.array(z.string())),
});

/** What a vendor promises for each kernel module, as facts with their source. */
export type SupportList = z.infer<typeof listSchema>;

const limitBytes = 16 * 1024 ** 2;

/** SUSE's, which comes along. */
export async function loadSuseSupport(): Promise<SupportList> {
  const file = join(dirname(fileURLToPath(import.meta.url)), '../../scenarios/support/suse.json.zst');
  const bytes = await decompress(await readInputFile(file, { limitBytes }), { file, limitBytes });
  const what = { schema: listSchema, what: 'a list of what is supported', hint: 'see docs/kernels.md' };
  return parseJson(decodeUtf8(bytes, file), file, what);
}

/**
 * The build with what a list promises for each of its kernel modules. A list is kept for one version and configuration: what a supported kernel
 * module of this build needs is supported with it, as rpm/split-modules demands. What is not listed is unsupported.
 */
export function withSupport(build: KernelBuild, { classes }: SupportList): KernelBuild {
  const literal = new Map<string, Support>();
  const wild: { readonly pattern: Glob; readonly support: Support }[] = [];
  const { extra, ...others } = classes;
  for (const [support, places] of entries({ ...others, unsupported: extra })) {
    for (const [directory, names] of Object.entries(places)) {
      for (const name of names.split(' ')) {
        const path = `${directory}/${name}`;
        if (name.includes('*')) wild.push({ pattern: globPattern(path), support });
        else literal.set(path, support);
      }
    }
  }
  const stated = ({ path }: KernelModule): Support => {
    const below = modulePathStem(path.replace(/^kernel\//, ''));
    return literal.get(below) ?? wild.find(({ pattern }) => pattern.test(below))?.support ?? 'unsupported';
  };
  const support = new Map(build.modules.map((one) => [one.name, stated(one)]));
  raiseNeeded(build, support);
  return {
    ...build,
    modules: build.modules.map((one) => ({ ...one, support: support.get(one.name) ?? 'unsupported' })),
  };
}

function entries(
  places: Record<Support, z.infer<typeof placesSchema>>,
): (readonly [Support, Record<string, string>])[] {
  const supports: readonly Support[] = ['base', 'supported', 'external', 'unsupported'];
  return supports.map((support) => [support, places[support]]);
}

/** What is needed has at least the promise of who needs it; somebody else's is the vendor's for what lies below it. */
function raiseNeeded({ modules }: KernelBuild, support: Map<string, Support>): void {
  const byName = new Map(modules.map((one) => [one.name, one]));
  const rank: Readonly<Record<Support, number>> = { unsupported: 0, external: 1, supported: 2, base: 3 };
  for (const level of ['base', 'supported', 'external'] as const) {
    const least = level === 'external' ? 'supported' : level;
    const pending = modules.filter(({ name }) => support.get(name) === level).flatMap(({ depends }) => depends);
    const seen = new Set<string>();
    for (let name = pending.pop(); name !== undefined; name = pending.pop()) {
      if (seen.has(name)) continue;
      seen.add(name);
      const own = support.get(name);
      if (own !== undefined && rank[own] < rank[least]) support.set(name, least);
      pending.push(...(byName.get(name)?.depends ?? []));
    }
  }
}
