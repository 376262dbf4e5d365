import type { RunDocument } from '#run-document';
import type { Canvas } from './charts/canvas.js';
import { fanOutChart } from './charts/fan-out.js';
import { scaleChart } from './charts/scale.js';
import { wallChart } from './charts/wall.js';
import { type Html, html, nothing } from './html.js';
import type { Pages } from './site/pages.js';
import { linked } from './site/place.js';
import type { PageSource } from './sources.js';
import { filterRules, findingsTemplate } from './template/index/findings.js';
import { firstScreen } from './template/index/first-screen.js';
import {
  churnTemplate,
  designsTemplate,
  fanOutTemplate,
  historiesTemplate,
  methodTemplate,
  notRunTemplate,
  scaleTemplate,
  wallTemplate,
} from './template/index/sections.js';
import { backgroundView } from './view/background.js';
import { fanOutView } from './view/fan-out.js';
import { findingsView } from './view/findings.js';
import { churnLinks, indexHistories } from './view/index-page.js';
import { promiseTables } from './view/promise-table.js';
import { scaleView } from './view/scale.js';
import { summaryView } from './view/summary.js';
import { wallView } from './view/wall.js';

interface Given {
  readonly run: RunDocument;
  readonly pages: Pages;
  readonly canvas: Canvas;
}

/** The first page: a screen that decides, and below it what each part of that rests on. What the run does not have is left out. */
export function indexSource({ run, pages, canvas }: Given): PageSource {
  return {
    page: 'index',
    title: `Does kABI tracking scale? ${run.name}`,
    make: (place) => {
      const summary = summaryView(run, pages);
      const found = findingsView(run, pages);
      const wall = wallView(run, pages);
      const scale = scaleView(run);
      const churn = churnLinks(run, pages);
      const histories = indexHistories(run, pages);
      const fanOut = run.graph === null ? null : fanOutView(run.graph);
      const background = backgroundView(run);
      const charts = new Map<string, Html>();
      if (wall !== null) charts.set(wall.chart.id, wallChart(canvas, wall.chart));
      if (scale !== null) charts.set(scale.chart.id, scaleChart(canvas, scale.chart));
      if (fanOut !== null) charts.set(fanOut.spread.id, fanOutChart(canvas, fanOut.spread));
      const chartOf = (id: string): Html => charts.get(id) ?? nothing;
      const release = fanOut?.release ?? '';
      const kernel = html`More on ${linked(place, pages.of('kernel', release), release, 'mono')}.`;
      const all: readonly (readonly [anchor: string, section: Html | null])[] = [
        ['breaks', found && findingsTemplate(found, place)],
        ['costs', wall && wallTemplate(wall, place, chartOf)],
        ['scale', scale && scaleTemplate(scale, place, chartOf)],
        ['designs', summary.matrix && designsTemplate(summary.matrix, promiseTables(run), place)],
        ['churn', churn && churnTemplate(churn, place)],
        ['histories', histories.length === 0 ? null : historiesTemplate(histories, place)],
        ['fan-out', fanOut && fanOutTemplate(fanOut, kernel, place, chartOf)],
        ['method', methodTemplate(background, place)],
        ['not-run', background.notRun.length === 0 ? null : notRunTemplate(background, place)],
      ];
      const present = all.flatMap(([anchor, section]) => (section === null ? [] : [{ anchor, section }]));
      const anchors = new Set(['summary', ...present.map(({ anchor }) => anchor)]);
      return {
        header: firstScreen(summary, place, anchors),
        rules: found === null ? '' : filterRules(found, place),
        sections: present.map(({ section }) => section),
        anchors,
      };
    },
  };
}
