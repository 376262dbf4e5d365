import { describe, expect, it } from 'vitest';
import { InputError } from '#errors';
import { parseScenario } from '#scenario';

const lines = `question: Does it solve?
repositories:
  base:
    kernels: [debian-6.1.0-52]
steps:
  - name: update
    repositories: [base]
    request: { verb: up }
    expect: { status: solved }
`;

/** The message for a scenario in which one part was exchanged, and the line it points at; null where it is accepted. */
function refusal(
  from: string,
  to: string,
): { readonly line: number | undefined; readonly message: string; readonly hint: string | undefined } | null {
  const text = lines.replace(from, to);
  expect(text).not.toBe(lines);
  try {
    parseScenario(text, 'some.yaml');
    return null;
  } catch (cause) {
    if (!(cause instanceof InputError)) throw cause;
    return { line: cause.place?.line, message: cause.message, hint: cause.hint };
  }
}

describe('the version of the format', () => {
  it('may be stated', () => {
    expect(refusal('question:', 'format: kmplab/scenario/1\nquestion:')).toBeNull();
  });

  it('from the future is an error that says so', () => {
    const error = refusal('question:', 'format: kmplab/scenario/2\nquestion:');
    expect(error?.message).toContain('reads kmplab/scenario/1');
    expect(error?.message).toContain('newer kmplab');
    expect(error?.line).toBe(1);
  });
});

describe('an expectation that nothing can meet is refused', () => {
  const expected = '{ status: solved }';
  it.each([
    ['installs and does not', '{ transaction: { installs: [a], doesNotInstall: [b, a] } }', '"a" is expected'],
    ['erases and does not', '{ transaction: { erases: [a], doesNotErase: [a] } }', '"a" is expected'],
    ['no steps and a package', '{ transaction: { steps: 0, erases: [a] } }', 'no steps'],
    ['unsolvable with a transaction', '{ status: unsolvable, transaction: { steps: 1 } }', 'no transaction'],
    ['unsolvable with a download', '{ status: unsolvable, sizes: { downloadBytes: 1 } }', 'downloads nothing'],
    ['solved with problems', '{ status: solved, problems: { types: [job] } }', 'no problems'],
    ['a range without inside', '{ counters: { steps: { min: 2, max: 1 } } }', 'above'],
    ['an empty range', '{ counters: { steps: {} } }', 'needs `min` or `max`'],
  ])('%s', (_what, instead, message) => {
    const error = refusal(expected, instead);
    expect(error?.message).toContain(message);
    expect(error?.line).toBe(9);
  });

  it('and what can be met is not', () => {
    const claims =
      '{ status: solved, transaction: { installs: [a], erases: [a], steps: 1 }, sizes: { downloadBytes: { max: 5 } } }';
    expect(refusal(expected, claims)).toBeNull();
    expect(refusal(expected, '{ status: unsolvable, transaction: { steps: 0, doesNotErase: [a] } }')).toBeNull();
    expect(refusal(expected, '{ promises: { rootMounted: kept, driverAlone: broken } }')).toBeNull();
  });

  it('a promise has the name that src/promise gives it', () => {
    const error = refusal(expected, '{ promises: { rootMountd: kept } }');
    expect(error?.message).toContain('unknown key "rootMountd"');
    expect(error?.hint).toContain('write "rootMounted"');
    expect(refusal(expected, '{ promises: { rootMounted: maybe } }')?.message).toContain(
      '"kept"|"broken"|"notApplicable"',
    );
  });
});

describe('a request', () => {
  const request = '{ verb: up }';
  it.each([
    ['`in` of nothing', '{ verb: in }', 'at least one name'],
    ['`dup` of something', '{ verb: dup, names: [a] }', 'takes no names'],
    ['an option that the verb does not have', '{ verb: up, cleanDeps: true }', 'an option of rm'],
    ['`--from` a repository out of reach', '{ verb: dup, from: [other] }', 'cannot be reached'],
  ])('is refused for %s', (_what, instead, message) => {
    const error = refusal(request, instead);
    expect(error?.message).toContain(message);
    expect(error?.line).toBe(8);
  });
});

describe('a repository', () => {
  it('without anything in it is refused', () => {
    expect(refusal('kernels: [debian-6.1.0-52]', 'vendor: Acme')?.message).toContain('`externalDrivers`');
  });

  it('may be none of those that a step reaches', () => {
    expect(refusal('repositories: [base]', 'repositories: []')).toBeNull();
  });
});
