import type { Crc, ExportedSymbol, ImportWarning, KernelModule } from './build.js';

/**
 * The image's exports as far as the kernel modules tell: what they import and none of them exports. Complete for the question whether a
 * kernel module loads; symbols that nobody uses stay unknown. Where importers disagree on a CRC, the most frequent one is
 * taken, the smaller one between equals.
 */
export function inferImageExports(modules: readonly KernelModule[]): {
  exports: ExportedSymbol[];
  warnings: ImportWarning[];
} {
  const exported = new Set(modules.flatMap((module) => module.exports.map(({ name }) => name)));
  const users = new Map<string, Map<Crc, number>>();
  for (const { imports } of modules) {
    for (const { name, crc } of imports) {
      if (exported.has(name)) continue;
      const byCrc = users.get(name) ?? new Map<Crc, number>();
      byCrc.set(crc, (byCrc.get(crc) ?? 0) + 1);
      users.set(name, byCrc);
    }
  }
  const warnings: ImportWarning[] = [];
  const exports = [...users].map(([name, byCrc]): ExportedSymbol => {
    const [best] = [...byCrc].sort(([a, usersA], [b, usersB]) => usersB - usersA || a - b);
    if (byCrc.size > 1) {
      const detail = `its importers expect ${byCrc.size} different CRCs; the most frequent one is taken for the image's`;
      warnings.push({ code: 'crc-disagreement', subject: name, detail });
    }
    return { name, crc: best?.[0] ?? null, gplOnly: false, namespace: null };
  });
  return { exports: exports.sort((a, b) => (a.name < b.name ? -1 : 1)), warnings };
}
