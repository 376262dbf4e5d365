import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { InputError } from '#errors';
import { parseJson, parseYaml } from '#files';

const kind = {
  schema: z.strictObject({
    name: z.string(),
    steps: z
      .array(z.strictObject({ request: z.strictObject({ verb: z.enum(['in', 'up']), names: z.array(z.string()) }) }))
      .default([]),
    sizes: z.record(z.string(), z.strictObject({ bytes: z.number() })).optional(),
    choice: z.union([z.literal('all'), z.strictObject({ only: z.string() })]).optional(),
  }),
  what: 'a test document',
  hint: 'read this test',
};

function errorOf(text: string, parse: typeof parseYaml = parseYaml): InputError {
  try {
    parse(text, 'some.file', kind);
  } catch (error) {
    if (error instanceof InputError) return error;
    throw error;
  }
  throw new Error('was accepted');
}

describe('a YAML document', () => {
  test('is its value, with defaults', () => {
    expect(parseYaml('name: x\n', 'f', kind)).toEqual({ name: 'x', steps: [] });
  });

  test('names line and column of what is not YAML', () => {
    expect(errorOf('name: x\nsteps: "open\n')).toMatchObject({ code: 'corrupt', place: { line: 3, column: 1 } });
  });

  test('names line and column of an unknown key, and the key that was meant', () => {
    const error = errorOf('name: x\nsteps:\n  - request: { verb: up, nmaes: [a] }\n');
    expect(error).toMatchObject({
      code: 'unknown-key',
      place: { line: 3, column: 26, part: 'steps[0].request' },
      expected: 'one of verb, names',
    });
    expect(error.hint).toContain('"names"');
  });

  test('knows the keys inside a map with names of the user', () => {
    const error = errorOf('name: x\nsizes:\n  one:\n    byte: 1\n');
    expect(error).toMatchObject({ place: { line: 4, column: 5 }, expected: 'one of bytes' });
    expect(error.hint).toContain('"bytes"');
  });

  test('names the place of a wrong value, and of a missing one the part that lacks it', () => {
    const wrong = errorOf('name: x\nsteps:\n  - request:\n      verb: down\n      names: []\n');
    expect(wrong).toMatchObject({ code: 'invalid', place: { line: 4, column: 7, part: 'steps[0].request.verb' } });
    expect(errorOf('name: x\nstep: []\n').hint).toContain('"steps"');
    const missing = errorOf('name: x\nsteps:\n  - request:\n      verb: up\n');
    expect(missing).toMatchObject({ code: 'invalid', place: { line: 3, column: 5, part: 'steps[0].request.names' } });
    expect(errorOf('')).toMatchObject({ code: 'invalid', place: { part: 'document' } });
  });

  test.each([
    ['a key given twice', 'name: x\nname: y\n', 'corrupt', 2],
    ['two documents', 'name: x\n---\nname: y\n', 'corrupt', 2],
    ['a tag that nobody knows', 'name: !secret x\n', 'corrupt', 1],
    ['an alias', 'name: &a x\nsteps: *a\n', 'unsupported', 2],
    ['an alias of itself', 'name: x\nsteps: &a [*a]\n', 'unsupported', 2],
  ])('refuses %s', (_what, text, code, line) => {
    expect(errorOf(text)).toMatchObject({ code, place: { line } });
  });

  test.each([
    ['brackets', '['.repeat(50_000)],
    ['closed brackets', `${'['.repeat(50_000)}${']'.repeat(50_000)}`],
    ['braces', '{a: '.repeat(50_000)],
    ['list items', '- '.repeat(50_000)],
    ['complex keys', '? '.repeat(50_000)],
  ])('refuses depths of %s, which would end the process', (_what, text) => {
    expect(errorOf(text).code).toBe('too-large');
  });

  test('takes what brackets and colons are text', () => {
    expect(parseYaml(`name: "${'['.repeat(1000)}"\n`, 'f', kind).name).toHaveLength(1000);
  });
});

describe('a JSON document', () => {
  test('names the part of an unknown key and the key that was meant', () => {
    const error = errorOf('{"name":"x","steps":[{"request":{"verb":"up","nams":[],"names":[]}}]}', parseJson);
    expect(error).toMatchObject({ code: 'unknown-key', place: { part: 'steps[0].request' } });
    expect(error.hint).toContain('"names"');
  });

  test('names the part of a wrong value', () => {
    expect(errorOf('{"name":1}', parseJson)).toMatchObject({ code: 'invalid', place: { part: 'name' } });
    expect(errorOf('[]', parseJson)).toMatchObject({ code: 'invalid', place: { part: 'document' } });
    expect(errorOf('{"name":', parseJson).code).toBe('corrupt');
  });

  test('knows the keys of the options of a union', () => {
    const schema = z.discriminatedUnion('is', [
      z.strictObject({ is: z.literal('one'), first: z.number().optional() }),
      z.strictObject({ is: z.literal('two'), second: z.number().optional() }),
    ]);
    expect(() => parseJson('{"is":"two","secnod":1}', 'f', { ...kind, schema })).toThrow('write "second" or remove it');
  });
});
