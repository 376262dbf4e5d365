import { describe, expect, it } from 'vitest';
import { InputError } from '#errors';
import { parseScenario, variantsOf } from '#scenario';

const text = `question: What comes with a kernel?
hardware: [small, large]
repositories:
  base: { kernels: [debian-6.1.0-52] }
steps:
  - name: install
    repositories: [base]
    request: { verb: in, names: [kernel-default] }
    expect: { status: solved, transaction: { steps: 1 } }
    expectOn: { large: { transaction: { steps: 9 } } }
`;

function variants(yaml: string) {
  return variantsOf({ id: 'fresh', file: 'fresh.yaml', text: yaml, scenario: parseScenario(yaml, 'fresh.yaml') });
}

function placeOf(yaml: string) {
  try {
    parseScenario(yaml, 'fresh.yaml');
  } catch (cause) {
    if (cause instanceof InputError) return { line: cause.place?.line, message: cause.message };
    throw cause;
  }
  return null;
}

describe('a scenario on several machines', () => {
  it('is one scenario for each, with its own expectations in place of the common ones', () => {
    expect(
      variants(text).map(({ id, hardware, scenario }) => [id, hardware, scenario.hardware, scenario.steps[0]?.expect]),
    ).toEqual([
      ['fresh on small', 'small', 'small', { status: 'solved', transaction: { steps: 1 } }],
      ['fresh on large', 'large', 'large', { status: 'solved', transaction: { steps: 9 } }],
    ]);
  });

  it('is the scenario itself with one machine, or none', () => {
    const one = text.replace('[small, large]', 'large');
    expect(variants(one).map(({ id, hardware }) => [id, hardware])).toEqual([['fresh', 'large']]);
    const listed = text.replace('[small, large]', '[large]');
    expect(variants(listed).map(({ id, scenario }) => [id, scenario.steps[0]?.expect.transaction])).toEqual([
      ['fresh', { steps: 9 }],
    ]);
    const none = text.replace('hardware: [small, large]\n', '').replace(/ {4}expectOn.*\n/, '');
    expect(variants(none).map(({ id, hardware }) => [id, hardware])).toEqual([['fresh', null]]);
  });

  it('does not expect anything on a machine that it does not run on', () => {
    const error = placeOf(text.replace('{ large:', '{ huge:'));
    expect(error).toMatchObject({ line: 10, message: expect.stringContaining('small, large') });
  });

  it('does not run twice on one', () => {
    expect(placeOf(text.replace('[small, large]', '[large, large]'))).toMatchObject({ line: 2 });
  });

  it('does not expect on one machine what contradicts the rest', () => {
    const error = placeOf(text.replace('{ transaction: { steps: 9 } }', '{ status: unsolvable }'));
    expect(error).toMatchObject({ line: 10, message: expect.stringContaining('no transaction') });
  });
});

describe('a scenario with more kernels in reach', () => {
  const more = `${text.replace('repositories:', 'moreKernels: { base: [debian-6.1.0-50, debian-6.1.0-51] }\nrepositories:')}    expectWithMore: { transaction: { steps: 3 } }
`;

  it('runs on each machine without them and with them, where its own expectation holds', () => {
    expect(
      variants(more).map(({ id, more: has, scenario }) => [
        id,
        has,
        scenario.repositories['base']?.kernels.length,
        scenario.steps[0]?.expect.transaction?.steps,
      ]),
    ).toEqual([
      ['fresh on small', false, 1, 1],
      ['fresh on large', false, 1, 9],
      ['fresh on small with 3 kernels in reach', true, 3, 3],
      ['fresh on large with 3 kernels in reach', true, 3, 3],
    ]);
  });

  it('expects nothing of kernels that no variant has, and adds them to repositories that are there', () => {
    expect(placeOf(more.replace(/moreKernels.*\n/, ''))).toMatchObject({
      message: expect.stringContaining('moreKernels'),
    });
    expect(placeOf(more.replace('{ base: [debian-6.1.0-50', '{ bas: [debian-6.1.0-50'))).toMatchObject({ line: 3 });
  });
});
