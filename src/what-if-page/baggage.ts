import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { invariant } from '#errors';
import { compressGzip, listFilesSorted } from '#files';
import { kernelBuildText } from '#kernel';
import { writtenGzipBytes } from '#repomd';
import { contentKey, contentsOfScenario, kernelNamed, MemoryRepositories } from '#run';
import { questionScenario } from '#what-if';
import type { Choices } from './choices.js';

/** Bytes that the page carries, each as gzip in base64. */
export interface PackedBaggage {
  readonly module: string;
  readonly files: string;
  readonly kernels: readonly { readonly name: string; readonly packed: string }[];
  readonly repositories: readonly {
    readonly key: string;
    readonly primaryGzipBytes: number;
    readonly packed: string;
  }[];
}

/** The project's root: seen alike from the sources and from the compiled files. */
const root = new URL('../../', import.meta.url);

/** Folders whose texts decide what words of a question mean. */
const carried = ['scenarios/designs', 'scenarios/hardware', 'scenarios/costs'];

/** Packs what the page needs: libsolv, designs, machines, costs, kernels, and their repositories under the ready designs as .solv. */
export async function packBaggage(choices: Choices): Promise<PackedBaggage> {
  const module = packed(await readFile(new URL('wasm/dist/libsolv.wasm', root)));
  const texts: Record<string, string> = {};
  for (const folder of carried) {
    for (const file of await listFilesSorted(fileURLToPath(new URL(folder, root)))) {
      texts[`${folder}/${file}`] = await readFile(new URL(`${folder}/${file}`, root), 'utf8');
    }
  }
  const kernels: { name: string; packed: string }[] = [];
  for (const name of choices.kernels) {
    kernels.push({ name, packed: packed(Buffer.from(kernelBuildText(await kernelNamed(name)))) });
  }
  const files = packed(Buffer.from(JSON.stringify(texts)));
  return { module, files, kernels, repositories: await packRepositories(choices) };
}

/** With every kernel in reach, so that those that are chosen later are there too. */
async function packRepositories({
  question,
  ready,
  kernels,
  profiles,
}: Choices): Promise<PackedBaggage['repositories']> {
  const memory = new MemoryRepositories({
    kernelNamed,
    made: new Map(),
    gzipBytes: async (document) => writtenGzipBytes(document),
    onProgress: () => undefined,
  });
  const hardware = profiles.find(({ name }) => name === question.hardware) ?? null;
  const repositories: PackedBaggage['repositories'][number][] = [];
  for (const scheme of ready) {
    const { scenario } = questionScenario({ ...question, scheme, kernels: [...kernels] }, hardware);
    for (const [, content] of contentsOfScenario(scheme, scenario)) {
      const { solv, summary } = await memory.prepare(scheme, content);
      const key = contentKey(scheme, content);
      repositories.push({ key, primaryGzipBytes: summary.primaryGzipBytes, packed: packed(solv) });
    }
  }
  invariant(repositories.length > 0, 'a question has kernels in reach');
  return repositories;
}

function packed(bytes: Uint8Array): string {
  return Buffer.from(compressGzip(bytes)).toString('base64');
}
