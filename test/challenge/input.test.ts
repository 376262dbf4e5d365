import { expect, test } from 'vitest';
import { cli } from '../support/cli.js';

test('a mistyped promise is told with the one that was meant', async () => {
  const { code, err } = await cli('challenge', 'modular', '--promise', 'drivenStayDriven');
  expect(code).toBe(2);
  expect(err).toContain('there is no promise "drivenStayDriven"');
  expect(err).toContain('write "drivenStaysDriven"');
});

test('what is no design, and a design of another package format, are told before anything is tried', async () => {
  expect(await cli('challenge', 'modulra')).toMatchObject({ code: 2, err: expect.stringContaining('write "modular"') });
  expect(await cli('challenge', 'yocto')).toMatchObject({
    code: 2,
    err: expect.stringContaining('another package format'),
  });
});

test('an output that cannot be written is told before anything is tried', async () => {
  const { code, err } = await cli('challenge', 'modular', '-o', '/dev/null/finds');
  expect(code).toBe(2);
  expect(err).toContain('/dev/null');
});
