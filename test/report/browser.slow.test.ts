import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { kernelDiff, kernelDocument } from '#analyse';
import { loadBuiltinKernel } from '#kernel';
import { renderKernel, renderKernelDiff, renderReport, renderSingleFile } from '#report';
import { type RunDocument, readRunDocument } from '#run-document';
import { slug } from '../../src/report/site/slugs.js';
import { cli } from '../support/cli.js';
import { history } from '../support/history.js';
import { hostileRun } from '../support/hostile.js';
import { scorecard } from '../support/run-document/scorecard.js';
import { runDocument } from '../support/run-document.js';

const executablePath = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
/** A run document of all real scenarios; without it one is made, which takes minutes. */
const given = process.env['KMPLAB_RUN'] || undefined;
const widths = [360, 390, 768, 1280, 1920];

/** Pages of each kind, of the real run. */
const kinds = [
  'index',
  'method',
  'measurements',
  'search',
  'scenario/kernel-update-by-name',
  'scenario/fresh-install',
  'design/modular',
  'kernel/6.1.0-56-amd64',
  'update/6.1.0-52-amd64-to-6.1.0-53-amd64',
  'symbol/bpf_trace_run2',
  'package/kernel-default',
  'repository/debian-6.1.0-53-amd64-modular',
];

/** A missing browser fails these tests: what did not run has not passed. */
describe('the report in a browser', () => {
  let browser: Browser;
  let directory = '';
  let axe = '';
  const at = (report: string, page: string): string => join(directory, report, `${page}.html`);

  async function publish(name: string, run: RunDocument): Promise<void> {
    for (const [path, text] of await renderReport(run)) {
      const file = join(directory, name, path);
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, text);
    }
  }

  beforeAll(async () => {
    if (!existsSync(executablePath)) throw new Error(`no browser at ${executablePath}: apt-get install chromium`);
    directory = await mkdtemp(join(tmpdir(), 'kmplab-browser-'));
    const document = given ?? join(directory, 'made', 'run.json');
    if (given === undefined) await cli('run', '--growth', '--samples', '1', '-o', join(directory, 'made'));
    const made = { ...runDocument(), scorecard: scorecard(), histories: [history()] };
    await publish('real', await readRunDocument(document));
    await publish('made-up', made);
    await publish('hostile', hostileRun(runDocument()));
    await mkdir(join(directory, 'alone'));
    await writeFile(at('alone', 'single'), await renderSingleFile(made));
    const [older, newer] = [
      await loadBuiltinKernel('debian-6.1.0-52-amd64'),
      await loadBuiltinKernel('debian-6.1.0-53-amd64'),
    ];
    await writeFile(at('alone', 'build'), await renderKernel(kernelDocument(newer)));
    await writeFile(at('alone', 'update'), await renderKernelDiff(kernelDiff(older, newer)));
    axe = await readFile('node_modules/axe-core/axe.min.js', 'utf8');
    browser = await chromium.launch({
      executablePath,
      args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking'],
    });
  }, 900_000);
  afterAll(async () => {
    await browser?.close();
    await rm(directory, { recursive: true, force: true });
  });

  async function open(file: string, options: BrowserContextOptions = {}) {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
    const page = await context.newPage();
    const problems: string[] = [];
    const requests: string[] = [];
    page.on('console', (message) => problems.push(message.text()));
    page.on('pageerror', (error) => problems.push(error.message));
    page.on('request', (request) => requests.push(request.url()));
    await page.goto(pathToFileURL(file).href);
    return { page, problems, requests, close: () => context.close() };
  }

  const unfold = (page: Page): Promise<unknown> =>
    page.evaluate('for (const each of document.querySelectorAll("details")) each.open = true');

  /** Pixels that the page is wider than the screen, and words of charts that lie outside of their picture. */
  const cut = (page: Page): Promise<unknown> => page.evaluate(cutOff);

  it.each(kinds)(
    'shows %s at every width, folded and unfolded, with no request, no message and nothing cut',
    async (name) => {
      for (const width of widths) {
        const { page, problems, requests, close } = await open(at('real', name), { viewport: { width, height: 900 } });
        expect([width, await cut(page)]).toEqual([width, [0, []]]);
        await unfold(page);
        expect([width, await cut(page)]).toEqual([width, [0, []]]);
        expect(requests).toEqual([pathToFileURL(at('real', name)).href]);
        expect(problems).toEqual([]);
        await close();
      }
    },
  );

  it.each([
    ['made-up', 'index'],
    ['made-up', 'design/modular'],
    ['made-up', `history/${slug(history().name)}`],
    ['hostile', 'index'],
    ['hostile', 'search'],
    ['alone', 'single'],
    ['alone', 'build'],
    ['alone', 'update'],
  ])('shows %s, %s without a message and with nothing cut', async (report, name) => {
    for (const width of [390, 1280]) {
      const { page, problems, requests, close } = await open(at(report, name), { viewport: { width, height: 900 } });
      await unfold(page);
      expect([width, await cut(page)]).toEqual([width, [0, []]]);
      expect([requests.length, problems]).toEqual([1, []]);
      await close();
    }
  });

  it('keeps the first page within its budgets, and the first screen on the screen', async () => {
    const { page } = await open(at('real', 'index'));
    expect(await page.evaluate('document.querySelectorAll("*").length')).toBeLessThanOrEqual(3000);
    expect(await page.evaluate('document.documentElement.scrollHeight')).toBeLessThanOrEqual(8000);
    expect(await page.evaluate('document.querySelector(".first").getBoundingClientRect().bottom')).toBeLessThanOrEqual(
      900,
    );
    expect(await page.locator('.first details').count()).toBe(0);
  });

  it('prints the first page on at most 12 sheets, without what only a screen needs', async () => {
    const { page } = await open(at('real', 'index'));
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('nav').isVisible()).toBe(false);
    const pdf = (await page.pdf({ format: 'A4', preferCSSPageSize: true })).toString('latin1');
    const sheets = pdf.match(/\/Type\s*\/Page\b(?!s)/g)?.length ?? 0;
    expect(sheets).toBeGreaterThan(1);
    expect(sheets).toBeLessThanOrEqual(12);
  });

  it.each([
    ...kinds.map((name) => ['real', name]),
    ['made-up', 'index'],
    ['made-up', `history/${slug(history().name)}`],
    ['alone', 'build'],
    ['alone', 'update'],
  ])(
    'gives axe-core nothing to find: %s, %s, in light and dark, folds open included',
    async (report = '', name = '') => {
      for (const colorScheme of ['light', 'dark'] as const) {
        const { page, close } = await open(at(report, name), { colorScheme, bypassCSP: true });
        await unfold(page);
        await page.evaluate(axe);
        const found = await page.evaluate(
          'axe.run().then(({ violations }) => violations.map(({ id, nodes }) => [id, nodes.length, nodes[0].html.slice(0, 200)]))',
        );
        expect([colorScheme, found]).toEqual([colorScheme, []]);
        await close();
      }
    },
  );

  it('filters what breaks without a script, and by keyboard', async () => {
    const { page } = await open(at('real', 'index'), { javaScriptEnabled: false });
    const rows = page.locator('.finding:visible');
    const all = await rows.count();
    await page.locator('#only-severity').focus();
    await page.keyboard.press('ArrowRight');
    const fewer = await rows.count();
    expect(fewer).toBeGreaterThan(0);
    expect(fewer).toBeLessThan(all);
    expect(await page.locator('.finding:visible:not([data-severity="boot"])').count()).toBe(0);
    await page.locator('#only-verb').focus();
    await page.keyboard.press('ArrowRight');
    expect(await rows.count()).toBeLessThan(fewer);
  });

  it('finds a name by keyboard alone, from a file, and leads to it', async () => {
    const { page, problems, requests } = await open(at('real', 'search'));
    expect(await page.evaluate('document.activeElement.className')).toBe('query');
    const names = page.locator('.names-of li:visible');
    const all = await names.count();
    await page.keyboard.type('false-satisfaction hard');
    expect(await names.count()).toBeGreaterThan(0);
    expect(await names.count()).toBeLessThan(all);
    expect(await page.locator('[role=status]').textContent()).toMatch(/^\d+ names?$/);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.waitForURL(/false-satisfaction-hard-requires\.html$/);
    expect(requests).toHaveLength(2);
    expect(problems).toEqual([]);
  });

  it('has every name in the search without a script', async () => {
    const { page } = await open(at('real', 'search'), { javaScriptEnabled: false });
    expect(await page.locator('.query').isVisible()).toBe(false);
    expect(await page.locator('.names-of li:visible').count()).toBeGreaterThan(100);
  });

  it('leads from every figure of the first screen to its step, the command, the counters and the definition in two clicks', async () => {
    for (const report of ['real', 'made-up']) {
      const { page, close } = await open(at(report, 'index'));
      const unlinked = await page.locator('.matrix tbody td.number:not(:has(a))').allTextContents();
      expect([report, unlinked.filter((text) => text !== '\u2013')]).toEqual([report, []]);
      const hrefs = await page
        .locator('.matrix tbody td a, .matrix thead a, .risks a, .five a')
        .evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''));
      expect(hrefs.length).toBeGreaterThan(25);
      for (const href of new Set(hrefs)) {
        await page.goto(pathToFileURL(at(report, 'index')).href);
        await page.locator(`.first a[href="${href}"]`).first().click();
        // A place that is not there is waited for until the test fails.
        const place = page.locator(':target');
        await place.waitFor({ state: 'attached' });
        const text = (await page.locator('main').textContent()) ?? '';
        const told = (await place.textContent()) ?? '';
        const data = await page.locator(':target .data a').count();
        const found = {
          // A section of the same page, or a definition, is told in words, with its data beside it.
          words: !/^(scenario|design)\//.test(href) && (told.length > 40 || data > 0),
          // A step of a scenario has the command of its scenario.
          command: /kmplab (run|generate|design compare) /.test(href.startsWith('design/') ? told : text),
          counters: /Exact counters|Work|primary\.xml as gzip|Built again/.test(told),
          definition: (await page.locator(':target a[href*="method.html"], main a[href*="method.html"]').count()) > 0,
        };
        const led = found.words || (found.command && found.counters && found.definition);
        expect([href, found, led]).toEqual([href, found, true]);
      }
      await close();
    }
  });

  it('shows what the lab recorded in colours that nothing else has, in light and in dark', async () => {
    for (const colorScheme of ['light', 'dark'] as const) {
      const { page, close } = await open(at('real', 'scenario/kernel-update-by-name'), { colorScheme });
      const colours = pairs(await page.evaluate(coloursOfTones));
      const [recorded, ...machine] = colours;
      expect(machine.filter(([, colour]) => colour === recorded?.[1])).toEqual([]);
      await close();
    }
  });

  it('keeps what hostile names hold as text', async () => {
    for (const name of ['index', 'search']) {
      const { page, problems, requests } = await open(at('hostile', name));
      expect(requests).toHaveLength(1);
      expect(problems).toEqual([]);
      expect(await page.title()).not.toBe('pwned');
      expect(await page.locator('img, iframe, object, embed, base, form').count()).toBe(0);
      expect(await page.locator('main').getByText('<img src=x onerror=').count()).toBeGreaterThan(0);
    }
  });

  it('can be read and unfolded by keyboard alone', async () => {
    const { page } = await open(at('real', 'scenario/kernel-update-by-name'));
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.className')).toBe('skip');
    await page.keyboard.press('Enter');
    expect(await page.evaluate('document.activeElement.id')).toBe('main');
    for (let presses = 0; presses < 60; presses++) {
      await page.keyboard.press('Tab');
      if ((await page.evaluate('document.activeElement.tagName')) === 'SUMMARY') break;
    }
    await page.keyboard.press('Enter');
    expect(await page.evaluate('document.activeElement.parentElement.open')).toBe(true);
  });

  it('has enough contrast for its text in light and in dark', async () => {
    for (const colorScheme of ['light', 'dark'] as const) {
      const { page } = await open(at('made-up', 'index'), { colorScheme });
      const ratios = pairs(await page.evaluate(contrastOfNames));
      // 4.5 is what WCAG 2 asks of text at level AA.
      for (const [name, ratio] of ratios)
        expect([colorScheme, name, Number(ratio) >= 4.5]).toEqual([colorScheme, name, true]);
    }
  });
});

/** Runs in the page. A box that scrolls shows so by the shade at its edge, so that what lies beyond is not cut off without a sign. */
const cutOff = `(() => {
  const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth;
  const outside = [...document.querySelectorAll('svg text')].filter((text) => {
    const [box, picture] = [text.getBoundingClientRect(), text.ownerSVGElement.getBoundingClientRect()];
    if (picture.width === 0) return false;
    return box.left < picture.left - 1 || box.right > picture.right + 1 || box.top < picture.top - 2 || box.bottom > picture.bottom + 2;
  });
  return [wide, outside.map((text) => text.textContent)];
})()`;

/** The colour of what was recorded, then those of what happens to a machine. Runs in the page. */
const coloursOfTones = `['met', 'good', 'bad', 'unknown'].map((tone) => {
  const probe = document.createElement('span');
  probe.className = 'badge ' + tone;
  document.body.append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  return [tone, color];
})`;

/** Contrast of each text colour of the style sheet with the paper, by the formula of WCAG 2. Runs in the page. */
const contrastOfNames = `(() => {
  const luminance = (name) => {
    const probe = document.createElement('i');
    probe.style.color = 'var(--' + name + ')';
    document.body.append(probe);
    const [r, g, b] = getComputedStyle(probe).color.match(/[0-9.]+/g).map((part) => {
      const share = part / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    probe.remove();
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const paper = luminance('paper');
  return ['ink', 'muted', 'accent', 'good', 'bad', 'unknown', 'test', 'one', 'two', 'three'].map((name) => {
    const text = luminance(name);
    return [name, (Math.max(text, paper) + 0.05) / (Math.min(text, paper) + 0.05)];
  });
})()`;

function pairs(value: unknown): [string, unknown][] {
  if (!Array.isArray(value)) throw new Error('the page answered something else');
  return value.map(([name, one]) => [String(name), one]);
}
