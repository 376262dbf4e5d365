import type { KernelBuild, RegimeDistribution } from '#kernel';
import type { Churn, GraphFacts, NamedCount } from '#run-document';

/** How many lines a list gets on the terminal; `--json` has more. */
const listedMax = 10;

/** What a build is: where it comes from, how large it is, and the shape of its graph. */
export function buildText(build: KernelBuild, facts: GraphFacts): string {
  const bytes = build.modules.reduce((sum, module) => sum + module.bytes, 0);
  const spread = ({ p50, p90, p99, max }: GraphFacts['fanIn']): string =>
    `p50 ${Math.round(p50)}, p90 ${Math.round(p90)}, p99 ${Math.round(p99)}, max ${max}`;
  return [
    `${build.release}: Linux ${build.upstreamVersion}-${build.revision}, ${build.arch}, flavor ${build.flavor}`,
    `  from            ${build.source.files.map(({ name }) => name).join(', ') || build.source.kind}`,
    `  kernel modules  ${facts.kernelModules}, ${(bytes / 1e6).toFixed(0)} MB; ${build.image.builtin.length} more are built in`,
    `  exports         ${facts.exports}: ${facts.exportsOfImage} of the image (${imageNote(build)}), the rest of ${facts.exportingModules} kernel modules`,
    `  imports         ${facts.imports}, ${percent(facts.importsFromImage, facts.imports)} from the image; per kernel module ${spread(facts.importsPerModule)}`,
    `  importers       of a symbol ${spread(facts.fanIn)}; ${percent(facts.symbolsWithOneUser, usedSymbols(facts))} have one`,
    `  dependencies    direct ${spread(facts.outDegree)}; all ${spread(facts.closure)}; depth up to ${facts.depth.max}`,
    `  aliases         ${facts.aliases}; ${facts.withoutHardwareAlias} kernel modules name no hardware`,
    `  hubs            ${facts.hubs
      .slice(0, listedMax)
      .map(({ name, direct }) => `${name} ${direct}`)
      .join(', ')}`,
    `  widest symbols  ${facts.blastRadius
      .slice(0, listedMax)
      .map(({ symbol, transitive }) => `${symbol} ${transitive}`)
      .join(', ')}`,
    ...warningLines(build),
    '',
  ].join('\n');
}

function imageNote({ image, modversions }: KernelBuild): string {
  if (!modversions) return 'without CRCs';
  return image.exportsFrom === 'symvers' ? 'complete' : 'those that kernel modules import';
}

/** Symbols that somebody imports: the histogram of importers has each of them once. */
function usedSymbols({ histograms }: GraphFacts): number {
  const bins = histograms.find((histogram) => histogram.of === 'fanIn')?.bins ?? [];
  return bins.reduce((sum, { count }) => sum + count, 0);
}

function warningLines({ warnings }: KernelBuild): string[] {
  const shown = warnings
    .slice(0, listedMax)
    .map(({ code, subject, detail }) => `  warning         ${code}: ${subject}: ${detail}`);
  return warnings.length > listedMax ? [...shown, `  and ${warnings.length - listedMax} more warnings`] : shown;
}

/** What an update changes in the kABI, and what it breaks. */
export function churnText(churn: Churn): string {
  return [
    `${churn.from} > ${churn.to}`,
    `  CRCs changed    ${churn.changed} of ${churn.symbols} (${percent(churn.changed, churn.symbols)})`,
    `  symbols         ${churn.lost} lost, ${churn.added} added`,
    `  kernel modules  ${churn.broken} of ${churn.kernelModules} (${percent(churn.broken, churn.kernelModules)}) of ${churn.from} would not load`,
    ...listLines('by subsystem', churn.brokenBySubsystem),
    ...listLines('because of', churn.responsible),
    '',
  ].join('\n');
}

/** Shares of changed CRCs at some quantiles: of real updates, and of drawn ones. */
export function distributionText({ regime, source, draws, quantiles }: RegimeDistribution): string {
  const row = (title: string, values: readonly string[]): string =>
    `  ${title.padEnd(10)} ${values.map((value) => value.padStart(8)).join('')}`;
  return [
    `${regime}: share of CRCs that an update changes; measured on ${source}; ${draws} drawn`,
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
  const items = counts.slice(0, listedMax).map(({ name, count }) => `${name} ${count}`);
  return [`  ${title.padEnd(15)} ${items.join(', ')}${counts.length > listedMax ? ', …' : ''}`];
}

function percent(part: number, whole: number): string {
  if (whole === 0) return '0 %';
  const share = (100 * part) / whole;
  return `${share.toFixed(share < 1 ? 2 : 1)} %`;
}
