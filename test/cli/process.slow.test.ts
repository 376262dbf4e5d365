import { once } from 'node:events';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ended, shell, startShell } from '../support/process.js';
import { smallLab } from '../support/small-lab.js';
import { temporaryDirectory } from '../support/temporary.js';

describe('a process that cannot do its work', () => {
  it.each(['kernel show debian-6.1.0-53-amd64', 'generate debian-6.1.0-53-amd64 -o "$OUT"'])(
    'says so where there is too little memory: %s',
    async (command) => {
      const OUT = join(await temporaryDirectory(), 'repository');
      // Too little address space for an instance of WebAssembly, and enough for Node.js.
      const { code, err } = await shell(`ulimit -v 3000000; kmplab ${command}`, { OUT });
      expect(code).toBe(2);
      expect(err).toMatch(/not enough memory.*\n {2}to do: .*ulimit/);
    },
  );

  it('says so where it may open too few files', async () => {
    const { code, err } = await shell('ulimit -n 40; kmplab kernel show');
    expect(code).toBe(2);
    expect(err).toContain('ulimit -n');
    expect(err).not.toContain('not built');
  });

  it('says so where its output is not taken', async () => {
    for (const command of ['scenario schema', 'kernel show debian-6.1.0-53-amd64 --json', 'nosuch']) {
      const { code, err } = await shell(`kmplab ${command} >/dev/full`);
      expect(code).toBe(2);
      expect(err).not.toContain('    at ');
    }
  });

  it('says so where only a part of its output is taken', async () => {
    const directory = await temporaryDirectory();
    // A file that may not grow beyond 8 KiB; the signal that comes with it is ignored, as a full disk has none.
    const { code, err } = await shell(`trap '' XFSZ; ulimit -f 8; kmplab scenario schema >"$OUT"`, {
      OUT: join(directory, 'schema.json'),
    });
    expect(code).toBe(2);
    expect(err).toContain('standard output');
  });

  it('leaves no lock that names nobody where the disk takes no more', async () => {
    const directory = await temporaryDirectory();
    const scenario = await smallLab(directory);
    const out = join(directory, 'out');
    const { code, err } = await shell(`trap '' XFSZ; ulimit -f 0; kmplab run ${scenario} --samples 0 -o ${out}`);
    expect(code).toBe(2);
    expect(err).toContain('EFBIG');
    expect(await readdir(out).catch(() => [])).toEqual([]);
  });

  it.each([
    ["new RangeError('WebAssembly.instantiate(): Out of memory: Cannot allocate Wasm memory')", 2, 'not enough memory'],
    ["new Error('nobody waited for this')", 3, 'internal error'],
  ])('says so where something fails that nobody waits for: %s', async (error, exit, word) => {
    const once = `if (process.listenerCount('SIGINT') > 0) { clearInterval(timer); Promise.reject(${error}); }`;
    const hook = `data:text/javascript,${encodeURIComponent(`const timer = setInterval(() => { ${once} }, 1);`)}`;
    const { code, err } = await shell('kmplab kernel show debian-6.1.0-53-amd64', { NODE_OPTIONS: `--import=${hook}` });
    expect(code).toBe(exit);
    expect(err).toContain(word);
  });

  it('says so where there is no place for temporary files', async () => {
    const directory = await temporaryDirectory();
    const scenario = await smallLab(directory);
    const TMPDIR = join(directory, 'nosuch');
    const { code, err } = await shell(`kmplab run ${scenario} --samples 0 -o ${directory}/out`, { TMPDIR });
    expect(code).toBe(2);
    expect(err).toContain('TMPDIR');
    expect(await readdir(directory)).not.toContain('out');
  });
});

describe('a run that is interrupted', () => {
  it.each(['SIGINT', 'SIGTERM'] as const)(
    'by %s leaves nothing behind, and the results that were there',
    async (signal) => {
      const directory = await temporaryDirectory();
      const scenario = await smallLab(directory);
      const out = join(directory, 'out');
      const TMPDIR = join(directory, 'tmp');
      await mkdir(TMPDIR);
      await mkdir(out);
      await writeFile(join(out, 'run.json'), 'old');
      await writeFile(join(out, 'index.html'), 'old');
      const child = startShell(`kmplab run ${scenario} --samples 0 --jobs 2 -o ${out}`, { TMPDIR });
      const told = ended(child);
      // Its first word of progress: it works.
      if (child.stderr !== null) await once(child.stderr, 'data');
      child.kill(signal);
      const { code, err } = await told;
      expect(code).toBe(signal);
      expect(err).toContain('nothing was written');
      expect(await readdir(TMPDIR)).toEqual([]);
      expect((await readdir(out)).sort()).toEqual(['index.html', 'run.json']);
      expect(await readFile(join(out, 'run.json'), 'utf8')).toBe('old');
    },
  );

  it('by being killed leaves what the next one removes', async () => {
    const directory = await temporaryDirectory();
    const scenario = await smallLab(directory);
    const TMPDIR = join(directory, 'tmp');
    await mkdir(TMPDIR);
    const line = `kmplab run ${scenario} --samples 0 --jobs 1 -o ${directory}/out`;
    const child = startShell(line, { TMPDIR });
    const told = ended(child);
    if (child.stderr !== null) await once(child.stderr, 'data');
    child.kill('SIGKILL');
    await told;
    expect(await readdir(TMPDIR)).toHaveLength(1);
    expect(await readdir(join(directory, 'out'))).toEqual(['.kmplab.lock']);
    expect((await shell(line, { TMPDIR })).code).toBe(0);
    expect(await readdir(TMPDIR)).toEqual([]);
    const published = await readdir(join(directory, 'out'));
    expect(published).toEqual(expect.arrayContaining(['index.html', 'run.json', 'scenario']));
    expect(published.filter((name) => name.startsWith('.'))).toEqual([]);
  });
});

it('a second run into a directory says that the first is at work there', async () => {
  const directory = await temporaryDirectory();
  const scenario = await smallLab(directory);
  const line = `kmplab run ${scenario} --samples 0 --jobs 1 -o ${directory}/out`;
  const first = startShell(line);
  const told = ended(first);
  if (first.stderr !== null) await once(first.stderr, 'data');
  const second = await shell(line);
  expect(second.code).toBe(2);
  expect(second.err).toContain(`process ${first.pid} is writing its results here`);
  await told;
});
