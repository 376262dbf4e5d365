import { describe, expect, it } from 'vitest';
import { renderReport } from '#report';
import { historyViews } from '../../src/report/view/histories.js';
import { history } from '../support/history.js';
import { runDocument } from '../support/run-document.js';

describe('histories in the report', () => {
  it('draw shares of the monolithic kernel and say per machine what is amiss', () => {
    const [view] = historyViews(runDocument({ histories: [history()] }));
    expect(view?.chart.groups.map(({ bars }) => bars.map(({ share }) => share))).toEqual([
      [1, 1],
      [0.25, 3.3 / 10.2],
    ]);
    expect(view?.machines.map(({ summary }) => summary)).toEqual([
      'server-intel under monolithic: 10 days without vendor_nic',
      'server-intel under modular publish=changed: lacks a driver after 1 update, 28 days without vendor_nic',
    ]);
    expect(view?.machines[1]?.rows[2]).toEqual(
      expect.arrayContaining([
        'no solution (2 problems)',
        'Disk, odd-kmp-1-1 has kernel modules of 2 kernels, and must have them of one',
      ]),
    );
  });

  it('are a section of the page, escaped, and left out where none ran', async () => {
    const page = await renderReport(runDocument({ histories: [history()] }));
    expect(page).toContain('two &lt;b&gt;builds&lt;/b&gt;');
    expect(page).toContain('<section id="histories"');
    expect(await renderReport(runDocument())).not.toContain('id="histories"');
  });

  it('that could not be run say why', async () => {
    const broken = {
      ...history(),
      error: 'history.yaml: no such kernel\n  to do: name another',
      machines: [],
      claims: [],
    };
    const page = await renderReport(runDocument({ histories: [broken] }));
    expect(page).toContain('no such kernel');
    expect(page).toContain('to do: name another');
  });
});
