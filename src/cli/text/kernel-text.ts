import type { RegimeDistribution } from '#kernel';
import type { GraphFacts, KernelDiffDocument, KernelFactsDocument, NamedCount } from '#run-document';
import { bytes, count, kernelDiffRemarks, percent } from '#tell';

/** How many lines a list gets on the terminal; `--json` has more. */
const listedMax = 10;

/** What a build is: where it comes from, how large it is, and the shape of its graph. */
export function kernelText(document: KernelFactsDocument): string {
  const { kernel, graph, source } = document;
  const spread = ({ p50, p90, p99, max }: GraphFacts['fanIn']): string =>
    `p50 ${count(p50)}, p90 ${count(p90)}, p99 ${count(p99)}, max ${count(max)}`;
  return [
    `${kernel.release}: Linux ${kernel.version}, ${kernel.arch}, flavor ${kernel.flavor}`,
    `  from            ${source.files.map(({ name }) => name).join(', ') || source.kind}`,
    `  kernel modules  ${count(kernel.kernelModules)}, ${bytes(kernel.kernelModuleBytes)}; ${count(document.builtin)} more are built in`,
    `  exports         ${count(graph.exports)}: ${count(graph.exportsOfImage)} of the image (${imageNote(document)}), the rest of ${count(graph.exportingModules)} kernel modules`,
    `  imports         ${count(graph.imports)}, ${percent(graph.importsFromImage, graph.imports)} from the image; per kernel module ${spread(graph.importsPerModule)}`,
    `  importers       of a symbol ${spread(graph.fanIn)}; ${percent(graph.symbolsWithOneUser, usedSymbols(graph))} have one`,
    `  dependencies    direct ${spread(graph.outDegree)}; all ${spread(graph.closure)}; depth up to ${graph.depth.max}`,
    `  aliases         ${count(graph.aliases)}; ${count(graph.withoutHardwareAlias)} kernel modules name no hardware`,
    ...listLines('by bus', document.buses),
    ...listLines(
      'by subsystem',
      document.subsystems.map(({ name, kernelModules }) => ({ name, count: kernelModules })),
    ),
    ...listLines(
      'hubs',
      graph.hubs.map(({ name, direct }) => ({ name, count: direct })),
    ),
    ...listLines(
      'widest symbols',
      graph.blastRadius.map(({ symbol, transitive }) => ({ name: symbol, count: transitive })),
    ),
    ...document.signatures.map(signatureLine),
    ...listLines('support', document.support),
    ...warningLines(document),
    '',
  ].join('\n');
}

function imageNote({ exportsFrom, modversions }: KernelFactsDocument): string {
  if (!modversions) return 'without CRCs';
  return exportsFrom === 'symvers' ? 'complete' : 'those that kernel modules import';
}

/** Symbols that somebody imports: the histogram of importers has each of them once. */
function usedSymbols({ histograms }: GraphFacts): number {
  const bins = histograms.find((histogram) => histogram.of === 'fanIn')?.bins ?? [];
  return bins.reduce((sum, bin) => sum + bin.count, 0);
}

function signatureLine(signature: KernelFactsDocument['signatures'][number]): string {
  const { signer, format, keyId, hashAlgorithm, kernelModules } = signature;
  const how = format === null ? '' : `, ${format}, ${hashAlgorithm}, key ${keyId}`;
  return `  signed by       ${signer ?? (format === null ? 'nobody' : 'a key without a name')}${how}: ${count(kernelModules)}`;
}

function warningLines({ warnings }: KernelFactsDocument): string[] {
  return warnings.map((one) => `  warning         ${count(one.count)} ${one.code}: ${one.examples.join('; ')}`);
}

/** What an update changes in the kABI, what it breaks, and the symbols that do, in order of blast radius. */
export function kernelDiffText(document: KernelDiffDocument): string {
  const { churn, subsystems, symbols, modulesAdded, modulesLost } = document;
  return [
    `${churn.from} > ${churn.to}`,
    `  CRCs changed    ${count(churn.changed)} of ${count(churn.symbols)} (${percent(churn.changed, churn.symbols)})`,
    `  symbols         ${count(churn.lost)} lost, ${count(churn.added)} added${churn.unknown === 0 ? '' : `, ${count(churn.unknown)} unknown`}`,
    `  kernel modules  ${count(modulesLost.length)} lost, ${count(modulesAdded.length)} added`,
    `  do not load     direct ${ofModules(churn.broken, churn)}, all ${ofModules(churn.brokenInAll, churn)}`,
    `                  direct: refused themselves, ${churn.brokenByVermagic === 0 ? 'for a symbol' : `${count(churn.brokenByVermagic)} of them for vermagic`}; all: into the newer image alone, with what depends on others`,
    ...kernelDiffRemarks(document).map((remark) => `  note            ${remark}`),
    ...listLines(
      'by subsystem',
      subsystems.flatMap(({ name, brokenInAll }) => (brokenInAll === 0 ? [] : [{ name, count: brokenInAll }])),
    ),
    ...listLines(
      'because of',
      symbols.map(({ symbol, transitive }) => ({ name: symbol, count: transitive })),
    ),
    '',
  ].join('\n');
}

function ofModules(part: number, { kernelModules }: KernelDiffDocument['churn']): string {
  return `${count(part)} of ${count(kernelModules)} (${percent(part, kernelModules)})`;
}

/** Shares of changed CRCs, or of kernel modules these break, at some quantiles: of real updates, and of drawn ones. */
export function distributionText({ regime, of, source, draws, quantiles }: RegimeDistribution): string {
  const row = (title: string, values: readonly string[]): string =>
    `  ${title.padEnd(10)} ${values.map((value) => value.padStart(8)).join('')}`;
  return [
    `${regime}: share of ${of === 'crcs' ? 'CRCs that an update changes' : 'kernel modules that import one of these'}; measured on ${source}; ${draws} drawn`,
    row(
      'quantile',
      quantiles.map(({ quantile }) => `p${Math.round(quantile * 1000) / 10}`),
    ),
    row(
      'measured',
      quantiles.map(({ measured }) => percent(measured, 1)),
    ),
    row(
      'drawn',
      quantiles.map(({ drawn }) => percent(drawn, 1)),
    ),
    '',
  ].join('\n');
}

function listLines(title: string, counts: readonly NamedCount[]): string[] {
  if (counts.length === 0) return [];
  const items = counts.slice(0, listedMax).map(({ name, count: number }) => `${name} ${count(number)}`);
  return [`  ${title.padEnd(15)} ${items.join(', ')}${counts.length > listedMax ? ', …' : ''}`];
}
