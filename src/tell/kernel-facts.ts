import type { GraphFacts, KernelFactsDocument } from '#run-document';
import { bytes, count, percent } from './numbers.js';
import { listRow, type TitledText } from './titled.js';

/** `6.1.0-53-amd64: Linux 6.1.159-1, x86_64, flavor default` */
export function kernelFactsTitle({ kernel }: KernelFactsDocument): string {
  return `${kernel.release}: Linux ${kernel.version}, ${kernel.arch}, flavor ${kernel.flavor}`;
}

/** What a build is: where it comes from, how large it is, and the shape of its graph. */
export function kernelFactsRows(document: KernelFactsDocument): TitledText[] {
  const { kernel, graph, source } = document;
  return [
    { title: 'from', text: source.files.map(({ name }) => name).join(', ') || source.kind },
    {
      title: 'kernel modules',
      text: `${count(kernel.kernelModules)}, ${bytes(kernel.kernelModuleBytes)}; ${count(document.builtin)} more are built in`,
    },
    {
      title: 'exports',
      text: `${count(graph.exports)}: ${count(graph.exportsOfImage)} of the image (${imageNote(document)}), the rest of ${count(graph.exportingModules)} kernel modules`,
    },
    ...importRows(document),
    {
      title: 'dependencies',
      text: `direct ${quantiles(graph.outDegree)}; all ${quantiles(graph.closure)}; depth up to ${graph.depth.max}`,
    },
    {
      title: 'aliases',
      text: `${count(graph.aliases)}; ${count(graph.withoutHardwareAlias)} kernel modules name no hardware`,
    },
    ...listRow('by bus', document.buses),
    ...listRow(
      'by subsystem',
      document.subsystems.map(({ name, kernelModules }) => ({ name, count: kernelModules })),
    ),
    ...listRow(
      'hubs',
      graph.hubs.map(({ name, direct }) => ({ name, count: direct })),
    ),
    ...listRow(
      'widest symbols',
      graph.blastRadius.map(({ symbol, transitive }) => ({ name: symbol, count: transitive })),
    ),
    ...document.signatures.map((signature) => ({
      title: 'signed by',
      text: `${signerText(signature)}: ${count(signature.kernelModules)}`,
    })),
    ...listRow('support', document.support),
    ...document.warnings.map((warning) => ({
      title: 'warning',
      text: `${count(warning.count)} ${warning.code}: ${warning.examples.join('; ')}`,
    })),
  ];
}

/** Kernel modules list what they import in `__versions`, which they have with CRCs alone. */
function importRows({ graph, modversions }: KernelFactsDocument): TitledText[] {
  if (!modversions) return [{ title: 'imports', text: 'unknown: without CRCs no kernel module lists them' }];
  return [
    {
      title: 'imports',
      text: `${count(graph.imports)}, ${percent(graph.importsFromImage, graph.imports)} from the image; per kernel module ${quantiles(graph.importsPerModule)}`,
    },
    {
      title: 'importers',
      text: `of a symbol ${quantiles(graph.fanIn)}; ${percent(graph.symbolsWithOneUser, usedSymbols(graph))} have one`,
    },
  ];
}

/** How much of the image's exports a build shows. */
export function imageNote({ exportsFrom, modversions }: KernelFactsDocument): string {
  if (!modversions) return 'without CRCs';
  return exportsFrom === 'symvers' ? 'complete' : 'those that kernel modules import';
}

function quantiles({ p50, p90, p99, max }: GraphFacts['fanIn']): string {
  return `p50 ${count(p50)}, p90 ${count(p90)}, p99 ${count(p99)}, max ${count(max)}`;
}

/** Symbols that somebody imports: the histogram of importers has each of them once. */
function usedSymbols({ histograms }: GraphFacts): number {
  const bins = histograms.find((histogram) => histogram.of === 'fanIn')?.bins ?? [];
  return bins.reduce((sum, bin) => sum + bin.count, 0);
}

/** Who signed kernel modules, and how: `Debian Secure Boot CA, PKCS#7, sha256, key 1a2b` */
export function signerText({
  signer,
  format,
  keyId,
  hashAlgorithm,
}: KernelFactsDocument['signatures'][number]): string {
  const how = format === null ? '' : `, ${format}, ${hashAlgorithm ?? ''}, key ${keyId ?? ''}`;
  return `${signer ?? (format === null ? 'nobody' : 'a key without a name')}${how}`;
}

/** Of a distribution of shares that updates of one regime have, measured and drawn. */
export function regimeSharesTitle({ regime, of, source, draws }: RegimeShares): string {
  const what = of === 'crcs' ? 'CRCs that an update changes' : 'kernel modules that import a changed CRC';
  return `${regime}: share of ${what}; measured on ${source}; ${draws} drawn`;
}

interface RegimeShares {
  readonly regime: string;
  readonly of: 'crcs' | 'brokenModules';
  readonly source: string;
  readonly draws: number;
}
