import { describe, expect, it } from 'vitest';
import type { PromiseResult, RunDocument } from '#run-document';
import { catalogueFigures } from '../../src/report/designs/catalogue.js';
import { designFigures } from '../../src/report/designs/figures.js';
import { pagesOf, trialAnchor } from '../../src/report/site/pages.js';
import { slug, slugs } from '../../src/report/site/slugs.js';
import { findings, findingsView } from '../../src/report/view/findings.js';
import { summaryView } from '../../src/report/view/summary.js';
import { comparedSchemes } from '../support/run-document/schemes.js';
import { scorecard } from '../support/run-document/scorecard.js';
import { runDocument } from '../support/run-document.js';

const lost: PromiseResult = {
  promise: 'drivenStaysDriven',
  status: 'broken',
  total: 1,
  evidence: [{ kind: 'device', device: 'Wi-Fi', kernel: '6.1.0-53-amd64', state: 'notInstalled' }],
};
const unmounted: PromiseResult = {
  promise: 'rootMounted',
  status: 'broken',
  total: 1,
  evidence: [{ kind: 'rootNeed', need: 'ext4', kernel: '6.1.0-53-amd64', state: 'notInstalled' }],
};

/** The made-up run, the steps of whose scenarios come to the given promises. */
function judged(promises: readonly (readonly PromiseResult[])[][]): RunDocument {
  const run = runDocument();
  return {
    ...run,
    scenarios: run.scenarios.map((scenario, nth) => ({
      ...scenario,
      steps: scenario.steps.map((step, at) => ({ ...step, promises: [...(promises[nth]?.[at] ?? [])] })),
    })),
  };
}

describe('names of pages', () => {
  it('stay as people wrote them, and are told apart where only a part is left', () => {
    expect(slug('update everything')).toBe('update-everything');
    expect(slug('6.1.0-52-amd64 \u2192 6.1.0-53-amd64')).toBe('6.1.0-52-amd64-to-6.1.0-53-amd64');
    expect(slug('6.12.117+deb13-amd64')).toBe('6.12.117+deb13-amd64');
    expect(slug('a<b')).not.toBe(slug('a>b'));
    expect(slug('../../etc/passwd')).toMatch(/^[A-Za-z0-9+_-][A-Za-z0-9._+-]*$/);
    expect(slug('')).toMatch(/^[0-9a-f]{8}$/);
    expect(slug('x'.repeat(400)).length).toBeLessThan(100);
  });

  it('are never the same for two, nor on a file system that does not tell capitals', () => {
    const names = ['a b', 'a-b', 'A B', 'a/b'];
    const found = [...slugs(names).values()];
    expect(new Set(found.map((one) => one.toLowerCase())).size).toBe(names.length);
    expect(found[0]).toBe('a-b');
    const files = ['real/x.yaml', 'other/x.yaml', 'real/x-2.yaml'];
    expect(new Set(slugs(files, (file) => file.replace(/^.*\/|\.yaml$/g, '')).values()).size).toBe(3);
  });
});

describe('what breaks', () => {
  const run = judged([[[], [lost]], [[], []], [[unmounted, lost]]]);
  const pages = pagesOf(run);

  it('is a row for each scenario, the worst first, with the worst step', () => {
    const found = findings(run, pages);
    expect(found.map(({ name, severity, broken }) => [name, severity, broken])).toEqual([
      ['missing-nic', 'boot', ['rootMounted', 'drivenStaysDriven']],
      ['kernel-update', 'device', ['drivenStaysDriven']],
    ]);
    expect(found[1]?.at).toEqual({ page: 'scenario/kernel-update', anchor: 'ask-for-the-kernel-only' });
    expect(found[1]).toMatchObject({ confirmed: true, machines: { broken: 1, of: 1 } });
  });

  it('puts all machines of one scenario into one row', () => {
    const [first] = run.scenarios;
    if (first === undefined) throw new Error('unreachable');
    const steps = first.steps.map((step) => ({ ...step, promises: [] }));
    const many = { ...run, scenarios: [first, { ...first, id: 'kernel-update on kvm-guest', steps }] };
    expect(findings(many, pagesOf(many)).map(({ machines }) => machines)).toEqual([{ broken: 1, of: 2 }]);
  });

  it('is grouped as in the catalogue; where nothing breaks one line says so', () => {
    const view = findingsView(run, pages);
    expect(view?.groups.map(({ title, rows, whole }) => [title, rows.length, whole.map(({ name }) => name)])).toEqual([
      ['Fresh machines and updates', 1, []],
      ['Other scenarios', 1, ['driver-only-update']],
    ]);
    expect(view?.filters.find(({ name }) => name === 'severity')?.values.map(({ value }) => value)).toEqual([
      'boot',
      'device',
    ]);
  });
});

describe('the matrix of designs', () => {
  it('has, of a scorecard, each figure with the trial that it is from', () => {
    const run = runDocument({ scorecard: scorecard() });
    const [monolithic, modular, , mine] = designFigures(run, pagesOf(run));
    expect(monolithic?.boots.kernelByName).toMatchObject({ holds: 2, of: 2 });
    expect(modular?.boots.kernelByName).toEqual({
      holds: 0,
      of: 2,
      at: {
        page: 'design/modular',
        anchor: trialAnchor({ scenario: 'machines on kvm-guest under modular', step: 'kernelByName' }),
      },
    });
    expect(modular?.rebuilt).toMatchObject({ packages: 1 + 1006, of: 4024 });
    expect(mine?.refused).toContain('there is no loop');
    const cells = summaryView(run, pagesOf(run)).matrix?.rows[1]?.cells.map(({ text, tone }) => `${text} ${tone}`);
    expect(cells?.slice(0, 6)).toEqual([
      '2 of 2 good',
      '2 of 2 good',
      '0 of 2 bad',
      '0 of 2 bad',
      '2 of 2 good',
      '16.0 MB plain',
    ]);
    expect(cells?.[12]).toBe('2.00 to 4.33 min plain');
  });

  it('says of what was not tried nothing, neither good nor bad', () => {
    const run = runDocument({ scorecard: scorecard() });
    const cells = summaryView(run, pagesOf(run)).matrix?.rows[0]?.cells ?? [];
    expect(cells[4]).toEqual({ text: '\u2013', tone: 'plain', at: null });
  });

  it('takes scenarios where a run has no scorecard, and only those on whole kernels for bytes', () => {
    const run = structuredClone(comparedSchemes());
    for (const { facts } of run.scenarios.flatMap(({ steps }) => steps)) {
      facts.before.kernels = [];
      facts.came.kernels = ['6.1.0-53-amd64'];
    }
    const [modular] = catalogueFigures(run, pagesOf(run));
    expect(modular?.rebuilt).toMatchObject({ packages: 1294, of: 4024 });
    // Of two steps the lower median.
    const least = Math.min(...(run.scenarios[0]?.steps ?? []).map(({ counters }) => counters.downloadBytes));
    expect(modular?.installBytes?.value).toBe(least);
    const part = { kernel: 'k', kernelModules: 3, ofAll: 4023 };
    const parts = { ...run, scenarios: run.scenarios.map((one) => ({ ...one, kernelParts: [part] })) };
    expect(catalogueFigures(parts, pagesOf(parts))[0]?.installBytes).toBeNull();
  });
});

describe('the risks', () => {
  it('differ, and each leads to the step in which it shows', () => {
    const run = judged([[[], [lost]], [[], []], [[unmounted]]]);
    const { risks } = summaryView(run, pagesOf(run));
    expect(risks.map(({ scenario, at }) => [scenario, at?.page])).toEqual([
      ['missing-nic', 'scenario/missing-nic'],
      ['kernel-update', 'scenario/kernel-update'],
    ]);
    expect(risks[1]?.sentence).toMatch(/^After “zypper .*” a device that was driven loses its driver\.$/);
  });
});
