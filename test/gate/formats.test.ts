import { readFile } from 'node:fs/promises';
import { XMLParser } from 'fast-xml-parser';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type GateVerdict, renderJunit, renderSarif } from '#gate';

const check: GateVerdict['checks'][number] = {
  subject: 'scenario kernel-update: update everything',
  aspect: 'counters.rulesTotal',
  metric: 'rules',
  phase: null,
  status: 'passed',
  expected: '5',
  found: '6',
  change: 0.2,
  why: null,
  file: 'scenarios/real/kernel update "ö".yaml',
  rerun: "kmplab run 'scenarios/real/kernel-update.yaml'",
};

/** One check of every status that there is. */
const verdict: GateVerdict = {
  format: 'kmplab/gate-verdict',
  version: 2,
  run: 'now',
  baseline: 'before',
  status: 'failed',
  checks: [
    check,
    { ...check, status: 'better', phase: 'solve', metric: 'work' },
    { ...check, status: 'warned', why: 'allowed: 10 %' },
    { ...check, status: 'known', why: 'known until 2027-01-01: <libsolv> & co', file: null },
    { ...check, status: 'failed', subject: 'kernel ]]> \u0000', rerun: null },
    { ...check, status: 'unknown', change: null },
  ],
  notes: ['Time was not judged.'],
};

describe('the JSON of a verdict', () => {
  it('is what the published schema says, which refuses other keys and statuses', async () => {
    const schema = z.fromJSONSchema(JSON.parse(await readFile('docs/formats/gate-verdict.schema.json', 'utf8')));
    const printed: unknown = JSON.parse(JSON.stringify(verdict));
    expect(schema.safeParse(printed).error).toBeUndefined();
    expect(schema.safeParse({ ...verdict, more: 1 }).success).toBe(false);
    expect(schema.safeParse({ ...verdict, status: 'fine' }).success).toBe(false);
  });
});

/*
 * SARIF Version 2.1.0 (OASIS Standard, 27 March 2020), the part of its schema that the gate writes: every object refuses further properties, as there.
 * No package of the registry that is kept up carries that schema, so that these lines are from the text of the standard, by its sections.
 */
const message = z.strictObject({ text: z.string().min(1) }); // 3.11
const uriReference = z.string().regex(/^[\w\-.~:/?#[\]@!$&'()*+,;=%]+$/); // RFC 3986
const location = z.strictObject({
  physicalLocation: z.strictObject({ artifactLocation: z.strictObject({ uri: uriReference }) }),
});
const rule = z.strictObject({ id: z.string(), name: z.string(), shortDescription: message, help: message }); // 3.49
const sarif = z.strictObject({
  $schema: z.url(), // 3.13.3
  version: z.literal('2.1.0'), // 3.13.2
  runs: z.array(
    z.strictObject({
      tool: z.strictObject({ driver: z.strictObject({ name: z.string().min(1), rules: z.array(rule) }) }), // 3.18, 3.19
      results: z.array(
        z.strictObject({
          ruleId: z.string(),
          ruleIndex: z.int().min(-1), // 3.27.6
          level: z.enum(['none', 'note', 'warning', 'error']), // 3.27.10
          message,
          partialFingerprints: z.record(z.string(), z.string()), // 3.27.17
          locations: z.array(location).optional(),
        }),
      ),
    }),
  ),
});

describe('the SARIF log of a verdict', () => {
  const log = sarif.parse(JSON.parse(renderSarif(verdict)));
  const [run] = log.runs;

  it('is what the standard asks for, with a result for each value that moved', () => {
    expect(run?.results.map(({ ruleId, level }) => [ruleId, level])).toEqual([
      ['warned', 'warning'],
      ['warned', 'note'],
      ['moved', 'error'],
      ['unknown', 'warning'],
    ]);
  });

  it('has rules of one id each (3.19.23), which results name by id and index alike (3.27.6)', () => {
    const rules = run?.tool.driver.rules ?? [];
    expect(new Set(rules.map(({ id }) => id)).size).toBe(rules.length);
    for (const { ruleId, ruleIndex } of run?.results ?? []) expect(rules[ruleIndex]?.id).toBe(ruleId);
  });

  it('names a file that is there, as a reference by RFC 3986', () => {
    const uris = run?.results.flatMap(({ locations = [] }) =>
      locations.map((one) => one.physicalLocation.artifactLocation.uri),
    );
    expect(uris?.[0]).toBe('scenarios/real/kernel%20update%20%22%C3%B6%22.yaml');
  });
});

/*
 * JUnit's XML has no standard. What Jenkins' xUnit plugin validates against is the strictest form in use: these elements and attributes and no
 * others, written from its documentation.
 */
const whole = z.string().regex(/^\d+$/);
const decimal = z.string().regex(/^\d+(\.\d+)?$/);
const problem = z.strictObject({ '@_message': z.string(), '@_type': z.string(), '#text': z.string().optional() });
const counts = { '@_tests': whole, '@_failures': whole, '@_errors': whole, '@_time': decimal };
const testcase = z.strictObject({
  '@_classname': z.string(),
  '@_name': z.string(),
  '@_time': decimal,
  failure: problem.optional(),
  error: problem.optional(),
  'system-out': z.string().optional(),
});
const junit = z.strictObject({
  '?xml': z.strictObject({ '@_version': z.literal('1.0'), '@_encoding': z.literal('UTF-8') }),
  testsuites: z.strictObject({
    '@_name': z.string(),
    ...counts,
    testsuite: z.array(
      z.strictObject({ '@_name': z.string(), ...counts, '@_skipped': whole, testcase: z.array(testcase) }),
    ),
  }),
});

describe('the JUnit XML of a verdict', () => {
  const parser = new XMLParser({
    ignoreAttributes: false,
    parseTagValue: false,
    isArray: (name) => name === 'testsuite' || name === 'testcase',
  });
  const { testsuites } = junit.parse(parser.parse(renderJunit(verdict)));

  it('has elements and attributes that readers of it know, and no others', () => {
    const cases = testsuites.testsuite.flatMap((suite) => suite.testcase);
    expect(cases).toHaveLength(verdict.checks.length);
    expect(cases.filter(({ failure }) => failure !== undefined)).toHaveLength(1);
    expect(cases.filter(({ error }) => error !== undefined)).toHaveLength(1);
    expect(cases.filter((one) => one['system-out'] !== undefined)).toHaveLength(3);
  });

  it('counts in each suite what is in it, and in all what is in them', () => {
    for (const suite of testsuites.testsuite) {
      expect(suite['@_tests']).toBe(String(suite.testcase.length));
      expect(suite['@_failures']).toBe(String(suite.testcase.filter(({ failure }) => failure !== undefined).length));
    }
    expect(testsuites['@_tests']).toBe(String(verdict.checks.length));
  });
});
