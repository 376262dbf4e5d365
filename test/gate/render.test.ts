import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { baselineOf, type GateVerdict, judge, renderGateText, renderJunit, renderMarkdown, renderSarif } from '#gate';
import { runDocument } from '../support/run-document.js';

const hostile = '"><script>alert(1)</script>\u0000\u001b[31m\u202e | `x` ]]> <!-- \ud800';

function hostileVerdict(): GateVerdict {
  const run = runDocument({ name: hostile, notRun: [{ what: hostile, why: hostile, bug: false }] });
  const scenarios = run.scenarios.map((scenario) => ({ ...scenario, id: hostile, file: hostile, rerun: hostile }));
  return judge({ ...run, scenarios }, baselineOf(runDocument()));
}

const passed = judge(runDocument(), baselineOf(runDocument()));
const failed = judge(
  runDocument({ seed: 99, notRun: [{ what: 'growth', why: 'no time', bug: false }] }),
  baselineOf(runDocument()),
);

describe('the text of a verdict', () => {
  it('is one line and its notes when all is as before', () => {
    const text = renderGateText(passed);
    expect(text).toMatch(/^note: Time was not judged/);
    expect(text).toContain('gate passed: run real against baseline real');
  });

  it('names what moved with both values', () => {
    const text = renderGateText(failed);
    expect(text).toContain('FAILED  seed: expected 20, found 99');
    expect(text).toContain('UNKNOWN  ran: expected ran, found did not run: no time');
    expect(text).toContain('gate FAILED');
  });

  it('lets no control character reach the terminal', () => {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
    expect(renderGateText(hostileVerdict())).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]/);
  });
});

describe('the JUnit report of a verdict', () => {
  it('counts every case once, and what is unknown as an error', () => {
    const document: unknown = new XMLParser({ ignoreAttributes: false, parseAttributeValue: true }).parse(
      renderJunit(failed),
    );
    const suites = z
      .object({
        testsuites: z.looseObject({
          '@_tests': z.number(),
          '@_failures': z.number(),
          '@_errors': z.number(),
          testsuite: z.array(z.looseObject({ '@_tests': z.number(), '@_name': z.string() })),
        }),
      })
      .parse(document).testsuites;
    expect(suites['@_tests']).toBe(failed.checks.length);
    expect([suites['@_failures'], suites['@_errors']]).toEqual([1, 1]);
    expect(suites.testsuite.reduce((sum, suite) => sum + suite['@_tests'], 0)).toBe(failed.checks.length);
  });

  it('stays well-formed whatever the names are', () => {
    const xml = renderJunit(hostileVerdict());
    expect(XMLValidator.validate(xml)).toBe(true);
    expect(xml).not.toContain('<script>');
    expect(xml).not.toContain('\u0000');
  });
});

describe('the SARIF log of a verdict', () => {
  const schema = z.object({
    version: z.literal('2.1.0'),
    runs: z.tuple([
      z.object({
        tool: z.object({ driver: z.object({ name: z.string(), rules: z.array(z.object({ id: z.string() })) }) }),
        results: z.array(
          z.object({
            ruleId: z.string(),
            ruleIndex: z.int(),
            level: z.enum(['error', 'warning']),
            message: z.object({ text: z.string() }),
          }),
        ),
      }),
    ]),
  });

  it('has a result for each value that moved, under a rule that it declares', () => {
    const { runs } = schema.parse(JSON.parse(renderSarif(failed)));
    const { tool, results } = runs[0];
    expect(results.map(({ level }) => level)).toEqual(['error', 'warning']);
    for (const { ruleId, ruleIndex } of results) expect(tool.driver.rules[ruleIndex]?.id).toBe(ruleId);
    expect(schema.parse(JSON.parse(renderSarif(passed))).runs[0].results).toEqual([]);
  });

  it('is JSON whatever the names are', () => {
    expect(() => schema.parse(JSON.parse(renderSarif(hostileVerdict())))).not.toThrow();
  });
});

describe('the Markdown summary of a verdict', () => {
  it('has a row for each value that moved', () => {
    const markdown = renderMarkdown(failed);
    expect(markdown.split('\n').filter((line) => line.startsWith('| failed |'))).toHaveLength(1);
    expect(markdown).toContain('| unknown | growth | ran |');
  });

  it('cannot be given markup or another row by a name', () => {
    const markdown = renderMarkdown(hostileVerdict());
    // Four spaces make a code block, in which nothing is markup.
    const outsideCode = markdown.split('\n').filter((line) => !line.startsWith('    '));
    expect(outsideCode.join('\n')).not.toContain('<script>');
    const commands = markdown.split('\n').filter((line) => line.startsWith('|'));
    for (const row of commands) expect(row.split(/(?<!\\)\|/)).toHaveLength(9);
  });
});
