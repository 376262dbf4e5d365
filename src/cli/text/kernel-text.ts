import type { RegimeDistribution } from '#kernel';
import type { KernelDiffDocument, KernelFactsDocument } from '#run-document';
import { kernelDiffRows, kernelFactsRows, kernelFactsTitle, percent, regimeSharesTitle, type TitledText } from '#tell';

export function kernelText(document: KernelFactsDocument): string {
  return titledList(kernelFactsTitle(document), kernelFactsRows(document));
}

export function kernelDiffText(document: KernelDiffDocument): string {
  return titledList(`${document.churn.from} > ${document.churn.to}`, kernelDiffRows(document));
}

function titledList(head: string, rows: readonly TitledText[]): string {
  return [head, ...rows.map(({ title, text }) => `  ${title.padEnd(15)} ${text}`), ''].join('\n');
}

/** Shares of changed CRCs, or of kernel modules these break, at some quantiles: of real updates, and of drawn ones. */
export function distributionText(distribution: RegimeDistribution): string {
  const { quantiles } = distribution;
  const row = (title: string, values: readonly string[]): string =>
    `  ${title.padEnd(10)} ${values.map((value) => value.padStart(8)).join('')}`;
  return [
    regimeSharesTitle(distribution),
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
