import { compressZstd, decodeUtf8, decompress, parseJson, readInputFile, writeFileAtomic } from '#files';
import type { KernelBuild } from './build.js';
import { decodeBuild } from './build-decode.js';
import { encodeBuild } from './build-encode.js';
import { storedBuildSchema } from './build-schema.js';

/** Room for 100,000 kernel modules, which take about 30 MB packed and 100 MB as JSON. */
const packedBytesMax = 256 * 1024 ** 2;
const jsonBytesMax = 1024 ** 3;

/** Small enough that a build of 4,000 kernel modules takes 0.5 MB, fast enough that 100,000 are written in seconds. */
const level = { small: 19, large: 9 };
const largeBytes = 16 * 1024 ** 2;

/** A build as the bytes of its file: JSON in zstd, the same for the same build on every machine. */
export async function packKernelBuild(build: KernelBuild): Promise<Uint8Array> {
  const json = Buffer.from(kernelBuildText(build));
  return compressZstd(json, json.length > largeBytes ? level.large : level.small);
}

/** Writes `packKernelBuild`. The usual suffix is `.kernel.json.zst`. */
export async function writeKernelBuild(build: KernelBuild, file: string): Promise<void> {
  await writeFileAtomic(file, await packKernelBuild(build));
}

/**
 * Reads what `writeKernelBuild` wrote; unpacked JSON is taken too.
 *
 * @throws InputError
 */
export async function readKernelBuild(file: string): Promise<KernelBuild> {
  const packed = await readInputFile(file, { limitBytes: packedBytesMax, expected: what });
  return unpackKernelBuild(packed, file);
}

/** @throws InputError `corrupt` (not JSON, contradicts itself), `invalid`, `unknown-key` */
export async function unpackKernelBuild(packed: Uint8Array, file: string): Promise<KernelBuild> {
  return parseKernelBuild(decodeUtf8(await decompress(packed, { file, limitBytes: jsonBytesMax }), file), file);
}

/** The JSON of a build's file, before it is packed. */
export function kernelBuildText(build: KernelBuild): string {
  return `${JSON.stringify(encodeBuild(build))}\n`;
}

/** What `kernelBuildText` made. Throws as `unpackKernelBuild` does. */
export function parseKernelBuild(text: string, file: string): KernelBuild {
  return decodeBuild(parseJson(text, file, { schema: storedBuildSchema, what, hint: 'import the kernel again' }), file);
}

const what = 'a kernel build, as "kmplab kernel import" writes it';
