import { describe, expect, it } from 'vitest';
import type { Reason, RunDocument } from '#run-document';
import { pagesOf } from '../../src/report/site/pages.js';
import { deviceSummary, deviceTable, kernelRows, refusedViews, rootBadge } from '../../src/report/view/devices.js';
import { fanOutView } from '../../src/report/view/fan-out.js';
import { growthViews } from '../../src/report/view/growth.js';
import { churnLinks } from '../../src/report/view/index-page.js';
import { type ReasonView, reasonViews } from '../../src/report/view/problem.js';
import { scenarioPage } from '../../src/report/view/scenarios.js';
import { timeView } from '../../src/report/view/time.js';
import { audit, runDocument } from '../support/run-document.js';

const stepsOf = (run: RunDocument, at: number) => {
  const file = run.scenarios[at]?.file ?? '';
  return scenarioPage(file, run, pagesOf(run)).variants[0]?.steps ?? [];
};

describe('the devices that are shown', () => {
  it('are apart: those that lack a driver somewhere, and those that never do', () => {
    const table = deviceTable(audit('refused'));
    expect(table?.kernels).toEqual([
      { release: '6.1.0-52-amd64', note: '' },
      { release: '6.1.0-53-amd64', note: 'next boot' },
    ]);
    expect(table?.lacking.map(({ device }) => device)).toEqual(['Ethernet controller I217-LM']);
    expect(table?.lacking[0]?.cells.map(({ badge }) => badge.text)).toEqual(['driven', 'driver refused']);
    expect(table?.driven.map(({ device }) => device)).toEqual(['NVMe SSD controller', 'USB xHCI controller']);
  });

  it.each([
    ['driven', 'good', '3 of 3'],
    ['refused', 'bad', '2 of 3'],
    ['notInstalled', 'bad', '2 of 3'],
    ['noDriver', 'unknown', '2 of 3'],
  ] as const)('sum up a network card that is %s as %s', (state, tone, share) => {
    expect(deviceSummary(audit(state))).toMatchObject({ tone, text: `${share} devices driven at next boot` });
  });

  it('are not audited where a kernel says nothing of them', () => {
    const { devices, ...rest } = audit('driven');
    const table = deviceTable({ ...rest, devices: devices.slice(1) });
    expect(table?.lacking[0]?.cells[0]?.badge).toMatchObject({ tone: 'unknown', text: 'not audited' });
    expect(deviceTable({ ...rest, devices: [] })).toBeNull();
    expect(deviceSummary({ ...rest, devices: [] })).toBeNull();
  });

  it('come with the imports that were refused', () => {
    expect(refusedViews(audit('refused'))).toEqual([
      {
        summary: '1,207 kernel modules refused by 6.1.0-53-amd64, 1 of them listed',
        modules: [
          {
            kernelModule: 'e1000e',
            package: 'e1000e-kmp-default-6.1.180_k6.1.0_52-1.x86_64',
            why: '12 refused imports',
            examples: [
              { symbol: 'alloc_etherdev_mqs', wanted: '0x9f2c1a04', found: '0x1b77e0c2', why: 'other checksum' },
              { symbol: 'netif_napi_add_weight', wanted: '0xc1d2e3f4', found: 'not found', why: 'nobody exports it' },
            ],
          },
        ],
      },
    ]);
  });
});

describe('the kernels that are shown', () => {
  it('come with what stops their kernel modules, what taints them, and whether they find their root', () => {
    const [older, newer] = kernelRows(audit('refused'));
    expect(older).toMatchObject({ refused: '0', taints: 'none', root: 'mounted', linksStopped: '' });
    expect(newer).toMatchObject({
      refused: '1,207 (symbols 1,207)',
      taints: 'E unsigned 2,816',
      root: 'not mounted: ext4 refused',
    });
    expect(rootBadge(audit('refused'))).toMatchObject({
      tone: 'bad',
      text: 'root file system not mounted at next boot',
    });
    const unknown = audit('driven');
    expect(rootBadge({ ...unknown, kernels: unknown.kernels.map((kernel) => ({ ...kernel, root: null })) })).toBeNull();
  });
});

describe('the costs that are shown', () => {
  it('say of each whether it was measured or modelled, and from what', () => {
    const [step] = stepsOf(runDocument(), 0);
    expect(step?.costs).toEqual([
      {
        what: 'depmod, by the scripts of each package',
        time: '42.5 s to 1.50 h',
        basis: 'simulated, time measured',
        counts: '88 to 132 runs, over 1 to 45 kernel modules',
        source: 'one machine',
      },
      {
        what: 'Download of packages',
        time: '6.60 s',
        basis: 'counted, time assumed',
        counts: '41.3 MB',
        source: 'somebody else',
      },
    ]);
  });
});

describe('a step that is shown', () => {
  it('sums up its transaction by type, and in one phrase when there is one type', () => {
    const [update, driver, nic] = [0, 1, 2].map((at) => stepsOf(runDocument(), at));
    expect(update?.[0]?.summary).toBe('4,024 packages added. Download 88.4 MB, on disk +397 MB.');
    expect(nic?.[0]?.summary).toBe('3 packages installed. Download 93.0 kB, on disk +397 MB.');
    expect(driver?.[0]?.summary).toBe('The solver changes nothing.');
    expect(driver?.[1]?.summary).toBe('1 problem');
  });

  it('shows an expectation that was not met without asking', () => {
    const run = runDocument();
    const step = run.scenarios[0]?.steps[0];
    step?.expectations.push({
      aspect: 'status',
      expected: { is: 'unsolvable' },
      found: { is: 'solved' },
      passed: false,
    });
    expect(stepsOf(run, 0)[0]?.expectations).toMatchObject({
      summary: '3 recorded answers, 1 not as recorded',
      open: true,
    });
    expect(stepsOf(run, 0)[1]?.expectations).toMatchObject({
      summary: '2 recorded answers, as recorded',
      open: false,
    });
  });

  it('names the violations and counts those that are not listed', () => {
    const run = runDocument();
    const step = run.scenarios[2]?.steps[1];
    if (step === undefined) throw new Error('unreachable');
    step.violationsTotal = 12;
    const shown = stepsOf(run, 2)[1];
    expect(shown?.findings.map(({ text }) => text)).toContain('12 violations of the resulting set');
    expect(shown?.notes[0]).toMatchObject({
      summary: 'Violations found by the verifier: 12',
      items: [
        {
          text: 'requires of r8152-kmp-default-6.1.187_k6.1.0_53-1.x86_64: ksym(default:usbnet_probe) = 1a2b3c4d',
          to: null,
        },
      ],
      more: '11 more were counted and not recorded.',
    });
  });
});

describe('the measurements that are shown', () => {
  it('chart the slowest requests and list all', () => {
    const run = runDocument();
    const one = run.scenarios[0];
    if (one === undefined) throw new Error('unreachable');
    const many = { ...run, scenarios: Array.from({ length: 6 }, (_, index) => ({ ...one, id: `copy-${index}` })) };
    const view = timeView(many);
    expect(view?.extent).toBe('Shown are the 8 of 12 requests that took the most time.');
    expect(view?.rows).toHaveLength(12);
    expect(view?.chart.groups.map(({ label, rows }) => [label, rows.length])).toEqual([
      ['Parse rpm-md', 8],
      ['Load .solv', 8],
      ['Index provides', 8],
      ['Solve', 8],
      ['Order', 8],
    ]);
    expect(timeView({ ...run, scenarios: [] })).toBeNull();
  });

  it('follow the steepest certain law and print no uncertain one', () => {
    const run = runDocument();
    const series = run.growth[0];
    if (series === undefined) throw new Error('unreachable');
    const noisy = { ...series, fits: series.fits.map((fit) => (fit.of === 'order' ? { ...fit, rSquared: 0.5 } : fit)) };
    const [certain, uncertain] = growthViews({ ...run, growth: [series, noisy] });
    const strong = (view: typeof certain) => view?.charts[0]?.chart.lines.filter(({ emphasis }) => emphasis)[0]?.label;
    expect(strong(certain)).toBe('Order  n\u00b9\u00b7\u2079\u2076');
    expect(strong(uncertain)).toBe('Solve  n\u00b9\u00b7\u2070\u2074');
    expect(uncertain?.charts[0]?.chart.lines.map(({ label }) => label)).toContain('Order');
    expect(uncertain?.fits.find(({ name }) => name === 'Order')?.badge.text).toBe('uncertain');
    expect(certain?.fits.find(({ name }) => name === 'Order')).toMatchObject({
      exponent: '1.96',
      doubling: '\u00d7 3.89',
    });
  });

  it('rank hubs with their share of all kernel modules', () => {
    const { graph } = runDocument();
    if (graph === null) throw new Error('unreachable');
    expect(fanOutView(graph).hubs[0]).toEqual({
      name: 'usbcore',
      from: '',
      direct: '393',
      transitive: '431',
      share: '11 %',
      width: '10.71%',
    });
  });

  it('show the share of checksums beside the shares of kernel modules for each update', () => {
    const run = runDocument();
    const view = churnLinks(run, pagesOf(run));
    // Of 4,023 kernel modules 1,207 and 1,811.
    expect(view?.rows[2]).toMatchObject({
      at: { page: 'update/6.1.0-52-amd64-to-6.1.0-53-amd64' },
      cells: [{ share: '14 %' }, { number: '1,207', share: '30 %' }, { number: '1,811', share: '45 %' }],
    });
    expect(churnLinks({ ...run, churn: [] }, pagesOf(run))).toBeNull();
  });
});

describe('a problem that is shown', () => {
  const steps = [0, 1, 2].flatMap((at) => stepsOf(runDocument(), at));
  const [problem] = steps.flatMap(({ problems }) => problems);

  it('begins with its cause, and has the tree of who asked open as long as it is short', () => {
    expect(problem?.cause).toMatch(/ conflicts with e1000e-kmp-default-k6\.1\.0_52, .* provides\.$/);
    expect(problem?.tree.map(({ because }) => because.map(({ text }) => text))).toEqual([
      [expect.stringContaining('"zypper in')],
    ]);
    expect(problem?.treeOpen).toBe(true);
  });

  it('has a place for every statement, at whatever depths somebody wrote them', () => {
    const at = (depth: number, modalias: string): Reason => ({
      depth,
      statement: { kind: 'hardware', modalias },
      decides: null,
    });
    const views = reasonViews([at(7, 'a'), at(1, 'b'), at(9, 'c'), at(1, 'd'), at(0, 'e')]);
    const outline = (some: readonly ReasonView[]): unknown[] =>
      some.map(({ text, because }) => [text.replace('this machine has ', ''), ...outline(because)]);
    expect(outline(views)).toEqual([['a', ['b', ['c']], ['d']], ['e']]);
  });

  it('says what each way out would do, to packages and to devices', () => {
    expect(problem?.solutions).toMatchObject([
      {
        devices: {
          tone: 'bad',
          text: '1 device lost under 6.1.0-52-amd64: Wired network card (driver refused)',
        },
        more: '',
      },
      { devices: null, more: 'Not tried: only the first 8 are tried.', steps: [] },
    ]);
    expect(problem?.solutions[0]?.steps).toHaveLength(1);
  });
});
