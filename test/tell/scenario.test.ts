import { describe, expect, it } from 'vitest';
import type { StepResult } from '#run-document';
import { answerText } from '../../src/tell/index.js';
import { audit } from '../support/run-document/audit.js';
import { runDocument } from '../support/run-document.js';

const someStep = runDocument().scenarios[0]?.steps[0];
if (someStep === undefined) throw new Error('the made-up run has no step');

function step(changes: Partial<StepResult>): StepResult {
  return { ...(someStep as StepResult), audit: audit('driven'), ...changes };
}

function solved(types: readonly StepOfOutcome['type'][]): StepResult['outcome'] {
  const steps = types.map((type, index) => ({ type, nevra: `p${index}-1-1.x86_64`, replaces: [], downloadBytes: 1 }));
  return { status: 'solved', steps, recommendedNotInstalled: [], orphaned: [], unknown: [] };
}
type StepOfOutcome = Extract<StepResult['outcome'], { status: 'solved' }>['steps'][number];

const counters = { ...step({}).counters, solves: 1, downloadBytes: 12_345_678 };
const nextBoot = 'The next boot takes 6.1.0-53-amd64, which loads 4,023 kernel modules; it drives 3 of 3 devices.';

const answer = (steps: readonly StepResult[]): string => answerText({ error: null, steps: [...steps] });

describe('the answer of a scenario', () => {
  it('says what the request brings, removes and downloads, and what the machine has then', () => {
    const update = step({
      request: 'zypper up',
      counters,
      outcome: solved(['upgrade', 'install', 'erase', 'obsoleted']),
    });
    expect(answer([update])).toBe(`"zypper up" brings 2 packages (12.3 MB to download) and removes 2. ${nextBoot}`);
    const removal = step({ request: 'zypper rm p', counters: { ...counters, solves: 3 }, outcome: solved(['erase']) });
    expect(answer([removal])).toBe(`"zypper rm p" removes 1 package, after 3 solves. ${nextBoot}`);
    expect(answer([step({ request: 'zypper up', outcome: solved([]) })])).toBe(
      `"zypper up" changes nothing. ${nextBoot}`,
    );
  });

  it('says of a request for another scheme that the scheme does not have it, not that it has no solution', () => {
    const outcome = { status: 'unsolvable' as const, problems: [], causes: { first: [], total: 0 } };
    const asked = step({ request: 'zypper in nic-kmp-default', outcome });
    const promises = [
      { promise: 'withinBudget' as const, status: 'notApplicable' as const, why: 'otherScheme' as const },
    ];
    expect(answer([{ ...asked, promises }])).toContain(
      '"zypper in nic-kmp-default" asks for what this scheme does not have.',
    );
    expect(answer([{ ...asked, promises: [] }])).toContain('has no solution');
  });

  it('names what the next boot lacks', () => {
    const text = answer([step({ request: 'zypper up', outcome: solved([]), audit: audit('refused') })]);
    expect(text).toBe(
      '"zypper up" changes nothing. The next boot takes 6.1.0-53-amd64, which loads 2,816 kernel modules and refuses 1,207; it drives 2 of 3 devices. ' +
        'Without a driver: Ethernet controller I217-LM (e1000e refused). The root file system is not mounted: ext4 refused.',
    );
  });

  it('names what only the initrd drives, by what the document says and not by a name', () => {
    const machine = audit('driven');
    const devices = machine.devices.map((one) =>
      one.class === 'storage' ? { ...one, drivers: [{ name: 'nvme (built-in)', from: 'initrd' as const }] } : one,
    );
    const text = answer([step({ outcome: solved([]), audit: { ...machine, devices } })]);
    expect(text).toContain('Driven from the initrd alone: NVMe SSD controller.');
    const named = machine.devices.map((one) => ({
      ...one,
      drivers: [{ name: 'nvme (initrd)', from: 'package' as const }],
    }));
    expect(answer([step({ outcome: solved([]), audit: { ...machine, devices: named } })])).not.toContain(
      'initrd alone',
    );
  });

  it('tells of a step between what changed for the machine, and when it is well again', () => {
    const [first, second, third] = [audit('driven'), audit('notInstalled'), audit('driven')].map((one, index) =>
      step({ request: `zypper ${index}`, outcome: solved([]), audit: one }),
    ) as [StepResult, StepResult, StepResult];
    expect(answer([first, second, third, third])).toBe(
      '"zypper 0" changes nothing. "zypper 1" changes nothing. Without a driver: Ethernet controller I217-LM (e1000e not installed). ' +
        `"zypper 2" changes nothing. Nothing is missing then. "zypper 2" changes nothing. ${nextBoot}`,
    );
  });

  it('says that there is no kernel, no step, and what the verifier objects to', () => {
    expect(answer([])).toBe('Nothing was solved.');
    expect(answerText({ error: 'no such kernel', steps: [] })).toBe('This scenario could not be run.');
    const bare = { ...audit('driven'), nextBoot: null, kernels: [], devices: [] };
    expect(answer([step({ request: 'zypper rm k', outcome: solved([]), audit: bare })])).toBe(
      '"zypper rm k" changes nothing. No kernel is installed.',
    );
    const violations = [{ kind: 'requires', package: 'a-1', subject: 'b', other: null } as const];
    expect(answer([step({ outcome: solved([]), violations, violationsTotal: 3 })])).toMatch(
      /The verifier objects: requires of a-1: b, and 2 more\.$/,
    );
  });
});
