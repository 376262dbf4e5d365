import type { RunDocument } from '#run-document';
import { barsChart } from './charts/bars.js';
import type { Canvas } from './charts/canvas.js';
import { growthChart } from './charts/growth.js';
import { histogramChart } from './charts/histogram.js';
import { layersChart } from './charts/layers.js';
import { samplesChart } from './charts/samples.js';
import { type Html, html, nothing } from './html.js';
import { type Kind, kinds, type Pages } from './site/pages.js';
import type { Place } from './site/place.js';
import { historyTemplate } from './template/histories.js';
import { fanOutTemplate, growthTemplate, timeTemplate } from './template/measurements.js';
import { methodHeader, methodSections } from './template/pages/method.js';
import { scenarioHeader, variantTemplate } from './template/pages/scenario.js';
import { searchHeader, searchScript, searchSections } from './template/pages/search.js';
import { thingHeader, thingSection } from './template/pages/thing.js';
import { backgroundView } from './view/background.js';
import { fanOutView } from './view/fan-out.js';
import { growthViews } from './view/growth.js';
import { historyViews } from './view/histories.js';
import { scenarioPage } from './view/scenarios.js';
import { searchView } from './view/search.js';
import { kernelThing, repositoryThing, updateThing } from './view/things/built.js';
import { designThing } from './view/things/design.js';
import { packageThing, symbolThing } from './view/things/named.js';
import type { ThingView } from './view/things/thing.js';
import { timeView } from './view/time.js';

export interface PageContent {
  readonly header: Html;
  readonly sections: readonly Html[];
  readonly rules?: string;
  /** Of the first page, the sections that it has. */
  readonly anchors?: ReadonlySet<string>;
  readonly script?: { readonly text: string; readonly source: string };
}

/** A page by its path without ending, and what makes it where it will stand: in a file, or among others in one. */
export interface PageSource {
  readonly page: string;
  readonly title: string;
  readonly make: (place: Place) => PageContent;
  /** Of a page about one thing: what it shows, for the data beside it. */
  readonly thing?: () => ThingView;
}

interface Given {
  readonly run: RunDocument;
  readonly pages: Pages;
  readonly canvas: Canvas;
}

/** All pages but the first one. */
export function detailPages(given: Given): PageSource[] {
  const { run, pages } = given;
  const background = backgroundView(run);
  return [
    {
      page: 'method',
      title: 'Method',
      make: (place) => ({ header: methodHeader, sections: methodSections(background, pages, place) }),
    },
    measurements(given),
    {
      page: 'search',
      title: 'Search',
      make: (place) => {
        const view = searchView(run, pages);
        return { header: searchHeader(view, place), sections: searchSections(view, place), script: searchScript };
      },
    },
    ...kinds.flatMap((kind) => pages.names(kind).map((name) => pageOf(kind, name, given))),
  ];
}

function measurements({ run, canvas }: Given): PageSource {
  return {
    page: 'measurements',
    title: 'Measurements',
    make: (place) => {
      const time = timeView(run);
      const growth = growthViews(run);
      const charts = new Map<string, Html>();
      if (time !== null) charts.set(time.chart.id, samplesChart(canvas, time.chart));
      for (const { charts: list } of growth)
        for (const { chart } of list) charts.set(chart.id, growthChart(canvas, chart));
      const chartOf = (id: string): Html => charts.get(id) ?? nothing;
      return {
        header: html`<header><p class="eyebrow">Report</p><h1>Measurements</h1></header>`,
        sections: [
          ...(time === null ? [] : [timeTemplate(time, chartOf, place)]),
          ...(growth.length === 0 ? [] : [growthTemplate(growth, chartOf, place)]),
        ],
      };
    },
  };
}

function pageOf(kind: Kind, name: string, given: Given): PageSource {
  const { run, pages } = given;
  const page = pages.of(kind, name)?.page ?? kind;
  switch (kind) {
    case 'scenario': {
      const view = scenarioPage(name, run, pages);
      return {
        page,
        title: view.name,
        make: (place) => {
          const [csv, json] = [place.file(`${page}.csv`), place.file(`${page}.json`)];
          const data =
            csv === null || json === null
              ? nothing
              : html`<p class="data">Data: <a href="${csv}">samples as CSV</a> <a href="${json}">all facts as JSON</a></p>`;
          return {
            header: html`${scenarioHeader(view, place)}${data}`,
            sections: view.variants.map((variant) => variantTemplate(variant, place)),
          };
        },
      };
    }
    case 'history':
      return historyPage(page, name, given);
    case 'kernel':
      return kernelPage(page, name, given);
    case 'design':
      return thingPage(page, name, () => designThing(name, run, pages));
    case 'repository':
      return thingPage(page, name, () => repositoryThing(name, run, pages));
    case 'update':
      return thingPage(page, name, () => updateThing(name, run, pages));
    case 'symbol':
      return thingPage(page, name, () => symbolThing(name, run, pages));
    case 'package':
      return thingPage(page, name, () => packageThing(name, pages));
  }
}

function thingPage(page: string, title: string, view: () => ThingView): PageSource {
  return {
    page,
    title,
    thing: view,
    make: (place) => {
      const made = view();
      return {
        header: thingHeader(made, place),
        sections: made.sections.map((section) => thingSection(section, place)),
      };
    },
  };
}

function historyPage(page: string, name: string, { run, canvas }: Given): PageSource {
  return {
    page,
    title: name,
    make: (place) => {
      const views = historyViews(run).filter(({ title }) => title === name);
      return {
        header: html`<header><p class="eyebrow">History</p><h1>${name}</h1></header>`,
        sections: views.map((view) => historyTemplate(view, () => barsChart(canvas, view.chart), place)),
      };
    },
  };
}

/** The kernel whose graph of kernel modules was looked at has the shape of that graph on its page. */
function kernelPage(page: string, name: string, { run, pages, canvas }: Given): PageSource {
  return {
    page,
    title: name,
    thing: () => kernelThing(name, run, pages),
    make: (place) => {
      const view = kernelThing(name, run, pages);
      const graph = run.graph?.release === name ? fanOutView(run.graph) : null;
      const charts = new Map<string, Html>();
      if (graph !== null) {
        if (graph.deepest !== null) charts.set(graph.deepest.chart.id, layersChart(canvas, graph.deepest.chart));
        for (const { chart } of graph.histograms) charts.set(chart.id, histogramChart(canvas, chart));
      }
      return {
        header: thingHeader(view, place),
        sections: [
          ...(graph === null ? [] : [fanOutTemplate(graph, (id) => charts.get(id) ?? nothing, place)]),
          ...view.sections.map((section) => thingSection(section, place)),
        ],
      };
    },
  };
}
