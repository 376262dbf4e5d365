import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readKernelBuild, writeKernelBuild } from '#kernel';
import { parseRunDocument, type ScenarioResult } from '#run-document';
import { statementText } from '#tell';
import { cli } from '../support/cli.js';
import { smallLab } from '../support/small-lab.js';
import { temporaryDirectory } from '../support/temporary.js';

/** The small lab with both builds for another architecture, its scenario edited. */
async function labFor(arch: string, edit: (text: string) => string = (text) => text): Promise<ScenarioResult> {
  const directory = await temporaryDirectory();
  const file = await smallLab(directory, edit);
  for (const name of ['one.kernel', 'two.kernel']) {
    const path = join(directory, name);
    await writeKernelBuild({ ...(await readKernelBuild(path)), arch }, path);
  }
  const { out, err } = await cli('run', file, '--samples', '0', '--json');
  if (out === '') throw new Error(err);
  const [scenario] = parseRunDocument(out, 'stdout').scenarios;
  if (scenario === undefined) throw new Error(out);
  return scenario;
}

describe('a machine of another architecture than x86_64', () => {
  it('gets the packages of its own builds', async () => {
    const { status, steps } = await labFor('aarch64');
    expect(steps.map(({ outcome }) => outcome.status)).toEqual(['solved', 'solved']);
    expect(status).toBe('passed');
  });

  it('has plain packages and packages for every architecture beside them', async () => {
    const { steps } = await labFor('aarch64', (text) =>
      text
        .replace(
          'one.kernel] }',
          'one.kernel], packages: { dracut-59-1: { arch: noarch }, tool-1-1: { requires: [dracut] } } }',
        )
        .replace('names: [kernel-default] }', 'names: [kernel-default, tool] }'),
    );
    const [first] = steps;
    const nevras = first?.outcome.status === 'solved' ? first.outcome.steps.map(({ nevra }) => nevra) : [];
    expect(nevras).toContain('dracut-59-1.noarch');
    expect(nevras).toContain('tool-1-1.aarch64');
  });

  it('says that only the architecture stands in the way of a request', async () => {
    const { steps } = await labFor('aarch64', (text) =>
      text
        .replace(
          'one.kernel] }',
          'one.kernel], packages: { tool-1-1: { arch: x86_64 }, needs-1-1: { requires: [tool] } } }',
        )
        .replace(/request: \{ verb: in, names: \[kernel-default\] \}/g, 'request: { verb: in, names: [tool] }'),
    );
    const problems = steps.flatMap(({ outcome }) => (outcome.status === 'unsolvable' ? outcome.problems : []));
    const [problem] = problems;
    if (problem === undefined) throw new Error('solved');
    expect(problem.cause).toMatchObject({ foreign: { architectures: ['x86_64'], machine: 'aarch64' } });
    expect(statementText(problem.cause)).toContain(
      'there are packages of that name for x86_64, and this machine is aarch64',
    );
  });
});
