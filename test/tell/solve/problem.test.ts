import { describe, expect, it } from 'vitest';
import type { Cause, KabiConflict, KabiJudgement, RootCause, SolutionElement } from '#run-document';
import {
  causeText,
  changedSymbolText,
  checksumText,
  kabiText,
  notTriedText,
  problemText,
  rootCauseText,
  solutionDevicesText,
  solutionText,
} from '#tell';

const symbols = ['kfree', 'netif_rx', 'printk'].map((symbol) => ({ symbol, wanted: 0xaa, found: 0xbb }));
const newer: KabiJudgement = { kernel: '6.2', relation: 'newer', changed: 5, missing: 0, examples: symbols };
const conflict: KabiConflict = {
  package: 'nic-1-1',
  symbols: 1040,
  builtFor: '6.1',
  lastCompatible: '6.1',
  notFor: [newer],
};

describe('a kABI conflict', () => {
  it.each<[Partial<KabiConflict>, Partial<KabiJudgement>, string]>([
    [
      {},
      {},
      'nic-1-1 was built for 6.1, not rebuilt for 6.2. 5 of the 1,040 symbols it imports changed (kfree, netif_rx, printk and 2 more). The newest kernel in reach that it fits is 6.1',
    ],
    [
      { lastCompatible: null },
      { relation: 'older', changed: 1, missing: 2 },
      'nic-1-1 was built for 6.1, not for 6.2. 1 of the 1,040 symbols it imports changed, and nothing in reach exports 2 more of them (kfree, netif_rx, printk). It fits no kernel in reach',
    ],
    [
      { builtFor: null },
      { relation: 'unknown', changed: 0, missing: 3 },
      'nic-1-1 was built for a kernel that is not in reach, not rebuilt for 6.2. Nothing in reach exports 3 of the 1,040 symbols it imports (kfree, netif_rx, printk). The newest kernel in reach that it fits is 6.1',
    ],
    [
      {},
      { kernel: '6.1', relation: 'same', changed: 0, missing: 3 },
      'nic-1-1 was built for 6.1, of which packages are not in reach. Nothing in reach exports 3 of the 1,040 symbols it imports (kfree, netif_rx, printk)',
    ],
    [
      { symbols: 4 },
      { changed: 1, examples: [{ symbol: 'drivers_usb', wanted: '1b2c3d4e5f607182', found: '0123456789abcdef' }] },
      'nic-1-1 was built for 6.1, not rebuilt for 6.2. 1 of the 4 sets of symbols it imports changed (drivers_usb). The newest kernel in reach that it fits is 6.1',
    ],
  ])('is told by its builds and by what changed between them: %j %j', (more, judgement, text) => {
    expect(kabiText({ ...conflict, ...more, notFor: [{ ...newer, ...judgement }] })).toBe(text);
  });

  it('names a symbol with both checksums, as Module.symvers has them', () => {
    const [symbol] = symbols;
    if (symbol === undefined) throw new Error('no symbol');
    expect(changedSymbolText(symbol, '6.2')).toBe('kfree: compiled against 0x000000aa, 6.2 has 0x000000bb');
    expect(changedSymbolText({ ...symbol, found: null }, '6.2')).toBe(
      'kfree: compiled against 0x000000aa, nothing of 6.2 exports it',
    );
    expect([checksumText('1b2c3d4e5f607182'), checksumText(null)]).toEqual(['1b2c3d4e5f607182', 'none']);
  });

  it('is what a problem begins with, before the gap or the clash', () => {
    const cause = { kind: 'sameName', by: 'a-1', with: 'a-2' } as const;
    expect(problemText({ kabi: [conflict], cause })).toBe(kabiText(conflict));
    expect(problemText({ kabi: [], cause })).toContain('a-1 and a-2 are versions of one package');
  });
});

describe('a way out', () => {
  const request = { kind: 'request', verb: 'in', name: 'a' } as const;
  const job: SolutionElement = { kind: 'job', asker: request, action: 'install', what: ['a-1-1'] };
  const replace = { kind: 'replace', package: 'a-2-1', replacement: 'a-1-1' } as const;
  const rule = { kind: 'rule', package: 'a-1-1', installed: false } as const;

  it.each<[SolutionElement, string]>([
    [{ ...job, what: ['a-1-1'] }, 'do not ask for a-1-1'],
    [{ ...job, what: ['a-1-1', 'b-1-1'] }, 'do not ask for a-1-1 or b-1-1'],
    [{ ...job, action: 'erase', what: ['a-1-1'] }, 'do not ask to remove a-1-1'],
    [{ ...job, action: 'update', what: null }, 'do not ask to update everything'],
    [{ ...job, action: 'distupgrade', what: null }, 'do not ask to upgrade everything'],
    [{ ...job, action: 'verify', what: null }, 'do not ask to verify everything'],
    [{ ...job, action: 'favor', what: ['a'] }, 'do not do "favor" with a'],
    [{ ...job, asker: { kind: 'lock' }, action: 'erase', what: ['a-1-1'] }, 'unlock a-1-1'],
    [{ kind: 'erase', package: 'a-1-1' }, 'allow a-1-1 to be removed'],
    [{ ...replace, reasons: [] }, 'allow a-2-1 to be replaced by a-1-1'],
    [{ ...replace, reasons: ['downgrade'] }, 'allow a-2-1 to be replaced by a-1-1, which has a lower version'],
    [
      { ...replace, reasons: ['archChange', 'vendorChange', 'nameChange'] },
      'allow a-2-1 to be replaced by a-1-1, which has another architecture, another vendor and another name',
    ],
    [
      { ...rule, rule: 'distupgrade', installed: true },
      'keep a-1-1, which is in no repository of the distribution upgrade',
    ],
    [{ ...rule, rule: 'infarch' }, 'install a-1-1 although its architecture is inferior'],
    [{ ...rule, rule: 'best', installed: true }, 'keep a-1-1 although there is a better version'],
    [{ ...rule, rule: 'black' }, 'install a-1-1 although nobody asks for it by name'],
    [{ ...rule, rule: 'strictRepoPriority' }, 'install a-1-1 although its repository has a lesser priority'],
    [{ ...rule, rule: 'more' }, 'install a-1-1 against libsolv\'s rule "more"'],
    [{ kind: 'other', raw: -9 }, 'a way out that only a newer kmplab knows (-9)'],
  ])('%j', (element, text) => {
    expect(solutionText([element])).toBe(text);
  });

  it('of several elements names them all', () => {
    expect(solutionText([job, { kind: 'erase', package: 'b-1-1' }])).toBe(
      'do not ask for a-1-1; allow b-1-1 to be removed',
    );
  });

  it('that was not tried says why', () => {
    const not = { status: 'notTried' } as const;
    expect([
      notTriedText({ ...not, why: 'manyProblems', number: 12 }),
      notTriedText({ ...not, why: 'manySolutions', number: 8 }),
      notTriedText({ ...not, why: 'problemsRemain', number: 1 }),
    ]).toEqual(['more than 12 problems have to be solved together', 'only the first 8 are tried', '1 problem remains']);
  });

  it('says what it costs in devices', () => {
    expect(solutionDevicesText({ nextBoot: null, driven: 0, lost: [] })).toBe('no kernel would be left');
    expect(solutionDevicesText({ nextBoot: '6.1', driven: 9, lost: [] })).toBe('no device lost, 9 driven by 6.1');
    const lost = (['refused', 'notInstalled', 'noDriver'] as const).map((state, index) => ({
      device: `nic${index}`,
      state,
    }));
    expect(solutionDevicesText({ nextBoot: '6.1', driven: 9, lost })).toBe(
      '3 devices lost under 6.1: nic0 (driver refused), nic1 (driver not installed), nic2 (no driver known)',
    );
  });
});

describe('a root cause', () => {
  it.each<[Cause, string]>([
    [{ kind: 'symbol', symbol: 'printk', kernel: '6.1' }, 'symbol printk in 6.1'],
    [{ kind: 'gap', dependency: 'namespace:modalias(usb:*)' }, 'nothing in reach provides modalias(usb:*)'],
    [{ kind: 'lock', holds: 'out', what: 'a-1-1' }, 'a lock keeps out a-1-1'],
    [{ kind: 'clash', statement: { kind: 'absent', package: 'a-1-1' } }, 'a-1-1 is in reach and not installed'],
  ])('%j', (cause, text) => {
    expect(causeText(cause)).toBe(text);
  });

  it('says what it stops', () => {
    const cause: Cause = { kind: 'symbol', symbol: 'printk', kernel: '6.1' };
    const none: RootCause = { cause, problems: 0, packages: 0, direct: 0, through: 0, scenarios: [] };
    expect(rootCauseText({ ...none, direct: 1, through: 2000, scenarios: ['x', 'y'] })).toBe(
      'symbol printk in 6.1: 1 kernel module refused, 2,000 more through exporters; 2 scenarios',
    );
    expect(rootCauseText({ ...none, packages: 2, problems: 1, scenarios: ['x'] })).toBe(
      'symbol printk in 6.1: 2 packages at fault in 1 problem',
    );
  });
});
