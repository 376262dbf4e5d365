import { describe, expect, it } from 'vitest';
import { packageBuilds } from '#packaging';
import { primaryDocument } from '#repomd';
import type { RpmPackage } from '#rpm';
import { loadLibsolv, type MachineInput, SharedReach, solve, workClock } from '#solve';
import { type Asked, fullRequest } from '../support/machine.js';
import { smallHistoryBuilds } from '../support/small-history.js';

const builds = Object.values(smallHistoryBuilds).map(
  (build) => packageBuilds('modular', [build], { patterns: false }).packages,
);
const repositories = builds.map((all, index) => ({ name: `build ${index}`, priority: 99, data: primary(all) }));
const nic = 'usb:v0BDAp8152d3000';
const disk = 'pci:v0000144Dd0000A808sv0sd0bc01sc08i02';

function primary(packages: readonly RpmPackage[]) {
  return { primary: primaryDocument(packages) };
}

type OwnInput = Omit<MachineInput, 'arch'>;

function machine(build: number | null, changes: Partial<OwnInput> = {}): OwnInput {
  const installed = build === null ? null : primary(builds[build] ?? []);
  return { installed, repositories: [], modaliases: [nic, disk], ...changes };
}

const own = [{ name: 'own', priority: 90, data: primary(builds[2]?.slice(0, 2) ?? []) }];
const questions: readonly (readonly [OwnInput, Asked, Asked])[] = [
  [machine(null), { verb: 'in', names: ['kernel-default'] }, { verb: 'up' }],
  [machine(0), { verb: 'up' }, { verb: 'up', names: ['r8152-kmp-default'] }],
  [machine(0, { modaliases: [disk], autoInstalled: ['usbcore-kmp-default'] }), { verb: 'up' }, { verb: 'dup' }],
  [machine(1, { repositories: own }), { verb: 'up', names: ['r8152-kmp-default'] }, { verb: 'up' }],
];

async function open(): Promise<SharedReach> {
  const reach = new SharedReach(await loadLibsolv({ build: 'counting' }), 'x86_64');
  for (const repository of repositories) reach.add(repository);
  return reach;
}

/** Answers with their counters, the heap among them, and the work of each phase. */
function answer(reach: SharedReach, [input, first, second]: (typeof questions)[number]) {
  let work = {};
  const answers = reach.solveEach(input, [fullRequest(first), fullRequest(second)], (libsolv) => {
    const counted = workClock(libsolv);
    work = counted.work;
    return counted.clock;
  });
  return { answers, work };
}

describe('repositories that machines share', () => {
  it('answer each as if it were alone, to the last counted edge, whoever was asked before', async () => {
    const alone = [];
    for (const question of questions) alone.push(answer(await open(), question));
    const together = await open();
    expect(questions.map((question) => answer(together, question))).toEqual(alone);
    const reversed = await open();
    expect([...questions].reverse().map((question) => answer(reversed, question))).toEqual([...alone].reverse());
    expect(alone.map(({ answers: [first] }) => first.counters.steps).every((steps) => steps > 0)).toBe(true);
    together.dispose();
    reversed.dispose();
  });

  it('lead to the packages that reading the installed system first leads to', async () => {
    const reach = await open();
    for (const [input, ...requests] of questions) {
      const all = { ...input, arch: 'x86_64', repositories: [...repositories, ...input.repositories] };
      const { answers } = answer(reach, [input, ...requests]);
      for (const [at, request] of requests.entries()) {
        const { result, counters } = solve(await loadLibsolv(), all, fullRequest(request));
        expect(answers[at]?.result?.map(({ nevra }) => nevra).sort()).toEqual(result?.map(({ nevra }) => nevra).sort());
        expect(answers[at]?.counters.rulesTotal).toBe(counters.rulesTotal);
      }
    }
  });

  it('take what is published later', async () => {
    const reach = new SharedReach(await loadLibsolv({ build: 'counting' }), 'x86_64');
    const question = [machine(0), { verb: 'up' }, { verb: 'up' }] as const;
    const steps: number[] = [];
    for (const repository of repositories) {
      reach.add(repository);
      steps.push(answer(reach, question).answers[0].counters.steps);
    }
    // Nothing new; the second build; the third in its place.
    expect(steps).toEqual([0, 4, 4]);
  });
});
