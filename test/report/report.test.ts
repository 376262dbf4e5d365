import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { describe, expect, it } from 'vitest';
import { renderReport, renderSingleFile } from '#report';
import type { RunDocument } from '#run-document';
import { history } from '../support/history.js';
import { hostileRun, hostileTexts } from '../support/hostile.js';
import { scorecard } from '../support/run-document/scorecard.js';
import { runDocument } from '../support/run-document.js';

/** Tags of a page, read by a scanner that knows nothing of the templates. */
function tagsOf(page: string): string[] {
  const withoutRawText = page.replace(/<(style|script)\b[^>]*>[\s\S]*?<\/\1>/g, '<$1></$1>');
  return [...withoutRawText.matchAll(/<\/?([a-zA-Z][a-zA-Z0-9]*)/g)].map(([, name]) => (name ?? '').toLowerCase());
}

const run = runDocument();
const files = await renderReport(run);
const pages = [...files].filter(([name]) => name.endsWith('.html'));
const index = files.get('index.html') ?? '';
/** With everything that a run may have. */
const whole: RunDocument = { ...run, scorecard: scorecard(), histories: [history()] };
const idsOf = (page: string): string[] => [...page.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id ?? '');

describe('the report of a run', () => {
  it('has a page for each scenario, kernel and update by name, and data beside them', () => {
    expect([...files.keys()]).toEqual(
      expect.arrayContaining([
        'index.html',
        'method.html',
        'measurements.html',
        'search.html',
        'scenario/kernel-update.html',
        'scenario/kernel-update.csv',
        'scenario/kernel-update.json',
        'kernel/6.1.0-53-amd64.html',
        'update/6.1.0-52-amd64-to-6.1.0-53-amd64.html',
        'design/modular.html',
        'data/findings.csv',
        'data/growth.json',
      ]),
    );
    for (const { question, rerun, file } of run.scenarios) {
      const page = files.get(`scenario/${file.replace(/^.*\/|\.yaml$/g, '')}.html`);
      expect(page).toContain(question);
      expect(page).toContain(rerun);
    }
  });

  it('names a place on a page by what it is: the step of a scenario', () => {
    expect(idsOf(files.get('scenario/kernel-update.html') ?? '')).toContain('update-everything');
  });

  it('is the same for the same run', async () => {
    expect([...(await renderReport(runDocument()))]).toEqual([...files]);
  });

  it.each(['a run', 'a run with a scorecard and histories'])(
    'gives every id once and every link a target: %s',
    async (of) => {
      const made = of === 'a run' ? files : await renderReport(whole);
      for (const [name, page] of made) {
        if (!name.endsWith('.html')) continue;
        const ids = idsOf(page);
        expect([name, new Set(ids).size]).toEqual([name, ids.length]);
        for (const [, names] of page.matchAll(/aria-labelledby="([^"]*)"/g))
          for (const id of (names ?? '').split(' ')) expect(ids).toContain(id);
        for (const [, link = ''] of page.matchAll(/href="([^"]*)"/g)) {
          const [path = '', anchor] = link.split('#');
          const target = path === '' ? name : posix.join(posix.dirname(name), decodeURI(path));
          // run.json is written with the pages, and is not one.
          expect([name, link, made.has(target) || target === 'run.json']).toEqual([name, link, true]);
          if (anchor !== undefined && anchor !== '') {
            expect([name, link, idsOf(made.get(target) ?? '').includes(decodeURIComponent(anchor))]).toEqual([
              name,
              link,
              true,
            ]);
          }
        }
      }
    },
  );

  it('has the data of every table and chart beside it, as CSV and JSON', async () => {
    const made = await renderReport(whole);
    let sections = 0;
    for (const [name, page] of made) {
      if (!name.endsWith('.html')) continue;
      // A scenario's page has one pair of files for all its steps, named in its header.
      if (name.startsWith('scenario/')) {
        expect(page).toMatch(/class="data">Data: <a href="[^"]+\.csv">.*<a href="[^"]+\.json">/);
        continue;
      }
      for (const section of page.split('<section ').slice(1)) {
        if (!/<table|<svg/.test(section)) continue;
        sections++;
        const [, csv = '', json = ''] =
          /class="data">Data: <a href="([^"]+)">[^<]*<\/a> <a href="([^"]+)">/.exec(section) ?? [];
        const [numbers, objects] = [csv, json].map((link) =>
          made.get(posix.join(posix.dirname(name), decodeURI(link))),
        );
        expect([name, section.slice(0, 60), numbers === undefined, objects === undefined]).toEqual([
          name,
          section.slice(0, 60),
          false,
          false,
        ]);
        expect(JSON.parse(objects ?? '')).toHaveLength(
          (numbers ?? '').replace(/"[^"]*"/g, '').split('\r\n').length - 2,
        );
      }
    }
    expect(sections).toBeGreaterThan(20);
  });

  it('has numbers in its data unrounded, and the thing that they are of', async () => {
    const objects = JSON.parse(files.get('data/kernel-repositories.json') ?? '');
    const [first] = run.repositories;
    const found = objects.find(({ Repository }: { Repository: string }) => Repository === first?.name);
    expect(found).toMatchObject({ Packages: first?.packages, gzip: first?.primaryGzipBytes });
    expect(run.kernels.map(({ release }) => release)).toContain(found.Kernel);
  });

  it('leads from every detail page to the first one, and to each of them from some other', () => {
    const linked = new Set<string>();
    for (const [name, page] of pages) {
      expect(page).toMatch(/href="(\.\.\/)?(index\.html)?#summary"/);
      for (const [, link = ''] of page.matchAll(/href="([^"#]+)/g)) {
        const target = posix.join(posix.dirname(name), decodeURI(link));
        if (target !== name) linked.add(target);
      }
    }
    expect(pages.map(([name]) => name).filter((name) => !linked.has(name) && name !== 'index.html')).toEqual([]);
  });

  it('refers to nothing outside, and only the page that searches may run a script, one named by its digest', () => {
    for (const [name, page] of pages) {
      expect(page).not.toMatch(/\b(?:src|srcset|poster|action|formaction)=/);
      expect(page).not.toMatch(/url\(|@import|<link|<iframe|<object|<embed/);
      expect(page).not.toMatch(/href="(?:[a-z]+:|\/)/i);
      const [, policy = ''] = /Content-Security-Policy" content="([^"]*)"/.exec(page) ?? [];
      const script = name === 'search.html' ? / script-src 'sha256-[A-Za-z0-9+/=]+';/ : /(?!)/;
      expect(policy.replace(script, '')).toBe(
        "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'",
      );
      expect(page.match(/<script/g)?.length ?? 0).toBe(name === 'search.html' ? 1 : 0);
    }
  });

  it('keeps the first page small', () => {
    expect(tagsOf(index).length / 2).toBeLessThan(3000);
  });

  it('keeps apart what the lab recorded and what happens to a machine: no class of one is a class of the other', () => {
    const page = files.get('scenario/kernel-update.html') ?? '';
    expect(page).toMatch(/class="badge met"><span aria-hidden="true">≡<\/span> as recorded/);
    expect(index).toMatch(/The lab’s own test: <span class="badge met"/);
    expect(index).not.toMatch(/class="badge (good|bad)">[\s\S]{0,60}recorded/);
  });

  it('answers five questions on the first screen', () => {
    const answers = [...index.matchAll(/<dt>(?:<a [^>]*>)?([^<]*)(?:<\/a>)?<\/dt><dd>([^<]+)<\/dd>/g)].map(
      ([, question]) => question,
    );
    expect(answers).toEqual([
      'Does it scale?',
      'Which design?',
      'What does a machine lose?',
      'What does it cost?',
      'How sure is that?',
    ]);
  });

  it('states how many steps of a long transaction it does not list', () => {
    expect(files.get('scenario/kernel-update.html')).toContain('3,774 more are in run.json.');
  });

  it('leaves out what was not measured and says what did not run', async () => {
    const empty = runDocument({
      graph: null,
      churn: [],
      growth: [],
      repositories: [],
      scenarios: [],
      notRun: [{ what: 'growth', why: 'it was not asked for', bug: false }],
    });
    const page = (await renderReport(empty)).get('index.html') ?? '';
    const anchors = [...page.matchAll(/href="#([^"]+)"/g)].map(([, anchor]) => anchor);
    expect(anchors.filter((anchor) => anchor !== 'main' && !idsOf(page).includes(anchor ?? ''))).toEqual([]);
    expect(/NaN|undefined|Infinity|\[object/.exec(page)).toBeNull();
    expect(page).not.toContain('<svg');
    expect(page).toContain('it was not asked for');
  });

  it('prints no number that is none, on any page', async () => {
    for (const [name, text] of [...files, ...(await renderReport(whole))])
      expect([name, /NaN|undefined|Infinity|\[object/.exec(text)?.[0]]).toEqual([name, undefined]);
  });

  it('survives samples of zero and a kernel without kernel modules', async () => {
    const zero = structuredClone(run);
    for (const series of zero.growth)
      for (const point of series.points)
        for (const phase of point.phases) phase.samplesMs = phase.samplesMs.map(() => 0);
    for (const { steps } of zero.scenarios)
      for (const { phases } of steps) for (const phase of phases) phase.samplesMs = [0];
    for (const update of zero.churn) Object.assign(update, { symbols: 0, changed: 0, kernelModules: 0, broken: 0 });
    for (const [name, text] of await renderReport(zero))
      expect([name, /NaN|undefined|Infinity/.exec(text)?.[0]]).toEqual([name, undefined]);
  });
});

describe('the data beside a report', () => {
  it('are the facts of run.json', () => {
    const facts: unknown = JSON.parse(files.get('scenario/kernel-update.json') ?? '');
    expect(facts).toEqual(run.scenarios.filter(({ file }) => file.endsWith('/kernel-update.yaml')));
  });

  it('have the same rows as CSV and as JSON', () => {
    for (const [name, text] of files) {
      if (!/^data\/.*\.json$/.test(name)) continue;
      const rows: unknown = JSON.parse(text);
      const lines = (files.get(name.replace(/json$/, 'csv')) ?? '').trimEnd().split('\r\n');
      expect([name, Array.isArray(rows) ? rows.length : 0]).toEqual([name, lines.length - 1]);
    }
  });

  it('are text to a spreadsheet where they begin as a formula does', async () => {
    const formula = structuredClone(run);
    for (const series of formula.growth) series.name = `=cmd|'/c calc'!A1 "${series.name}"`;
    const csv = (await renderReport(formula)).get('data/growth.csv') ?? '';
    expect(csv).toContain(`"'=cmd|'/c calc'!A1 ""kernelModules"""`);
  });
});

describe('the report as one file', () => {
  it('has every page, and leads nowhere else', async () => {
    const page = await renderSingleFile(whole);
    const ids = idsOf(page);
    expect(new Set(ids).size).toBe(ids.length);
    const links = [...page.matchAll(/href="([^"]*)"/g)].map(([, link]) => decodeURI(link ?? ''));
    expect(links.filter((link) => !link.startsWith('#'))).toEqual([]);
    expect(links.filter((link) => link !== '#main' && !ids.includes(link.slice(1)))).toEqual([]);
    for (const name of (await renderReport(whole)).keys())
      if (name.endsWith('.html')) expect(ids).toContain(name.replace(/\.html$/, ''));
  });
});

describe('hostile metadata in a report', () => {
  const hostile: RunDocument = hostileRun({ ...run, scorecard: scorecard() });

  it('is in every open string of the run', () => {
    expect(JSON.stringify(hostile).split('pwned').length).toBeGreaterThan(100);
  });

  it('adds not one element, as pages or as one file', async () => {
    const plain = tagsOf(await renderSingleFile({ ...run, scorecard: scorecard() }));
    const attacked = tagsOf(await renderSingleFile(hostile));
    // The same templates ran over the same shape, but for links: two names may lead to one page where their hostile forms do not.
    const drawn = (tags: readonly string[]): number => tags.filter((tag) => !['a', 'span'].includes(tag)).length;
    expect(Math.abs(drawn(attacked) - drawn(plain)) / drawn(plain)).toBeLessThan(0.05);
    expect(new Set(attacked)).toEqual(new Set(plain));
  });

  it('appears nowhere as it was given, and makes no path that leaves the directory', async () => {
    const made = await renderReport(hostile);
    for (const [name, page] of made) {
      expect(name).toMatch(/^([a-z]+\/)?[A-Za-z0-9._+-]+\.(html|csv|json)$/);
      expect(name).not.toContain('..');
      if (!name.endsWith('.html')) continue;
      expect(hostileTexts.filter((text) => /[<>]/.test(text) && page.includes(text))).toEqual([]);
      // Inside the quotes of an attribute it is text.
      const withoutValues = page.replace(/"[^"<>]*"/g, '""');
      expect(/<[^>]*\son(error|load|mouseover)=/i.exec(withoutValues)).toBeNull();
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
      expect(/[\u0000\u0007\u202e\u2066\u2028\u2029]|\p{Surrogate}/u.exec(page)?.index).toBeUndefined();
      expect(page.match(/<script/g)?.length ?? 0).toBe(name === 'search.html' ? 1 : 0);
    }
  });

  it('cannot end a rule of the style sheet', async () => {
    const page = (await renderReport(hostile)).get('index.html') ?? '';
    const [, style = ''] = /<style>([\s\S]*?)<\/style>/.exec(page) ?? [];
    expect(style).not.toMatch(/pwned|onerror|document\.title/);
  });

  it('stays inside the data block of one file', async () => {
    const page = await renderSingleFile(hostile);
    const block = /<script type="application\/json" id="figures">([\s\S]*?)<\/script>/.exec(page)?.[1] ?? '';
    expect(JSON.parse(block)).toMatchObject({ name: hostile.name, seed: hostile.seed });
  });
});

describe('the source of the report', () => {
  it('marks text as trusted only for the style sheet, for charts and in the template itself', () => {
    const root = join(import.meta.dirname, '../../src/report');
    const sources = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
    const trusting = sources.filter((file) => readFileSync(join(root, file), 'utf8').includes('Html.trusted('));
    expect(trusting.sort()).toEqual(['charts/canvas.ts', 'html.ts', 'template/page.ts']);
  });
});
