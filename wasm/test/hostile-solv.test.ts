import { describe, expect, it } from 'vitest';
import { nevras, testInstance, testPool } from './support/pool.js';
import { type SolvDocument, solvDocument } from './support/solv.js';

const libsolv = await testInstance();

/** One package that is as it should be. Each case below damages a part that libsolv's reader would trust. */
const strings = [
  '',
  'repository:solvables',
  'repokey:type:flexarray',
  'repokey:type:fixarray',
  'repokey:type:id',
  'repokey:type:idarray',
  'repokey:type:str',
  'repokey:type:binary',
  'repokey:type:dirstrarray',
  'solvable:name',
  'solvable:arch',
  'solvable:evr',
  'solvable:requires',
  'solvable:filelist',
  'solvable:keywords',
  'pkg',
  'noarch',
  '1-1',
  'other',
];
const id = (text: string): number => strings.indexOf(text) + 1;
const incore = 2;
const vertical = 3;
const block = 4;
const key = (name: string, type: string, size: number, storage: number) =>
  [id(name), id(`repokey:type:${type}`), size, storage] as const;
const solvables = key('repository:solvables', 'flexarray', 0, incore);
const name = key('solvable:name', 'id', 0, incore);
const arch = key('solvable:arch', 'id', 0, incore);
const evr = key('solvable:evr', 'id', 0, incore);
const requires = key('solvable:requires', 'idarray', 3, incore);
const filelist = key('solvable:filelist', 'dirstrarray', 4, vertical);
const keys = [solvables, name, arch, evr, requires, filelist];
/** Keys count from 1: the first schema is the document's own, the second one a package's. */
const schemata = [[1], [2, 3, 4, 5, 6]];
const pkg = [id('pkg'), id('noarch'), id('1-1')];
const more = 0x40;
const good: SolvDocument = {
  strings,
  relations: [],
  directories: [id('other')],
  solvables: 1,
  keys,
  schemata,
  // The main schema; one package, of schema 2; its requires; where its file list lies in the pages.
  data: [1, 1, 2, ...pkg, id('other') | more, id('pkg'), 0, 4],
  // Directory 2, and no more; "ab".
  pages: [[2, 0x61, 0x62, 0]],
};

function read(document: SolvDocument) {
  const pool = libsolv.createPool({ arch: 'x86_64' });
  const repo = pool.addRepo('r');
  repo.addSolv(solvDocument(document));
  return { pool, repo };
}

const nested = (depth: number): number[] =>
  Array.from({ length: depth }, () => [0x86, 0xff, 0xff, 0xff, 0x7f, 1]).flat();
const fixed = key('solvable:keywords', 'fixarray', 0, incore);

const cases: readonly (readonly [string, Partial<SolvDocument>])[] = [
  ['a schema names a key that is not there', { schemata: [[1], [2, 3, 4, 5, 200]] }],
  ['a package is of a schema that is not there', { data: [1, 1, 9, ...pkg, id('other'), 0, 4] }],
  ['it holds more ids than it said', { data: [1, 1, 2, ...pkg, ...Array<number>(5000).fill(1 | more), 1, 0, 4] }],
  [
    'arrays of billions of empty entries lie in each other',
    { keys: [fixed], schemata: [[1], [1]], solvables: 0, data: [1, ...nested(4), 0] },
  ],
  [
    'a dependency refers to itself twice, forty times over',
    { relations: Array.from({ length: 40 }, (_, n) => [strings.length + n, strings.length + n, 1]) },
  ],
  ['the most it needs at once is a negative number', { most: 0xffffe000 }],
  [
    'an array is said to lie in a block that is not there',
    { keys: [solvables, name, arch, evr, key('solvable:requires', 'idarray', 3, block), filelist] },
  ],
  [
    'a name is a text of its own',
    { keys: [solvables, key('solvable:name', 'str', 0, incore), arch, evr, requires, filelist] },
  ],
  [
    'a binary value is longer than the document',
    {
      keys: [solvables, name, arch, evr, key('solvable:keywords', 'binary', 0, incore), filelist],
      data: [1, 1, 2, ...pkg, 0x8f, 0xff, 0xff, 0xff, 0x70, 0, 4],
    },
  ],
  ['a file list is longer than its pages', { data: [1, 1, 2, ...pkg, id('other'), 0, 100] }],
  ['a file lies in a directory that is not there', { pages: [[77, 0x61, 0x62, 0]] }],
  ['a page is larger than a page', { pages: [Array<number>(40_000).fill(0x61)] }],
  ['a packed page copies from before its beginning', { pages: [[0xa7, 0xff]], packed: true }],
  ['a packed page ends in the middle of a copy', { pages: [[0x61, 0xe0]], packed: true }],
];

describe('a .solv document from an unknown writer', () => {
  it('is read when it is right', () => {
    const { pool, repo } = read(good);
    expect(nevras(pool, repo.solvables())).toEqual(['pkg-1-1.noarch']);
    expect(pool.dependencies(repo.solvables(), 'requires')).toEqual([['other', 'pkg']]);
    expect(repo.toSolv().length).toBeGreaterThan(100);
    pool.dispose();
  });

  it.each(cases)('is refused when %s, and the instance lives', (_what, damage) => {
    expect(() => read({ ...good, ...damage })).toThrowError(expect.objectContaining({ code: 'invalidInput' }));
    expect(libsolv.dead).toBe(false);
    const pool = testPool(libsolv, '', { r: '=Pkg: a 1 1 noarch\n=Req: b\n=Pkg: b 1 1 noarch' });
    const result = pool.createSolver().solve([{ action: 'install', select: { kind: 'name', name: 'a' } }]);
    expect(result.status === 'solved' && result.transaction.steps()).toHaveLength(2);
    pool.dispose();
  });

  it('is refused for its size when it promises more than may be unpacked', () => {
    const huge = key('solvable:filelist', 'dirstrarray', 0x7ffffff0, vertical);
    const damage = { keys: [solvables, name, arch, evr, requires, huge] };
    expect(() => read({ ...good, ...damage })).toThrowError(expect.objectContaining({ code: 'limit' }));
  });

  it('is refused when it is compressed: what would be checked is what libsolv reads', () => {
    const repo = libsolv.createPool({ arch: 'x86_64' }).addRepo('r');
    expect(() => repo.addSolv(Uint8Array.of(0x1f, 0x8b, 8, 0))).toThrowError(
      expect.objectContaining({ code: 'invalidInput' }),
    );
  });
});
