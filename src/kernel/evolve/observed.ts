import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { append } from '#collections';
import { compressZstd, decodeUtf8, decompress, parseJson, readInputFile, writeFileAtomic } from '#files';
import type { KernelBuild } from '../build.js';
import { builtinKernels, loadBuiltinKernel } from '../builtin.js';
import { diffKernels } from '../diff.js';
import { hashOf } from './hash.js';

/** Which types of the base each symbol reaches, as the changes of a real chain of builds explain it. */
export interface ObservedReach {
  /** One for each update that changed something, named by it: `6.1.0-52-amd64 > 6.1.0-53-amd64`. */
  readonly types: readonly string[];
  /** Places in `types`. Symbols the chain does not know are answered by a drawn one's. */
  readonly typesOf: (symbol: string) => readonly number[];
}

const schema = z.strictObject({
  format: z.literal('kmplab/observed-types'),
  version: z.literal(1),
  types: z.array(z.string()),
  /** Every set of types that some symbol reaches. */
  sets: z.array(z.array(z.int().min(0))),
  /** Names joined by spaces, for each of `sets`. */
  symbols: z.array(z.string()),
});
export type StoredReach = z.infer<typeof schema>;

/** One update as evidence: the symbols that both builds show, and which of them changed. */
interface Update {
  readonly name: string;
  readonly compared: ReadonlySet<string>;
  readonly changed: ReadonlySet<string>;
}

/**
 * Derives the types from a chain of builds. Two updates that changed the same symbols changed the same type; a symbol reaches a type
 * if it changed in the update that stands for it. Where an update does not show a symbol, because the image's exports were inferred,
 * the symbol is taken to behave as one that behaves alike wherever both are seen, drawn by a hash of its name.
 */
export function observeReach(chain: readonly KernelBuild[]): StoredReach {
  const updates = distinctUpdates(chain);
  const names = [...new Set(chain.flatMap(exportedNames))].sort();
  const seen = names.map((name) =>
    updates.map(({ compared, changed }) => (compared.has(name) ? (changed.has(name) ? '1' : '0') : '?')).join(''),
  );
  const complete = seen.filter((states) => !states.includes('?'));
  const donors = new Map<string, string[]>();
  const donorsOf = (states: string): string[] => {
    const pattern = new RegExp(`^${states.replaceAll('?', '.')}$`);
    const known = donors.get(states) ?? complete.filter((candidate) => pattern.test(candidate));
    donors.set(states, known);
    return known;
  };
  const bySet = new Map<string, string[]>();
  for (const [index, name] of names.entries()) {
    const alike = donorsOf(seen[index] ?? '');
    const states = alike[Math.floor(hashOf(name, 'alike') * alike.length)] ?? (seen[index] ?? '').replaceAll('?', '0');
    append(bySet, states, name);
  }
  const sorted = [...bySet].sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    format: 'kmplab/observed-types',
    version: 1,
    types: updates.map((update) => update.name),
    sets: sorted.map(([states]) => [...states].flatMap((state, type) => (state === '1' ? [type] : []))),
    symbols: sorted.map(([, members]) => members.join(' ')),
  };
}

function distinctUpdates(chain: readonly KernelBuild[]): Update[] {
  const updates: Update[] = [];
  for (const [index, newer] of chain.entries()) {
    const older = chain[index - 1];
    if (older === undefined) continue;
    const changed = new Set(diffKernels(older, newer).changed.map(({ name }) => name));
    if (changed.size === 0 || updates.some((known) => similarity(known.changed, changed) > sameTypeShare)) continue;
    const before = new Set(exportedNames(older));
    const compared = new Set(exportedNames(newer).filter((name) => before.has(name)));
    updates.push({ name: `${older.release} > ${newer.release}`, compared, changed });
  }
  return updates;
}

/** Jaccard's index above which two updates count as one and the same cause. */
const sameTypeShare = 0.99;

function similarity(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  let both = 0;
  for (const name of a) if (b.has(name)) both += 1;
  return both / (a.size + b.size - both);
}

function exportedNames({ image, modules }: KernelBuild): string[] {
  return [...new Set([image.exports, ...modules.map(({ exports }) => exports)].flat().map(({ name }) => name))].sort();
}

const file = join(dirname(fileURLToPath(import.meta.url)), '../../../scenarios/kernels/observed-types.json.zst');

const limitBytes = 64 * 1024 ** 2;

/** Derives the types from the built-in chain and puts them beside it: part of making the data again. */
export async function writeObservedReach(): Promise<void> {
  const chain: KernelBuild[] = [];
  for (const name of await builtinKernels()) chain.push(await loadBuiltinKernel(name));
  await writeFileAtomic(file, await compressZstd(Buffer.from(`${JSON.stringify(observeReach(chain))}\n`), 19));
}

/** The types that the built-in chain explains. */
export async function loadObservedReach(): Promise<ObservedReach> {
  const packed = await readInputFile(file, { limitBytes });
  const text = decodeUtf8(await decompress(packed, { file, limitBytes }), file);
  return reachOf(parseJson(text, file, { schema, what: 'the observed types', hint: 'run make kernel-data' }));
}

export function reachOf({ types, sets, symbols }: StoredReach): ObservedReach {
  const known = new Map<string, readonly number[]>();
  for (const [index, names] of symbols.entries())
    for (const name of names.split(' ')) known.set(name, sets[index] ?? []);
  const all = [...known.values()];
  const typesOf = (symbol: string): readonly number[] =>
    known.get(symbol) ?? all[Math.floor(hashOf(symbol, 'drawn') * all.length)] ?? [];
  return { types, typesOf };
}
