import type { RunDocument } from '#run-document';
import { loadCanvas } from './charts/canvas.js';
import { samplesChart } from './charts/samples.js';
import { jsonForScript, nothing } from './html.js';
import {
  comparedGrowthTemplate,
  comparedTimesTemplate,
  comparisonHeader,
  environmentsTemplate,
  movedTemplate,
} from './template/comparison.js';
import { pageTemplate, runFooter } from './template/page.js';
import { comparisonView } from './view/comparison.js';

/** One HTML file that tells what differs between two runs, the second against the first. As self-contained as the report of one. */
export async function renderComparison(first: RunDocument, second: RunDocument): Promise<string> {
  const view = comparisonView(first, second);
  const chart = view.chart === null ? nothing : samplesChart(await loadCanvas(), view.chart);
  const parts = [
    { anchor: 'moved', text: 'Exact values', section: movedTemplate(view) },
    {
      anchor: 'time',
      text: 'Time',
      section: view.times.length + view.steady.length === 0 ? null : comparedTimesTemplate(view, chart),
    },
    { anchor: 'growth', text: 'Growth', section: view.exponents.length === 0 ? null : comparedGrowthTemplate(view) },
    { anchor: 'environment', text: 'Environment', section: environmentsTemplate(view) },
  ].filter(({ section }) => section !== null);
  return pageTemplate({
    title: `${first.name} and ${second.name} compared`,
    navigation: [{ anchor: 'verdict', text: 'Summary' }, ...parts].map(({ anchor, text }) => ({
      href: `#${anchor}`,
      text,
    })),
    header: comparisonHeader(view),
    sections: parts.map(({ section }) => section ?? nothing),
    figures: jsonForScript({ names: view.names, moved: view.moved, alone: view.alone }),
    footer: runFooter,
  });
}
