import { readFile } from 'node:fs/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { listFilesSorted } from '#files';
import { readBaseline } from '#gate';
import { figuresOf } from './figures/catalogue.js';
import { Facts, figures } from './figures/table.js';

const oneLine = (text: string): string => text.replaceAll(/\s+/g, ' ');

/** The part of a page whose every figure must have a holder. */
async function claimsOf(page: string, from: string, to: string): Promise<string> {
  const text = await readFile(page, 'utf8');
  const begin = text.indexOf(from);
  expect(begin, `${page}: ${from}`).toBeGreaterThanOrEqual(0);
  const end = text.indexOf(to, begin + 1);
  return oneLine(text.slice(begin, end === -1 ? undefined : end));
}

/** Numbers that name something: files, releases, versions, what stands in code. */
const names =
  /`[^`]*`|\]\([^)]*\)|\b6\.1\.0(?:-\d+)?|\b(?:zypper|dracut|Linux|Debian) \d[\d.]*|\bx86[-_]64\b|\b[a-z][a-z-]*\d+\b/g;
const number = /\d[\d,.]*\d|\d/g;

let facts: Facts;
let pages: Readonly<Record<string, string>>;

beforeAll(async () => {
  facts = new Facts(await readBaseline('reports/baseline/run.json'), await readFile('docs/schemes.md', 'utf8'));
  pages = {
    'README.md': await claimsOf('README.md', '## What it found', '## Ten minutes'),
    'docs/headlines.md': await claimsOf('docs/headlines.md', '# Headlines', '\0'),
    'CHANGELOG.md': await claimsOf('CHANGELOG.md', '## ', '\n## '),
  };
});

describe('the figures of the documents', () => {
  it.each(figures.map((figure) => [figure.sentence.source, figure] as const))(
    'are those of the baseline: %s',
    (_source, { sentence, expected }) => {
      const found = Object.entries(pages).flatMap(([page, text]) =>
        [...text.matchAll(sentence)].map((match) => ({ page, figures: match.slice(1) })),
      );
      const right = expected(facts).map(String);
      expect(found.map(({ page }) => ({ page, figures: right }))).toEqual(found);
      expect(found).not.toEqual([]);
    },
  );

  it.each(['README.md', 'docs/headlines.md'])('of %s all have a holder', (page) => {
    const text = pages[page] ?? '';
    const held = new Set<number>();
    for (const { sentence } of figures)
      for (const { index, 0: whole } of text.matchAll(sentence))
        for (let at = index; at < index + whole.length; at += 1) held.add(at);
    const masked = text.replaceAll(names, (name) => '_'.repeat(name.length));
    const free = [...masked.matchAll(number)].filter(({ index }) => !held.has(index));
    expect(free.map(({ index }) => text.slice(Math.max(0, index - 40), index + 20))).toEqual([]);
  });

  it('of docs/catalogue.md are each one of a step of that scenario', async () => {
    const page = await readFile('docs/catalogue.md', 'utf8');
    const rows = [...page.matchAll(/^\| \[([^\]]+)\]\([^)]+\) +\| (.*?) +\| [^|]+\|$/gm)];
    expect(rows).toHaveLength((await listFilesSorted('scenarios/real')).length);
    const free = rows.flatMap(([, scenario = '', found = '']) => {
      const known = figuresOf(facts.baseline, scenario);
      const masked = found.replaceAll(names, '_').replaceAll(/\d+\.\d+\.\d+/g, '_');
      return [...masked.matchAll(number)]
        .filter(([figure]) => !known.has(figure))
        .map(([figure]) => [scenario, figure]);
    });
    expect(free).toEqual([]);
  });
});
