import { describe, expect, it } from 'vitest';
import { InputError } from '#errors';
import { parseRunDocument } from '#run-document';
import { runDocument } from '../support/run-document.js';

function refused(document: unknown): InputError {
  try {
    parseRunDocument(JSON.stringify(document), 'run.json');
  } catch (cause) {
    if (cause instanceof InputError) return cause;
    throw cause;
  }
  throw new Error('nothing was refused');
}

describe('reading a run document', () => {
  it('takes one of this version as it is', () => {
    expect(parseRunDocument(JSON.stringify(runDocument()), 'run.json')).toEqual(runDocument());
  });

  it('refuses an older one for its version, whatever else is different in it, and says how to make a new one', () => {
    const [scenario] = runDocument().scenarios;
    const older = { ...runDocument(), version: 1, scenarios: [{ ...scenario, answer: 'It did.' }], sentences: [] };
    const { code, message, place, hint } = refused(older);
    expect([code, place]).toEqual(['invalid', { part: 'version' }]);
    expect(message).toContain('run document of version 1');
    expect(hint).toContain('kmplab run');
  });

  it('names a key that is not in the format, and the one that was meant', () => {
    const { code, message } = refused({ ...runDocument(), senarios: [] });
    expect([code, message]).toEqual(['unknown-key', expect.stringContaining('write "scenarios"')]);
  });

  it('refuses what is no run document at all', () => {
    expect(refused({ format: 'kmplab/baseline', version: 2 })).toMatchObject({
      code: 'invalid',
      place: { part: 'format' },
    });
    expect(refused([])).toMatchObject({ code: 'invalid' });
    expect(refused({ ...runDocument(), version: '1' })).toMatchObject({ code: 'invalid', place: { part: 'version' } });
  });
});
