import { describe, expect, it } from 'vitest';
import { renderReport } from '#report';
import { schemesView } from '../../src/report/view/schemes.js';
import { hostileRun } from '../support/hostile.js';
import { comparedSchemes } from '../support/run-document/schemes.js';
import { runDocument } from '../support/run-document.js';

describe('schemes compared in the report', () => {
  const view = schemesView(comparedSchemes());

  it('are left out where a run compared none', async () => {
    expect(schemesView(runDocument())).toBeNull();
    expect(await renderReport(runDocument())).not.toContain('id="schemes"');
  });

  it('have what a repository of the newest build weighs', () => {
    expect(view?.sizes).toEqual([
      ['modular', '4,024', '238,639', '24.2 MB', '2.20 MB', '1.05 MB', '2.06 MB'],
      ['split layout=fedora', '5', '238,639', '24.2 MB', '372 kB', '\u2013', '2.06 MB'],
    ]);
  });

  it('say how many packages an update rebuilds and why', () => {
    expect(view?.updates.rows.map((cells) => cells.map(({ text, detail }) => `${text}; ${detail}`))).toEqual([
      ['modular; ', '1,294 of 4,024 (32 %); 433 changed, 858 tied, 2 new'],
      ['split layout=fedora; ', '4,024 of 4,024 (100 %); 433 changed, 3,588 tied, 2 new'],
    ]);
  });

  it('show for each machine what it downloads and whether its devices work', () => {
    const [install] = view?.machines ?? [];
    expect(view?.machines).toHaveLength(2);
    expect(install?.schemes).toEqual(['modular', 'split layout=fedora']);
    const cells = install?.rows.map((row) => row.cells.map((cell) => `${cell?.download}, ${cell?.badge.text}`));
    expect(cells).toEqual([
      ['12.6 MB, 18 driven', '\u2013, no solution'],
      ['12.6 MB, 18 driven', '54.5 MB, 9 of 18 driven'],
    ]);
  });

  it('draw three bars for each: metadata and download as shares of the largest, rebuilt packages of all', () => {
    const [modular, split] = view?.chart.groups.map(({ bars }) => bars.map(({ share }) => share)) ?? [];
    // (12.6 + 25.2) / 2 MB of 109 MB, which the one machine with a solution downloads.
    expect(modular?.map((share) => share.toFixed(3))).toEqual([
      '1.000',
      (18.9 / 109).toFixed(3),
      (1294 / 4024).toFixed(3),
    ]);
    expect(split?.map((share) => share.toFixed(3))).toEqual([(0.372 / 2.203411).toFixed(3), '1.000', '1.000']);
  });

  it('put each request of a scenario under all schemes into one table', () => {
    expect(view?.steps.map(({ caption, rows }) => [caption, rows.map(([scheme]) => scheme)])).toEqual(
      ['update everything (zypper up)', 'ask for the kernel only (zypper in kernel-default=6.1.187)'].map((step) => [
        `scenarios/real/kernel-update.yaml: ${step}`,
        ['modular', 'split layout=fedora'],
      ]),
    );
    expect(view?.steps[1]?.rows[0]?.slice(1, 4)).toEqual(['solved', '1', '9.10 MB']);
    expect(view?.steps[1]?.rows[0]?.[9]).toBe('1 of 3');
  });

  it('are one section of the page, with every text escaped', async () => {
    const page = await renderReport(comparedSchemes());
    expect(page).toContain('href="#schemes"');
    expect(page).toContain('id="chart-schemes-title"');
    const hostile = await renderReport(hostileRun(comparedSchemes()));
    expect(hostile).not.toMatch(/<img|<h1>pwned|<[^>]*\sonerror=/);
    expect(hostile.match(/<script/g)).toHaveLength((page.match(/<script/g) ?? []).length);
  });
});
