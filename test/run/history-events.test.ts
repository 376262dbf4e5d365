import { describe, expect, it } from 'vitest';
import { readHistory } from '#kernel';
import { eventsFor } from '../../src/run/history/events.js';
import { smallHistory } from '../support/small-history.js';
import { temporaryDirectory } from '../support/temporary.js';

describe('the days of a history', () => {
  it('have each event once, in order, and a kernel before a driver of the same day', async () => {
    // Built for the kernel of 1 January, published on the day of the second kernel.
    const { file } = await smallHistory(await temporaryDirectory(), (text) =>
      text.replace('lagDays: 10', 'lagDays: 31'),
    );
    const history = await readHistory(file);
    const days = (drivers: readonly string[]) =>
      eventsFor(history, drivers).map((events) => events.map(({ kind, date }) => `${kind} ${date}`));
    expect(days(['vendor_nic'])).toEqual([
      ['kernel 2026-01-01'],
      ['kernel 2026-02-01', 'driver 2026-02-01'],
      ['kernel 2026-03-01', 'driver 2026-03-04', 'driver 2026-04-01'],
    ]);
    expect(days([])).toEqual([['kernel 2026-01-01'], ['kernel 2026-02-01'], ['kernel 2026-03-01']]);
  });
});
