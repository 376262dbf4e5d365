import { InputError, nearest } from '#errors';
import type { KernelBuild } from './build.js';

/** What stands in the place of a checksum that a change of a type would give: another one, never 0, which is a mark of its own. */
const change = 0x5a5a5a5a;

/**
 * The build as if types behind some symbols were others: each of these symbols has another checksum, where it is exported and wherever it is
 * imported. What was compiled for the build as it is does not fit any more.
 *
 * @throws InputError `missing` where nothing exports one of them with a checksum
 */
export function withChangedChecksums(build: KernelBuild, symbols: readonly string[]): KernelBuild {
  if (symbols.length === 0) return build;
  const wanted = new Set(symbols);
  const exported = new Set([build.image, ...build.modules].flatMap((part) => part.exports.map(({ name }) => name)));
  const missing = symbols.find((name) => !exported.has(name));
  if (missing !== undefined) {
    const guess = nearest(missing, [...exported]);
    throw new InputError('missing', `kernel build ${build.release} exports no symbol "${missing}"`, {
      ...(guess === null ? {} : { hint: `write "${guess}"` }),
    });
  }
  const changed = <Symbol extends { readonly name: string; readonly crc: number | null }>(symbol: Symbol): Symbol =>
    symbol.crc === null || !wanted.has(symbol.name)
      ? symbol
      : { ...symbol, crc: (symbol.crc ^ change) >>> 0 || change };
  return {
    ...build,
    image: { ...build.image, exports: build.image.exports.map(changed) },
    modules: build.modules.map((kernelModule) => ({
      ...kernelModule,
      exports: kernelModule.exports.map(changed),
      imports: kernelModule.imports.map(changed),
    })),
  };
}
