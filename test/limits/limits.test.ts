import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { load } from '@opensuse/libsolv-wasm';
import { describe, expect, it } from 'vitest';
import { shapes, testcaseText } from '#limits';
import { limitsSchema } from '#run-document';
import { findsOf, slopesOf } from '../../src/limits/slopes.js';
import { cli } from '../support/cli.js';
import { temporaryDirectory } from '../support/temporary.js';

describe('the shapes that libsolv is grown on', () => {
  it('are testcases that libsolv reads without a complaint, solves and orders', async () => {
    for (const shape of shapes) {
      const libsolv = await load();
      const files = new Map([['one.t', new TextEncoder().encode(testcaseText(shape.of(5)))]]);
      const part = libsolv.openTestcase('one.t', files).next();
      expect([shape.name, part?.complaints]).toEqual([shape.name, '']);
      libsolv.dispose();
    }
  });
});

describe('kmplab limits', () => {
  it('finds the linear search of ordering and the explosion on cycles through a kernel, and writes the smallest cases', async () => {
    const output = join(await temporaryDirectory(), 'limits');
    const { code, out } = await cli(
      'limits',
      'hub-cycles',
      'star',
      'providers',
      '--size',
      '1600',
      '--work',
      '8000000',
      '-o',
      output,
      '--html',
      `${output}.html`,
    );
    expect(code).toBe(0);
    const page = await readFile(`${output}.html`, 'utf8');
    expect(page).toContain('2 shapes of 3 grow');
    // Local slopes, of which steep ones stand out, and what is in proportion is folded.
    const ofCycles = page.slice(page.indexOf('id="hub-cycles"'));
    expect(ofCycles).toMatch(/<strong>2\.[5-9]\d<\/strong>/);
    expect(page).toMatch(/<svg[^>]*aria-labelledby="limits-star/);
    expect(page).toMatch(/<details><summary>providers: /);
    const found = limitsSchema.parse(JSON.parse(await readFile(join(output, 'limits.json'), 'utf8')));
    const finds = found.shapes.map(({ shape, finds: all }) => [shape, all.map(({ of }) => of)]);
    expect(finds).toEqual([
      ['star', ['order']],
      ['hub-cycles', expect.arrayContaining(['order'])],
      ['providers', []],
    ]);
    const cycles = found.shapes.find(({ shape }) => shape === 'hub-cycles')?.finds[0];
    expect(cycles?.exponent).toBeGreaterThan(2.5);
    expect(await readFile(join(output, cycles?.testcase ?? ''), 'utf8')).toContain('job install name kernel');
    expect(out).toContain('hub-cycles-order.t');
    expect(out).toContain('providers: in proportion');
  });

  it('ends a size that takes too long or too much, and says so', async () => {
    const { code, out } = await cli('limits', 'hub-cycles', '--memory', '32', '--work', '900000000');
    expect(code).toBe(0);
    expect(out).toContain('no answer at 400 within 32.0 MB of memory');
    expect(await cli('limits', 'donut')).toMatchObject({ code: 2 });
  });
});

describe('a slope', () => {
  const at = (size: number, order: number) => ({ size, work: { order }, heapBytesMax: 0 });
  const stop = { by: 'size', limit: 400 } as const;

  it('is that of each doubling, and what ends in proportion is no find', () => {
    const bending = [at(100, 1e6), at(200, 4e6), at(400, 8e6)];
    expect(slopesOf(bending).map(({ exponent }) => exponent)).toEqual([2, 1]);
    expect(findsOf(bending, slopesOf(bending), stop, 1.3)).toEqual([]);
  });

  it('is a find from the smallest size on from which all are steep', () => {
    const climbing = [at(100, 1e6), at(200, 2e6), at(400, 8e6), at(800, 32e6)];
    expect(findsOf(climbing, slopesOf(climbing), stop, 1.3)).toMatchObject([{ of: 'order', exponent: 2, from: 200 }]);
  });
});
