import { describe, expect, it } from 'vitest';
import { kernelDiff, kernelDocument } from '#analyse';
import { renderKernel, renderKernelDiff } from '#report';
import { kernel } from '../support/kernel.js';

const mark = '<img src=x onerror="document.title=1">\u202e';

/** Two builds in which every name that a page shows tries to break out of it. */
function hostile(release: string, crc: number) {
  return kernel({
    release: `${release}${mark}`,
    image: { [`sym${mark}`]: crc },
    modules: {
      [`mod${mark}`]: {
        path: `kernel/sub${mark}/mod${mark}.ko`,
        exports: { [`out${mark}`]: crc },
        imports: { [`sym${mark}`]: crc },
        aliases: [`bus${mark}:*`],
        license: `GPL${mark}`,
        signer: `Key${mark}`,
        signature: { format: 'PKCS#7', keyId: `01${mark}`, hashAlgorithm: `sha${mark}` },
      },
      [`only-${release}${mark}`]: { imports: [] },
    },
  });
}

const pages = async (): Promise<string[]> => [
  await renderKernel({
    ...kernelDocument(hostile('1', 1)),
    warnings: [{ code: `odd${mark}`, count: 12, examples: [`file${mark}: why`] }],
    source: { kind: 'deb', files: [{ name: `p${mark}.deb`, sha256: null }] },
  }),
  await renderKernelDiff(kernelDiff(hostile('1', 1), hostile('2', 2))),
];

describe('the page of a kernel build, and that of an update', () => {
  it('show the names of a hostile build and run none of them', async () => {
    for (const page of await pages()) {
      expect(page).not.toContain('<img');
      expect(page).not.toContain('\u202e');
      expect(page).toContain('&lt;img src=x onerror=&quot;document.title=1&quot;&gt;\\u{202e}');
    }
  });

  it('refer to nothing outside, give every id once and every link a target, and are the same each time', async () => {
    const [first, again] = [await pages(), await pages()];
    expect(again).toEqual(first);
    for (const page of first) {
      expect([...page.matchAll(/href="([^"]*)"/g)].every(([, target]) => target?.startsWith('#'))).toBe(true);
      const ids = [...page.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id);
      expect(new Set(ids).size).toBe(ids.length);
      for (const [, target] of page.matchAll(/href="#([^"]*)"/g)) expect(ids).toContain(target);
    }
  });

  it('has a chart for everything that is drawn', async () => {
    const [one = '', update = ''] = await pages();
    // Subsystems and six histograms; churn, subsystems, importers.
    expect(one.match(/<svg /g)).toHaveLength(7);
    expect(update.match(/<svg /g)).toHaveLength(3);
  });

  it('orders the responsible symbols by blast radius and says what became of each', async () => {
    const older = kernel({
      image: { narrow: 1, wide: 2 },
      modules: {
        lib: { exports: { l: 3 }, imports: ['wide'] },
        user: { imports: ['l'] },
        other: { imports: ['narrow'] },
      },
    });
    const newer = kernel({ release: '2-default', image: { wide: 9 }, modules: { lib: { exports: { l: 3 } } } });
    const page = await renderKernelDiff(kernelDiff(older, newer));
    const table = page.slice(page.indexOf('id="symbols"'));
    expect(table.indexOf('wide')).toBeLessThan(table.indexOf('narrow'));
    expect(table).toContain('vmlinux, other CRC');
    expect(table).toContain('vmlinux, gone');
    expect(page).toContain('lib: 1');
  });

  it('says of an update that breaks nothing that everything loads', async () => {
    const build = kernel({ image: { a: 1 }, modules: { m: { imports: ['a'] } } });
    const page = await renderKernelDiff(kernelDiff(build, build));
    expect(page).toContain('loads into');
    expect(page).not.toContain('id="broken"');
    expect(page).not.toContain('id="symbols"');
  });
});
