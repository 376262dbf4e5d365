import { describe, expect, it } from 'vitest';
import { renderReport } from '#report';
import { historyViews } from '../../src/report/view/histories.js';
import { historyPromises } from '../../src/report/view/history-promises.js';
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

  it('are a page each, escaped, and promises by design on the first one', async () => {
    const files = await renderReport(runDocument({ histories: [history()] }));
    const index = files.get('index.html') ?? '';
    const [page = ''] = [...files].filter(([name]) => name.startsWith('history/')).map(([, text]) => text);
    expect(page).toContain('two &lt;b&gt;builds&lt;/b&gt;');
    expect(index).toContain('<section id="histories"');
    expect((await renderReport(runDocument())).get('index.html')).not.toContain('id="histories"');
  });

  it('count of each promise the days on which it was broken, of those on which it was judged', () => {
    const one = history();
    const { columns, rows } = historyPromises(one);
    expect(columns).toEqual(['Broken', ...one.schemes]);
    // One request for a driver came alone and was used; the other brought nothing, which says nothing.
    expect(rows.map((row) => row.map(({ text, tone }) => `${text}: ${tone}`))).toContainEqual([
      'a driver does not come alone, or the next boot does not use it: plain',
      '\u2013: plain',
      '0 of 1: good',
    ]);
  });

  it('that could not be run say why', async () => {
    const broken = {
      ...history(),
      error: 'history.yaml: no such kernel\n  to do: name another',
      machines: [],
      claims: [],
    };
    const files = await renderReport(runDocument({ histories: [broken] }));
    const [page = ''] = [...files].filter(([name]) => name.startsWith('history/')).map(([, text]) => text);
    for (const text of [files.get('index.html') ?? '', page]) {
      expect(text).toContain('no such kernel');
      expect(text).toContain('to do: name another');
    }
  });
});
