import { describe, expect, it } from 'vitest';
import { InputError } from '#errors';
import { parseScenario, requestText } from '#scenario';

const minimal = `question: Does it solve?
repositories:
  base:
    kernels: [debian-6.1.0-52]
steps:
  - name: update
    repositories: [base]
    request:
      verb: up
`;

function errorOf(text: string): InputError {
  try {
    parseScenario(text, 'some.yaml');
  } catch (cause) {
    if (cause instanceof InputError) return cause;
    throw cause;
  }
  throw new Error('was accepted');
}

describe('reading a scenario', () => {
  it('fills in the defaults', () => {
    const scenario = parseScenario(minimal, 'some.yaml');
    expect(scenario.scheme).toBe('modular');
    expect(scenario.repositories['base']?.priority).toBe(99);
    expect(scenario.steps[0]?.request).toEqual({ verb: 'up', names: [], noRecommends: false, allowUninstall: false });
  });

  it('names line and column of a YAML error', () => {
    const error = errorOf(`${minimal}  - name: "open\n`);
    expect(error.code).toBe('corrupt');
    expect(error.place?.line).toBeGreaterThanOrEqual(10);
    expect(error.message).toContain('some.yaml:');
  });

  it('names an unknown key, its line, and the key that was meant', () => {
    const error = errorOf(minimal.replace('verb: up', 'verb: up\n      nams: [x]'));
    expect(error.code).toBe('unknown-key');
    expect(error.place).toMatchObject({ line: 10, part: 'steps[0].request' });
    expect(error.hint).toContain('"names"');
  });

  it('names an unknown key at the top and inside a repository', () => {
    expect(errorOf(`${minimal}hardwar: x\n`).hint).toContain('"hardware"');
    expect(errorOf(minimal.replace('kernels:', 'kernel:')).hint).toContain('"kernels"');
  });

  it('refuses a step that reaches for a repository that is not there', () => {
    const error = errorOf(minimal.replace('repositories: [base]', 'repositories: [base, other]'));
    expect(error.code).toBe('invalid');
    expect(error.message).toContain('no repository "other"');
    expect(error.place?.line).toBe(7);
  });

  it('refuses an install of nothing', () => {
    expect(errorOf(minimal.replace('verb: up', 'verb: in')).message).toContain('at least one name');
  });

  it('has no aliases, so that no text can stand for itself or for gigabytes', () => {
    expect(errorOf(minimal.replace('repositories: [base]', 'repositories: &a [base, *a]')).code).toBe('unsupported');
  });
});

describe('a request as text', () => {
  it('reads as a zypper command line', () => {
    expect(requestText({ verb: 'in', names: ['kernel-default = 6'], noRecommends: true, allowUninstall: false })).toBe(
      "zypper in --no-recommends 'kernel-default = 6'",
    );
  });
});
