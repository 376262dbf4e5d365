import { join } from 'node:path';
import fc from 'fast-check';
import { XMLParser } from 'fast-xml-parser';
import { describe, expect, test } from 'vitest';
import { metadataOf, readRepository, writeRepository } from '#repomd';
import type { RpmPackage } from '#rpm';
import { packages } from '../support/packages.js';
import { temporaryDirectory } from '../support/temporary.js';

/** What XML 1.0 (section 2.2) has no way to write, and halves of surrogate pairs. */
const forbidden = new RegExp(
  [
    '[\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f\\ufffe\\uffff]',
    '[\\ud800-\\udbff](?![\\udc00-\\udfff])',
    '(?<![\\ud800-\\udbff])[\\udc00-\\udfff]',
  ].join('|'),
  'g',
);

describe('text in a repository', () => {
  test('comes back as it was, whatever characters XML allows, and what it forbids is counted', async () => {
    const parser = new XMLParser({
      ignoreAttributes: false,
      attributeNamePrefix: '',
      parseTagValue: false,
      trimValues: false,
      isArray: (name) => name === 'rpm:entry',
      htmlEntities: true,
    });
    const [model] = packages({ 'ehci-hcd-kmp-default-5.14.21-lp154.1': {} });
    const target = join(await temporaryDirectory(), 'text');
    if (model === undefined) throw new Error('no package');
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 12 }), async (text) => {
        const name = `a${text}z`;
        const one: RpmPackage = { ...model, provides: [{ name, range: null }] };
        const { replacedCharacters } = await writeRepository([one], target);
        const { metadata } = parser.parse(Buffer.from(metadataOf(await readRepository(target), 'primary')).toString());
        const [entry] = metadata.package.format['rpm:provides']['rpm:entry'];
        expect(entry.name).toBe(name.replace(forbidden, '\ufffd'));
        expect(replacedCharacters).toBe(name.match(forbidden)?.length ?? 0);
      }),
      { numRuns: 100 },
    );
  });
});
