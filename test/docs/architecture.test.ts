import { readdir, readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';

test('the page on architecture has every room, and no room that is not there', async () => {
  const page = await readFile('docs/architecture.md', 'utf8');
  const cells = page.split('\n').flatMap((line) => /^\| (`src\/[^|]*)\|/.exec(line)?.[1] ?? []);
  const ofRooms = cells.filter((cell) => !cell.includes('.ts`'));
  const told = ofRooms.flatMap((cell) => [...cell.matchAll(/`src\/([a-z-]+)`/g)].map(([, name]) => name));
  const entries = await readdir('src', { withFileTypes: true });
  const rooms = entries.flatMap((entry) => (entry.isDirectory() ? [entry.name] : []));
  expect(told.sort()).toEqual(rooms.sort());
});
