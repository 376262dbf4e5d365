import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { renderReport } from '#report';
import type { RunDocument } from '#run-document';
import { hostileRun, hostileTexts } from '../support/hostile.js';
import { runDocument } from '../support/run-document.js';

/** Tags, attributes and their values of the page, read by a scanner that knows nothing of the templates. */
function tagsOf(page: string): string[] {
  const withoutRawText = page.replace(/<(style|script)\b[^>]*>[\s\S]*?<\/\1>/g, '<$1></$1>');
  return [...withoutRawText.matchAll(/<\/?([a-zA-Z][a-zA-Z0-9]*)/g)].map(([, name]) => (name ?? '').toLowerCase());
}

describe('the report of a run', () => {
  it('has the verdict first, every scenario, and a chart for every measurement', async () => {
    const page = await renderReport(runDocument());
    expect(page.indexOf('Does kABI tracking scale?')).toBeLessThan(page.indexOf('id="scenarios"'));
    for (const { question, rerun } of runDocument().scenarios) {
      expect(page).toContain(question);
      expect(page).toContain(rerun);
    }
    // Samples, two series of growth with two charts each, six histograms, churn.
    expect(page.match(/<svg /g)).toHaveLength(1 + 4 + 6 + 1);
    expect(page.match(/role="img"/g)).toHaveLength(12);
  });

  it('is the same for the same run', async () => {
    expect(await renderReport(runDocument())).toBe(await renderReport(runDocument()));
  });

  it('refers to nothing outside itself', async () => {
    const page = await renderReport(runDocument());
    expect(page).not.toMatch(/\b(?:src|srcset|poster|action|formaction)=/);
    expect(page).not.toMatch(/url\(|@import|<link|<iframe|<object|<embed/);
    expect([...page.matchAll(/href="([^"]*)"/g)].every(([, target]) => target?.startsWith('#'))).toBe(true);
    expect(page).toContain(`content="default-src 'none'`);
  });

  it('gives every id once and every link a target', async () => {
    const page = await renderReport(runDocument());
    const ids = [...page.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const [, target] of page.matchAll(/href="#([^"]*)"/g)) expect(ids).toContain(target);
    for (const [, names] of page.matchAll(/aria-labelledby="([^"]*)"/g))
      for (const name of (names ?? '').split(' ')) expect(ids).toContain(name);
  });

  it('states how many steps of a long transaction it does not list', async () => {
    expect(await renderReport(runDocument())).toContain('3,774 more are in run.json.');
  });

  it('leaves out what was not measured and says what did not run', async () => {
    const run = runDocument({
      graph: null,
      churn: [],
      growth: [],
      repositories: [],
      scenarios: [],
      notRun: [{ what: 'growth', why: 'it was not asked for' }],
    });
    const page = await renderReport(run);
    expect(/NaN|undefined|Infinity|\[object/.exec(page)).toBeNull();
    expect(page).not.toContain('<svg');
    expect(page).toContain('it was not asked for');
    expect(page).toContain('1 part did not run');
  });

  it('prints no number that is none', async () => {
    expect(/NaN|undefined|Infinity|\[object/.exec(await renderReport(runDocument()))).toBeNull();
  });

  it('survives samples of zero and a kernel without kernel modules', async () => {
    const run = runDocument();
    const zero = structuredClone(run);
    for (const series of zero.growth)
      for (const point of series.points)
        for (const phase of point.phases) phase.samplesMs = phase.samplesMs.map(() => 0);
    for (const { steps } of zero.scenarios)
      for (const { phases } of steps) for (const phase of phases) phase.samplesMs = [0];
    for (const update of zero.churn) Object.assign(update, { symbols: 0, changed: 0, kernelModules: 0, broken: 0 });
    expect(/NaN|undefined|Infinity/.exec(await renderReport(zero))).toBeNull();
  });
});

describe('hostile metadata in a report', () => {
  const hostile: RunDocument = hostileRun(runDocument());

  it('is in every open string of the run', () => {
    expect(JSON.stringify(hostile).split('pwned').length).toBeGreaterThan(100);
  });

  it('adds not one element to the page', async () => {
    const plain = tagsOf(await renderReport(runDocument()));
    const attacked = tagsOf(await renderReport(hostile));
    // The same templates ran over the same shape. Compared as one text: a difference of thousands of elements helps nobody.
    expect(attacked.length).toBe(plain.length);
    expect(attacked.join(' ') === plain.join(' ')).toBe(true);
  });

  it('appears nowhere as it was given', async () => {
    const page = await renderReport(hostile);
    const given = hostileTexts.filter((text) => /[<>]/.test(text) && page.includes(text));
    expect(given).toEqual([]);
    // Inside the quotes of an attribute it is text.
    const withoutValues = page.replace(/"[^"<>]*"/g, '""');
    expect(/<[^>]*\son(error|load|mouseover)=/i.exec(withoutValues)).toBeNull();
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
    expect(/[\u0000\u0007\u202e\u2066\u2028\u2029]|\p{Surrogate}/u.exec(page)?.index).toBeUndefined();
  });

  it('stays inside the data block', async () => {
    const page = await renderReport(hostile);
    const block = /<script type="application\/json" id="figures">([\s\S]*?)<\/script>/.exec(page)?.[1] ?? '';
    expect(JSON.parse(block)).toMatchObject({ name: hostile.name, seed: hostile.seed });
    expect(page.match(/<script/g)).toHaveLength(1);
  });
});

describe('the source of the report', () => {
  it('marks text as trusted only for the style sheet, for charts and in the template itself', () => {
    const root = join(import.meta.dirname, '../../src/report');
    const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
    const trusting = files.filter((file) => readFileSync(join(root, file), 'utf8').includes('Html.trusted('));
    expect(trusting.sort()).toEqual(['charts/canvas.ts', 'html.ts', 'template/page.ts']);
  });
});
