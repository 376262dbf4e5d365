import type { RunDocument } from '#run-document';
import { barsChart } from './charts/bars.js';
import { type Canvas, loadCanvas } from './charts/canvas.js';
import { growthChart } from './charts/growth.js';
import { histogramChart } from './charts/histogram.js';
import { samplesChart } from './charts/samples.js';
import { type Html, jsonForScript, nothing } from './html.js';
import { methodTemplate, notRunTemplate, repositoriesTemplate } from './template/background.js';
import { historiesTemplate } from './template/histories.js';
import { churnTemplate, fanOutTemplate, growthTemplate, timeTemplate } from './template/measurements.js';
import { pageTemplate, runFooter } from './template/page.js';
import { rootCausesTemplate } from './template/root-causes.js';
import { scenariosTemplate } from './template/scenarios.js';
import { schemesTemplate } from './template/schemes.js';
import { verdictTemplate } from './template/verdict.js';
import { backgroundView } from './view/background.js';
import { churnView } from './view/churn.js';
import { fanOutView } from './view/fan-out.js';
import { growthViews } from './view/growth.js';
import { historyViews } from './view/histories.js';
import { rootCausesView } from './view/root-causes.js';
import { scenarioViews } from './view/scenarios.js';
import { schemesView } from './view/schemes.js';
import { timeView } from './view/time.js';
import { verdictView } from './view/verdict.js';

/**
 * The whole report as one HTML file that needs nothing else: no script, no font, no network. The same run gives the same bytes.
 * A section whose numbers the run does not have is left out; what did not run is named at the end.
 */
export async function renderReport(run: RunDocument): Promise<string> {
  const views = reportViews(run);
  const { time, growth, fanOut, churn, background } = views;
  const chartOf = drawCharts(views, await loadCanvas());
  const parts: Part[] = [
    {
      anchor: 'scenarios',
      text: 'Scenarios',
      section: views.scenarios.length === 0 ? null : scenariosTemplate(views.scenarios),
    },
    {
      anchor: 'root-causes',
      text: 'Root causes',
      section: views.rootCauses && rootCausesTemplate(views.rootCauses),
    },
    { anchor: 'schemes', text: 'Schemes', section: views.schemes && schemesTemplate(views.schemes, chartOf) },
    {
      anchor: 'histories',
      text: 'Histories',
      section: views.histories.length === 0 ? null : historiesTemplate(views.histories, chartOf),
    },
    { anchor: 'time', text: 'Solver time', section: time && timeTemplate(time, chartOf) },
    { anchor: 'growth', text: 'Growth', section: growth.length === 0 ? null : growthTemplate(growth, chartOf) },
    { anchor: 'fan-out', text: 'Fan-out', section: fanOut && fanOutTemplate(fanOut, chartOf) },
    { anchor: 'churn', text: 'Churn', section: churn && churnTemplate(churn, chartOf) },
    { anchor: 'repositories', text: 'Repositories', section: repositoriesTemplate(background) },
    { anchor: 'method', text: 'Method', section: methodTemplate(background) },
    { anchor: 'not-run', text: 'Not run', section: notRunTemplate(background) },
  ];
  const present = parts.filter(({ section }) => section !== null);
  return pageTemplate({
    title: `Does kABI tracking scale? ${run.name}`,
    navigation: [{ anchor: 'verdict', text: 'Verdict' }, ...present],
    header: verdictTemplate(views.verdict),
    sections: present.map(({ section }) => section ?? nothing),
    figures: jsonForScript(figuresOf(run)),
    footer: runFooter,
  });
}

interface Part {
  readonly anchor: string;
  readonly text: string;
  readonly section: Html | null;
}

export type ReportViews = ReturnType<typeof reportViews>;

/** Everything the templates print, as formatted text. */
export function reportViews(run: RunDocument) {
  const scenarios = scenarioViews(run);
  return {
    verdict: verdictView(run, scenarios),
    scenarios,
    rootCauses: rootCausesView(run.rootCauses),
    time: timeView(run),
    growth: growthViews(run),
    fanOut: run.graph === null ? null : fanOutView(run.graph),
    churn: churnView(run),
    schemes: schemesView(run),
    histories: historyViews(run),
    background: backgroundView(run),
  };
}

function drawCharts(
  { time, growth, fanOut, churn, schemes, histories }: ReportViews,
  canvas: Canvas,
): (id: string) => Html {
  const charts = new Map<string, Html>();
  if (time !== null) charts.set(time.chart.id, samplesChart(canvas, time.chart));
  for (const { charts: list } of growth) for (const { chart } of list) charts.set(chart.id, growthChart(canvas, chart));
  for (const { chart } of fanOut?.histograms ?? []) charts.set(chart.id, histogramChart(canvas, chart));
  if (churn !== null) charts.set(churn.chart.id, barsChart(canvas, churn.chart));
  if (schemes !== null) charts.set(schemes.chart.id, barsChart(canvas, schemes.chart));
  for (const { chart } of histories) charts.set(chart.id, barsChart(canvas, chart));
  return (id) => charts.get(id) ?? nothing;
}

/** The run without its long lists: what a script that finds this page would want to read from it. */
function figuresOf({ name, seed, verdict, environment, scenarios, growth, churn, schemes }: RunDocument) {
  return {
    name,
    seed,
    verdict,
    environment,
    scenarios: scenarios.map(({ id, status, steps }) => ({
      id,
      status,
      steps: steps.map(({ request, outcome, counters, phases }) => ({
        request,
        outcome: outcome.status,
        counters,
        phases,
      })),
    })),
    growth,
    schemes,
    churn: churn.map(({ from, to, symbols, changed, kernelModules, broken }) => ({
      from,
      to,
      symbols,
      changed,
      kernelModules,
      broken,
    })),
  };
}
