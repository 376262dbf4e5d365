import { describe, expect, it } from 'vitest';
import type { SelectionStep } from '../src/index.js';
import { nevras, testInstance, testPool } from './support/pool.js';

const libsolv = await testInstance();
const pool = testPool(libsolv, '=Pkg: vim 8 1 x86_64', {
  r: `=Pkg: vim 9 1 x86_64
=Pkg: vim-data 9 1 noarch
=Req: vim >= 9
=Pkg: emacs 30 1 x86_64
=Con: vim
=Pkg: nano 7 1 x86_64
=Rec: vim
=Pkg: nano 8 1 x86_64
=Rec: hunspell`,
});
const select = (...steps: readonly SelectionStep[]) => nevras(pool, pool.selectSteps(steps).solvables).sort();
const all: SelectionStep = { text: '*', flags: ['name', 'glob'] };

describe('steps of a selection', () => {
  it('add, take away and narrow, as libsolv’s testcases do', () => {
    const vim: SelectionStep = { text: 'vim', flags: ['name'] };
    expect(select(vim)).toEqual(['vim-8-1.x86_64', 'vim-9-1.x86_64']);
    expect(select(vim, { text: 'nano = 8', flags: ['name', 'rel'], mode: 'add' })).toEqual([
      'nano-8-1.x86_64',
      'vim-8-1.x86_64',
      'vim-9-1.x86_64',
    ]);
    expect(select(all, { ...vim, mode: 'subtract' })).toEqual([
      'emacs-30-1.x86_64',
      'nano-7-1.x86_64',
      'nano-8-1.x86_64',
      'vim-data-9-1.noarch',
    ]);
    expect(select(all, { text: 'vim*', flags: ['name', 'glob'], mode: 'filter' })).toEqual([
      'vim-8-1.x86_64',
      'vim-9-1.x86_64',
      'vim-data-9-1.noarch',
    ]);
    expect(select(vim, { text: 'nano', flags: ['name'] })).toEqual(['nano-7-1.x86_64', 'nano-8-1.x86_64']);
  });

  it('keep what they had when a filter leaves nothing, if asked to', () => {
    const none: SelectionStep = { text: 'nothing', flags: ['name'], mode: 'filter' };
    const emacs: SelectionStep = { text: 'emacs', flags: ['name'] };
    expect(select(emacs, none)).toEqual([]);
    expect(select(emacs, { ...none, flags: ['name', 'filterKeepIfempty'] })).toEqual(['emacs-30-1.x86_64']);
  });

  it('find packages by their dependencies: as text, as dependency, by the package that is meant', () => {
    const flags = ['name', 'provides', 'rel'] as const;
    expect(select({ text: 'vim', flags, match: { by: 'text', in: 'requires' } })).toEqual(['vim-data-9-1.noarch']);
    expect(select({ text: 'h*ll', flags: ['glob'], match: { by: 'text', in: 'recommends' } })).toEqual([
      'nano-8-1.x86_64',
    ]);
    expect(select({ text: 'vim = 8', flags: [], match: { by: 'dependency', in: 'requires' } })).toEqual([]);
    expect(select({ text: 'vim = 10', flags: [], match: { by: 'dependency', in: 'requires' } })).toEqual([
      'vim-data-9-1.noarch',
    ]);
    expect(select({ text: 'vim-8-1.x86_64@@System', flags: [], match: { by: 'package', in: 'conflicts' } })).toEqual([
      'emacs-30-1.x86_64',
    ]);
    expect(select({ text: 'vim-8-1.x86_64@@System', flags: [], match: { by: 'package', in: 'requires' } })).toEqual([]);
  });

  it('refuse a text that names no package or is no dependency', () => {
    const match = { by: 'package', in: 'requires' } as const;
    expect(() => select({ text: 'no-such-1-1.noarch', flags: [], match })).toThrowError(
      expect.objectContaining({ code: 'invalidInput' }),
    );
    expect(() => select({ text: 'a >= ) 1', flags: [], match: { by: 'dependency', in: 'requires' } })).toThrowError(
      expect.objectContaining({ code: 'invalidInput' }),
    );
  });
});

describe('flags', () => {
  it('narrow a selection to what is installed, and ignore case', () => {
    expect(select({ text: 'VIM', flags: ['name', 'nocase', 'installedOnly'] })).toEqual(['vim-8-1.x86_64']);
    expect(select({ text: 'VIM', flags: ['name'] })).toEqual([]);
  });
});
