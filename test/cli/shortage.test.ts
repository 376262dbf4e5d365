import { expect, it } from 'vitest';
import { bugText } from '#errors';
import { shortage } from '../../src/errors/resources.js';

it('a package that Node.js cannot open for want of file descriptors is a shortage, not a bug of ours', () => {
  const error = Object.assign(new Error("Cannot find package '/x/node_modules/y/index.js' imported from /x/z.js"), {
    code: 'ERR_MODULE_NOT_FOUND',
  });
  expect(shortage(error)).toMatchObject({ code: 'resources', hint: expect.stringContaining('ulimit -n') });
  expect(bugText(error)).toBeNull();
  expect(bugText(new Error('Cannot find what was planted'))).toContain('internal error');
});
