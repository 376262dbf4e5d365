import { describe, expect, it } from 'vitest';
import { parseRunDocument } from '#run-document';
import { scorecard } from '../support/run-document/scorecard.js';
import { runDocument } from '../support/run-document.js';

describe('a scorecard in a run document', () => {
  it('is read as it was written, and may be missing', () => {
    const document = runDocument({ scorecard: scorecard() });
    expect(parseRunDocument(JSON.stringify(document), 'run.json')).toEqual(document);
    const { scorecard: left, ...older } = document;
    expect(left).not.toBeNull();
    expect(parseRunDocument(JSON.stringify(older), 'run.json').scorecard).toBeNull();
  });

  it('is refused where a cell has a word that no promise has', () => {
    const text = JSON.stringify(runDocument({ scorecard: scorecard() })).replace('"status":"broken"', '"status":"bad"');
    expect(() => parseRunDocument(text, 'run.json')).toThrow(/status/);
  });
});
