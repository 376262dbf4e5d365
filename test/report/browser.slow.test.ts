import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { kernelDiff, kernelDocument } from '#analyse';
import { loadBuiltinKernel } from '#kernel';
import { renderKernel, renderKernelDiff, renderReport } from '#report';
import { hostileRun } from '../support/hostile.js';
import { comparedSchemes } from '../support/run-document/schemes.js';
import { runDocument } from '../support/run-document.js';

const executablePath = process.env['CHROMIUM'] ?? '/usr/bin/chromium';

/** A missing browser fails these tests: what did not run has not passed. */
describe('the report in a browser', () => {
  let browser: Browser;
  let directory = '';
  const files = { plain: '', hostile: '', schemes: '', build: '', update: '' };

  beforeAll(async () => {
    if (!existsSync(executablePath)) throw new Error(`no browser at ${executablePath}: apt-get install chromium`);
    directory = await mkdtemp(join(tmpdir(), 'kmplab-browser-'));
    for (const [name, run] of [
      ['plain', runDocument()],
      ['hostile', hostileRun(runDocument())],
      ['schemes', comparedSchemes()],
    ] as const) {
      files[name] = join(directory, `${name}.html`);
      await writeFile(files[name], await renderReport(run));
    }
    const [older, newer] = [
      await loadBuiltinKernel('debian-6.1.0-52-amd64'),
      await loadBuiltinKernel('debian-6.1.0-53-amd64'),
    ];
    files.build = join(directory, 'build.html');
    await writeFile(files.build, await renderKernel(kernelDocument(newer)));
    files.update = join(directory, 'update.html');
    await writeFile(files.update, await renderKernelDiff(kernelDiff(older, newer)));
    browser = await chromium.launch({
      executablePath,
      args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking'],
    });
  });
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
    return { page, problems, requests };
  }

  const overflow = (page: Page): Promise<number> =>
    page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');

  it('opens from a file without a request, an error or a message', async () => {
    const { page, problems, requests } = await open(files.plain);
    expect(requests).toEqual([pathToFileURL(files.plain).href]);
    expect(problems).toEqual([]);
    expect(await page.title()).toBe('Does kABI tracking scale? real');
    expect(await page.locator('svg').count()).toBe(12);
  });

  it.each(['build', 'update'] as const)(
    'shows the page of a kernel %s without a request or a message, on any screen',
    async (name) => {
      for (const width of [390, 1280]) {
        const { page, problems, requests } = await open(files[name], { viewport: { width, height: 844 } });
        expect(requests).toEqual([pathToFileURL(files[name]).href]);
        expect(problems).toEqual([]);
        await page.evaluate('for (const each of document.querySelectorAll("details")) each.open = true');
        expect(await overflow(page)).toBe(0);
      }
    },
  );

  it.each([390, 768, 1280])('does not scroll sideways at %i pixels, with everything unfolded', async (width) => {
    for (const file of [files.plain, files.hostile, files.schemes]) {
      const { page } = await open(file, { viewport: { width, height: 844 } });
      expect(await overflow(page)).toBe(0);
      await page.evaluate('for (const each of document.querySelectorAll("details")) each.open = true');
      expect(await overflow(page)).toBe(0);
    }
  });

  it('keeps what hostile names hold as text', async () => {
    const { page, problems, requests } = await open(files.hostile);
    expect(requests).toHaveLength(1);
    expect(problems).toEqual([]);
    expect(await page.title()).toContain('Does kABI tracking scale?');
    expect(await page.locator('h1').allTextContents()).toEqual(['Does kABI tracking scale?']);
    expect(await page.locator('img, iframe, object, embed, base, form').count()).toBe(0);
    expect(await page.locator('script').count()).toBe(1);
    expect(await page.locator('main').getByText('<img src=x onerror=').count()).toBeGreaterThan(0);
  });

  it('can be read and unfolded by keyboard alone', async () => {
    const { page } = await open(files.plain);
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
      const { page } = await open(files.plain, { colorScheme });
      const ratios = pairs(await page.evaluate(contrastOfNames));
      // 4.5 is what WCAG 2 asks of text at level AA.
      for (const [name, ratio] of ratios) expect([colorScheme, name, ratio >= 4.5]).toEqual([colorScheme, name, true]);
    }
  });

  it('prints on pages without losing a section', async () => {
    const { page } = await open(files.plain);
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('nav').isVisible()).toBe(false);
    expect(await page.locator('main > section').count()).toBe(9);
    expect((await page.pdf({ format: 'A4' })).byteLength).toBeGreaterThan(10_000);
  });
});

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
  return ['ink', 'muted', 'accent', 'good', 'bad', 'unknown'].map((name) => {
    const text = luminance(name);
    return [name, (Math.max(text, paper) + 0.05) / (Math.min(text, paper) + 0.05)];
  });
})()`;

function pairs(value: unknown): [string, number][] {
  if (!Array.isArray(value)) throw new Error('the page answered something else');
  return value.map(([name, ratio]) => [String(name), Number(ratio)]);
}
