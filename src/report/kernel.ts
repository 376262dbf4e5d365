import type { KernelDiffDocument, KernelFactsDocument } from '#run-document';
import { barsChart } from './charts/bars.js';
import { loadCanvas } from './charts/canvas.js';
import { histogramChart } from './charts/histogram.js';
import { layersChart } from './charts/layers.js';
import { type Html, html, jsonForScript, nothing } from './html.js';
import { alone as place } from './site/place.js';
import {
  brokenTemplate,
  diffChurnTemplate,
  diffHeader,
  kernelHeader,
  modulesTemplate,
  originTemplate,
  partsTemplate,
  symbolsTemplate,
} from './template/kernel.js';
import { fanOutTemplate } from './template/measurements.js';
import { pageTemplate } from './template/page.js';
import { kernelView } from './view/kernel.js';
import { kernelDiffView } from './view/kernel-diff.js';

const footer = html`<span class="mono">kmplab kernel show --json</span> prints every number behind this page.`;

/** One kernel build as a page of its own: what it is made of, the shape of its graph, where it comes from. */
export async function renderKernel(document: KernelFactsDocument): Promise<string> {
  const view = kernelView(document);
  const canvas = await loadCanvas();
  const charts = new Map<string, Html>([[view.parts.id, barsChart(canvas, view.parts)]]);
  for (const { chart } of view.fanOut.histograms) charts.set(chart.id, histogramChart(canvas, chart));
  const { deepest } = view.fanOut;
  if (deepest !== null) charts.set(deepest.chart.id, layersChart(canvas, deepest.chart));
  const chartOf = (id: string): Html => charts.get(id) ?? nothing;
  return page(view.title, kernelHeader(view), document, [
    { anchor: 'parts', text: 'Parts', section: partsTemplate(view, chartOf, place) },
    { anchor: 'fan-out', text: 'Fan-out', section: fanOutTemplate(view.fanOut, chartOf, place) },
    { anchor: 'origin', text: 'Origin', section: originTemplate(view, place) },
  ]);
}

/** What changed between two builds as a page of its own: churn, what no longer loads, because of which symbols. */
export async function renderKernelDiff(document: KernelDiffDocument): Promise<string> {
  const view = kernelDiffView(document);
  const canvas = await loadCanvas();
  const charts = new Map<string, Html>([[view.churn.id, barsChart(canvas, view.churn)]]);
  if (view.subsystems !== null) charts.set(view.subsystems.chart.id, barsChart(canvas, view.subsystems.chart));
  if (view.importers !== null) charts.set(view.importers.chart.id, histogramChart(canvas, view.importers.chart));
  const chartOf = (id: string): Html => charts.get(id) ?? nothing;
  return page(`${view.from} \u2192 ${view.to}`, diffHeader(view), document, [
    { anchor: 'churn', text: 'Churn', section: diffChurnTemplate(view, chartOf, place) },
    { anchor: 'broken', text: 'Broken', section: brokenTemplate(view, chartOf, place) },
    { anchor: 'symbols', text: 'Symbols', section: symbolsTemplate(view, place) },
    { anchor: 'modules', text: 'Modules', section: modulesTemplate(view, place) },
  ]);
}

interface Part {
  readonly anchor: string;
  readonly text: string;
  readonly section: Html | null;
}

function page(title: string, header: Html, document: unknown, parts: readonly Part[]): string {
  const present = parts.filter(({ section }) => section !== null);
  return pageTemplate({
    title,
    navigation: [{ anchor: 'summary', text: 'Summary' }, ...present].map(({ anchor, text }) => ({
      href: `#${anchor}`,
      text,
    })),
    header,
    sections: present.map(({ section }) => section ?? nothing),
    figures: jsonForScript(document),
    footer,
  });
}
