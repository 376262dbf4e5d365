import type { RunDocument } from '#run-document';
import { visibleJson } from '#tell';
import { type Canvas, loadCanvas } from './charts/canvas.js';
import { html, jsonForScript } from './html.js';
import { indexSource } from './index-source.js';
import { csv, indexTables, json, scenarioTables } from './site/data.js';
import { pageTables, thingTables } from './site/page-data.js';
import { indexPage, kinds, type Pages, pagesOf, searchPage } from './site/pages.js';
import { ownFile, type Place, partOfOne } from './site/place.js';
import { detailPages, type PageSource } from './sources.js';
import { pageTemplate, runFooter } from './template/page.js';

/** Directories of a report: all that is in them is made by `renderReport`. */
export const reportDirectories: readonly string[] = [...kinds, 'data'];

/**
 * The report as files that need nothing else, by their paths: the index, a page for each thing it leads to, and the data beside them. The same
 * run gives the same bytes. Only the page that searches has a script, which its content policy names by digest. `interactive` is the name of the
 * page beside it in which libsolv runs, to which the index links; null where there is none.
 */
export async function renderReport(
  run: RunDocument,
  interactive: string | null = null,
): Promise<ReadonlyMap<string, string>> {
  const pages = pagesOf(run);
  const files = new Map<string, string>();
  const all = await sources(run, pages);
  const anchors = all[0]?.make(ownFile('index')).anchors ?? new Set<string>();
  for (const source of all) {
    const link = source.page === 'index' ? interactive : null;
    files.set(`${source.page}.html`, pageFile(source, run, { anchors, interactive: link }));
  }
  const things = all.flatMap(({ thing }) => (thing === undefined ? [] : [thing()]));
  for (const [name, table] of [...indexTables(run, pages), ...pageTables(run), ...thingTables(things)]) {
    files.set(`data/${name}.csv`, csv(table));
    files.set(`data/${name}.json`, json(table));
  }
  for (const file of pages.names('scenario')) {
    const { table, facts } = scenarioTables(run, file);
    const page = pages.of('scenario', file)?.page ?? '';
    files.set(`${page}.csv`, csv(table));
    files.set(`${page}.json`, `${visibleJson(facts)}\n`);
  }
  return files;
}

/** The same as one file: pages follow each other, and links lead down and up. */
export async function renderSingleFile(run: RunDocument): Promise<string> {
  const pages = pagesOf(run);
  const made = (await sources(run, pages)).map((source) => ({
    source,
    content: source.make(partOfOne(source.page)),
  }));
  const [first] = made;
  const script = made.map(({ content }) => content.script).find((one) => one !== undefined);
  return pageTemplate({
    title: first?.source.title ?? run.name,
    navigation: navigation(partOfOne('index'), first?.content.anchors ?? new Set()),
    header: html``,
    sections: made.map(
      ({ source, content }) =>
        html`<article class="whole" id="${source.page}">${content.header}${content.sections}</article>`,
    ),
    rules: made.map(({ content }) => content.rules ?? '').join(''),
    ...(script === undefined ? {} : { script }),
    figures: jsonForScript(figuresOf(run)),
    footer: runFooter,
  });
}

async function sources(run: RunDocument, pages: Pages): Promise<PageSource[]> {
  const canvas: Canvas = await loadCanvas();
  return [indexSource({ run, pages, canvas }), ...detailPages({ run, pages, canvas })];
}

function pageFile(
  { page, title, make }: PageSource,
  run: RunDocument,
  { anchors, interactive }: { readonly anchors: ReadonlySet<string>; readonly interactive: string | null },
): string {
  const place = ownFile(page);
  const { header, sections, rules, script } = make(place);
  return pageTemplate({
    title: page === 'index' ? title : `${title} \u00b7 kmplab ${run.name}`,
    navigation: navigation(place, anchors),
    header,
    sections,
    ...(rules === undefined ? {} : { rules }),
    ...(script === undefined ? {} : { script }),
    footer:
      interactive === null
        ? runFooter
        : html`${runFooter} <a href="${interactive}">What if?</a> asks other questions, and libsolv answers in the page.`,
  });
}

const parts = [
  ['summary', 'Summary'],
  ['breaks', 'What breaks'],
  ['costs', 'Costs'],
  ['scale', 'Scale'],
  ['churn', 'Churn'],
] as const;

/** Sections of the first page, where a run has what they are about, and the pages that lead on. */
function navigation(place: Place, anchors: ReadonlySet<string>) {
  const present = parts.filter(([anchor]) => anchors.has(anchor));
  return [
    ...present.map(([anchor, text]) => ({ href: place.href({ ...indexPage, anchor }), text })),
    { href: place.href({ page: 'method', anchor: null }), text: 'Method' },
    { href: place.href(searchPage), text: 'Search' },
  ];
}

/** The run without its long lists: what a script that finds this page would want to read from it. */
function figuresOf({ name, seed, verdict, environment }: RunDocument) {
  return { name, seed, verdict, environment };
}
