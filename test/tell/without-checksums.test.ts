import { expect, it } from 'vitest';
import { kernelDiff, kernelDocument } from '#analyse';
import { kernelDiffRows, kernelFactsRows } from '#tell';
import { kernel } from '../support/kernel.js';

/** Debian's kernels from 6.18 on have no CONFIG_MODVERSIONS: what lists no imports does not have none. */
const without = { ...kernel({ modules: { ext4: {}, nic: {} } }), modversions: false };
const text = (rows: readonly { readonly title: string; readonly text: string }[], title: string) =>
  rows.filter((row) => row.title === title).map((row) => row.text);

it('a kernel without checksums is said to have unknown imports, not none', () => {
  const rows = kernelFactsRows(kernelDocument(without));
  expect(text(rows, 'imports')).toEqual(['unknown: without CRCs no kernel module lists them']);
  expect(text(rows, 'importers')).toEqual([]);
});

it('an update from or to such a kernel is said to change nobody knows how many checksums', () => {
  const other = kernel({
    release: '6.1.0-2-default',
    image: { kmalloc: 1 },
    modules: { ext4: { imports: ['kmalloc'] } },
  });
  for (const [from, to] of [
    [without, other],
    [other, without],
  ] as const)
    expect(text(kernelDiffRows(kernelDiff(from, to)), 'CRCs changed')).toEqual(['unknown: one has none']);
  expect(text(kernelDiffRows(kernelDiff(other, other)), 'CRCs changed')).toEqual(['0 of 1 (0 %)']);
});
