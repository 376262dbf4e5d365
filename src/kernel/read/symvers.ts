import { InputError } from '#errors';
import type { ExportedSymbol } from '../build.js';
import { nullIfZero } from './exports.js';

/** Exports by the file that makes them: `vmlinux`, or a kernel module's path without suffix as Module.symvers gives it. */
export type Symvers = ReadonlyMap<string, readonly ExportedSymbol[]>;

const line = /^(0x[0-9a-fA-F]{1,8})\t([^\t]+)\t([^\t]+)\t(EXPORT_[A-Z_]+)(?:\t([^\t]*))?$/;

/**
 * Module.symvers, as Documentation/kbuild/modules.rst describes it: CRC, symbol, module, export type and namespace, split by tabs.
 * Kernels before 5.4 have no namespace column. A CRC of 0 means that there is none.
 *
 * @throws InputError `corrupt` with the first line that is none
 */
export function parseSymvers(content: string, file: string): Symvers {
  const byExporter = new Map<string, ExportedSymbol[]>();
  for (const [index, entry] of content.split('\n').entries()) {
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
      crc: nullIfZero(Number(crc)),
      gplOnly: type.includes('_GPL'),
      namespace: namespace === undefined || namespace === '' ? null : namespace,
    };
    const known = byExporter.get(exporter);
    if (known === undefined) byExporter.set(exporter, [symbol]);
    else known.push(symbol);
  }
  return byExporter;
}
