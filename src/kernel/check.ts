import type { ExportedSymbol, ImportWarning, KernelBuild, KernelModule } from './build.js';

/** What contradicts itself within a build: recorded, never repaired. */
export function checkBuild(build: Pick<KernelBuild, 'image' | 'modules'>): ImportWarning[] {
  return [...checkSymbols(build), ...checkDependencies(build)];
}

function checkSymbols({ image, modules }: Pick<KernelBuild, 'image' | 'modules'>): ImportWarning[] {
  const warnings: ImportWarning[] = [];
  const exporters = new Map<string, { by: string; symbol: ExportedSymbol }>();
  for (const { by, symbols } of [
    { by: 'vmlinux', symbols: image.exports },
    ...modules.map(({ name, exports }) => ({ by: name, symbols: exports })),
  ]) {
    for (const symbol of symbols) {
      const other = exporters.get(symbol.name);
      if (other === undefined) exporters.set(symbol.name, { by, symbol });
      else
        warnings.push({
          code: 'duplicate-exporter',
          subject: symbol.name,
          detail: `exported by ${other.by} and by ${by}`,
        });
    }
  }
  for (const module of modules) {
    for (const { name, crc } of module.imports) {
      const exporter = exporters.get(name);
      if (exporter === undefined) {
        warnings.push({
          code: 'unresolved-import',
          subject: name,
          detail: `${module.path} imports it, nothing exports it`,
        });
      } else if (exporter.symbol.crc !== null && exporter.symbol.crc !== crc && image.exportsFrom === 'symvers') {
        const detail = `${module.path} expects ${hex(crc)}, ${exporter.by} exports ${hex(exporter.symbol.crc)}`;
        warnings.push({ code: 'crc-disagreement', subject: name, detail });
      }
    }
  }
  return warnings;
}

function hex(crc: number): string {
  return `0x${crc.toString(16).padStart(8, '0')}`;
}

function checkDependencies({ modules }: Pick<KernelBuild, 'modules'>): ImportWarning[] {
  const warnings: ImportWarning[] = [];
  const byName = new Map(modules.map((module) => [module.name, module]));
  for (const module of modules) {
    for (const name of module.depends) {
      if (byName.has(name)) continue;
      warnings.push({
        code: 'missing-dependency',
        subject: module.path,
        detail: `depends on ${name}, which is not in the build`,
      });
    }
  }
  for (const cycle of dependencyCycles(byName)) {
    const detail = `${cycle.join(' > ')} > ${cycle[0]}: none of them can be loaded`;
    warnings.push({ code: 'dependency-cycle', subject: cycle[0] ?? '', detail });
  }
  return warnings;
}

/** Each cycle that a depth-first walk closes, walked without recursion: a chain may be as long as the build. */
function dependencyCycles(byName: ReadonlyMap<string, KernelModule>): string[][] {
  const cycles: string[][] = [];
  const done = new Set<string>();
  for (const start of byName.keys()) {
    const path: { name: string; next: number }[] = [];
    const onPath = new Map<string, number>();
    const enter = (name: string): void => {
      onPath.set(name, path.length);
      path.push({ name, next: 0 });
    };
    if (!done.has(start)) enter(start);
    for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
      const depends = byName.get(top.name)?.depends ?? [];
      const name = depends[top.next];
      top.next += 1;
      if (name === undefined) {
        done.add(top.name);
        onPath.delete(top.name);
        path.pop();
      } else if (onPath.has(name)) {
        cycles.push(path.slice(onPath.get(name)).map((step) => step.name));
      } else if (!done.has(name) && byName.has(name)) {
        enter(name);
      }
    }
  }
  return cycles;
}
