import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { writeKernelBuild } from '#kernel';
import { parseRunDocument } from '#run-document';
import { cli } from '../support/cli.js';
import { kernel } from '../support/kernel.js';
import { onlyProblem } from '../support/reasons.js';
import { smallLab } from '../support/small-lab.js';
import { temporaryDirectory } from '../support/temporary.js';

/** A next kernel whose repository has not got the network driver yet. */
const withoutDriver = kernel({
  release: '6.1.0-2-default',
  image: { module_layout: 1, kfree: 2, alloc_skb: 4 },
  modules: { nvme: { imports: ['module_layout', 'kfree'], aliases: ['pci:v*d*sv*sd*bc01sc08i02*'] } },
});

const steps = `steps:
  - name: fresh install
    repositories: [base]
    request: { verb: in, names: [kernel-default] }
  - name: the next kernel, one kernel at a time
    repositories: [update]
    request: { verb: in, names: [kernel-default] }
`;

describe('the solutions of a problem, on an audited machine', () => {
  it('say which devices each of them would cost', async () => {
    const directory = await temporaryDirectory();
    const file = await smallLab(
      directory,
      (text) => `system: { zyppConf: { multiversion: "" } }\n${text.replace(/steps:[\s\S]*/, steps)}`,
    );
    await writeKernelBuild(withoutDriver, join(directory, 'two.kernel'));
    const { out } = await cli('run', file, '--samples', '0', '--json');
    const run = parseRunDocument(out, 'stdout');
    const last = run.scenarios[0]?.steps.at(-1);
    if (last === undefined) throw new Error(run.scenarios[0]?.error ?? 'no step');
    const { kabi, solutions } = onlyProblem(last.outcome);
    expect(kabi).toMatchObject([
      {
        package: 'r8152-kmp-default-6.1.0-1.x86_64',
        symbols: 3,
        builtFor: '6.1.0-1-default',
        lastCompatible: '6.1.0-1-default',
        notFor: [{ kernel: '6.1.0-2-default', relation: 'newer', changed: 1, missing: 0 }],
      },
    ]);
    const devices = solutions.map(({ effect }) => (effect.status === 'solved' ? effect.devices : effect.why));
    expect(devices).toHaveLength(2);
    expect(devices).toContainEqual({ nextBoot: '6.1.0-1-default', driven: 2, lost: [] });
    expect(devices).toContainEqual({
      nextBoot: '6.1.0-2-default',
      driven: 1,
      lost: [{ device: 'nic', state: 'noDriver' }],
    });
    expect(run.rootCauses.first[0]).toMatchObject({
      cause: { kind: 'symbol', symbol: 'alloc_skb', kernel: '6.1.0-2-default' },
      problems: 1,
    });
  });
});
