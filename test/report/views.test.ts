import { describe, expect, it } from 'vitest';
import type { Reason, RunDocument } from '#run-document';
import { churnView } from '../../src/report/view/churn.js';
import { deviceSummary, deviceTable, kernelRows, refusedViews, rootBadge } from '../../src/report/view/devices.js';
import { fanOutView } from '../../src/report/view/fan-out.js';
import { growthViews } from '../../src/report/view/growth.js';
import { type ReasonView, reasonViews } from '../../src/report/view/problem.js';
import { rootCausesView } from '../../src/report/view/root-causes.js';
import { scenarioViews } from '../../src/report/view/scenarios.js';
import { timeView } from '../../src/report/view/time.js';
import { verdictView } from '../../src/report/view/verdict.js';
import { audit, runDocument } from '../support/run-document.js';

const verdictOf = (run: RunDocument) => verdictView(run, scenarioViews(run));

describe('the verdict that is shown', () => {
  it('has the figures of the heaviest request', () => {
    const { figures, badge } = verdictOf(runDocument());
    expect(badge.text).toBe('Every expectation was met');
    expect(figures.map(({ value, label }) => `${value} ${label}`)).toEqual([
      '3 of 3 scenarios as expected',
      '8,048 packages in the pool',
      '221,973 rules made by the solver',
      '32.1 ms to solve it',
      'n\u00b9\u00b7\u2079\u2076 is the steepest growth',
      '0 to 100 % of kernel modules broken by an update',
    ]);
  });

  it('never shows unknown as passed', () => {
    const unknown = runDocument({ verdict: { ...runDocument().verdict, status: 'unknown' } });
    expect(verdictOf(unknown).badge).toMatchObject({ tone: 'unknown', text: 'Unknown: something did not run' });
  });

  it('says what each scenario came to: request, outcome, devices', () => {
    expect(verdictOf(runDocument()).answers[1]).toMatchObject({
      id: 'driver-only-update',
      request: 'zypper in e1000e-kmp-default=3.9_k6.1.0_52',
      results: [
        { text: 'no solution' },
        { text: '3 of 3 devices driven at next boot', tone: 'good' },
        { text: 'root file system mounted at next boot', tone: 'good' },
      ],
    });
  });
});

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
    const [step] = scenarioViews(runDocument())[0]?.steps ?? [];
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
    const [update, driver, nic] = scenarioViews(runDocument());
    expect(update?.steps[0]?.summary).toBe('4,024 packages added. Download 88.4 MB, on disk +397 MB.');
    expect(nic?.steps[0]?.summary).toBe('3 packages installed. Download 93.0 kB, on disk +397 MB.');
    expect(driver?.steps[0]?.summary).toBe('The solver changes nothing.');
    expect(driver?.steps[1]?.summary).toBe('1 problem');
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
    expect(scenarioViews(run)[0]?.steps[0]?.expectations).toMatchObject({
      summary: '3 expectations, 1 not met',
      open: true,
    });
    expect(scenarioViews(run)[0]?.steps[1]?.expectations).toMatchObject({
      summary: '2 expectations, all met',
      open: false,
    });
  });

  it('names the violations and counts those that are not listed', () => {
    const run = runDocument();
    const step = run.scenarios[2]?.steps[1];
    if (step === undefined) throw new Error('unreachable');
    step.violationsTotal = 12;
    const shown = scenarioViews(run)[2]?.steps[1];
    expect(shown?.findings.map(({ text }) => text)).toContain('12 violations of the resulting set');
    expect(shown?.notes[0]).toMatchObject({
      summary: 'Violations found by the verifier: 12',
      items: ['requires of r8152-kmp-default-6.1.187_k6.1.0_53-1.x86_64: ksym(default:usbnet_probe) = 1a2b3c4d'],
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

  it('show the share of CRCs beside the share of kernel modules for each update', () => {
    const view = churnView(runDocument());
    // Of 4,023 kernel modules 1,207 and 1,811.
    expect(view?.chart.groups[2]?.bars.map(({ text }) => text)).toEqual([
      '14 % of CRCs',
      '30 % of kernel modules refused themselves',
      '45 % no longer load in all',
    ]);
    expect(view?.rows[3]?.details).toEqual([]);
    expect(churnView(runDocument({ churn: [] }))).toBeNull();
  });
});

describe('a problem that is shown', () => {
  const steps = scenarioViews(runDocument()).flatMap(({ steps: all }) => all);
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

describe('the root causes that are shown', () => {
  it('are counted, and each says what it stops', () => {
    const view = rootCausesView(runDocument().rootCauses);
    expect(view?.lead).toBe(
      'The widest of each outcome and audit come to 1,813 causes, of which the first 2 are listed.',
    );
    expect(view?.rows[0]).toEqual({
      cause: 'symbol skb_put in 6.1.0-53-amd64',
      direct: '412',
      through: '230',
      packages: '0',
      problems: '0',
      scenarios: 'kernel-update',
    });
  });

  it('are no section where nothing failed', () => {
    expect(rootCausesView({ first: [], total: 0 })).toBeNull();
  });
});

describe('the figure of growth', () => {
  it('is of the steepest of several series, wherever it stands', () => {
    const run = runDocument();
    const steep = run.growth.filter(({ over }) => over === 'kernelModules');
    const flat = steep.map((series) => ({ ...series, fits: series.fits.map((fit) => ({ ...fit, exponent: 0.5 })) }));
    const shown = (growth: RunDocument['growth']) =>
      verdictView({ ...run, growth }, []).figures.find(({ label }) => label === 'is the steepest growth')?.value;
    expect(shown([...flat, ...steep])).toBe('n\u00b9\u00b7\u2079\u2076');
    expect(shown(flat)).toBe('n\u2070\u00b7\u2075\u2070');
  });
});
