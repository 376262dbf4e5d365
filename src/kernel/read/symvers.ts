import { append } from '#collections';
import { InputError } from '#errors';
import type { ExportedSymbol } from '../build.js';

/** Exports by the file that makes them: `vmlinux`, or a kernel module's path without suffix as Module.symvers gives it. */
export type Symvers = ReadonlyMap<string, readonly ExportedSymbol[]>;

const line = /^(0x[0-9a-fA-F]{1,8})\t([^\t]+)\t([^\t]+)\t(EXPORT_[A-Z_]+)(?:\t([^\t]*))?$/;

/**
 * Module.symvers, as Documentation/kbuild/modules.rst describes it: CRC, symbol, module, export type and namespace, split by tabs.
 * Kernels before 5.4 have no namespace column. Where every CRC is 0 the build has none; otherwise a single 0 is what the exporter's table holds.
 *
 * @throws InputError `corrupt` with the first line that is none
 */
export function parseSymvers(content: string, file: string): Symvers {
  const byExporter = new Map<string, ExportedSymbol[]>();
  let modversions = false;
  for (const [index, entry] of content.split(/\r?\n/).entries()) {
    if (entry === '') continue;
    const [, crc, name, exporter, type, namespace] = line.exec(entry) ?? [];
    if (crc === undefined || name === undefined || exporter === undefined || type === undefined) {
      throw new InputError('corrupt', 'this line is not one of Module.symvers', {
        file,
        place: { line: index + 1 },
        expected: 'CRC, symbol, module, export type and namespace, split by tabs',
      });
    }
    const symbol: ExportedSymbol = {
      name,
      crc: Number(crc),
      gplOnly: type.includes('_GPL'),
      namespace: namespace === undefined || namespace === '' ? null : namespace,
    };
    modversions ||= symbol.crc !== 0;
    append(byExporter, exporter, symbol);
  }
  return modversions ? byExporter : withoutCrcs(byExporter);
}

function withoutCrcs(byExporter: Symvers): Symvers {
  return new Map(
    [...byExporter].map(([exporter, symbols]) => [exporter, symbols.map((symbol) => ({ ...symbol, crc: null }))]),
  );
}
