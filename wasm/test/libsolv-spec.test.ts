import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';

interface Provided {
  readonly version: string;
  readonly label: string;
  readonly directory: string;
  readonly sha256: string;
  readonly treeSha256: string;
  readonly pinned: boolean;
  readonly patches: readonly { readonly name: string; readonly sha256: string }[];
}
interface Libsolvs {
  provideLibsolv(spec: string, directories: { readonly patches: string; readonly unpacked: string }): Promise<Provided>;
}

const tool = new URL('../tools/libsolv.mjs', import.meta.url).href;
const { provideLibsolv }: Libsolvs = await import(/* @vite-ignore */ tool);

const scratch = mkdtempSync(join(tmpdir(), 'libsolv-spec-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

let room: string;
let directories: { patches: string; unpacked: string };
let checkout: string;

beforeEach(() => {
  room = mkdtempSync(join(scratch, 'case-'));
  directories = { patches: join(room, 'patches'), unpacked: join(room, 'src') };
  mkdirSync(directories.patches);
  checkout = join(room, 'checkout');
  const files = {
    'VERSION.cmake': 'SET(LIBSOLV_MAJOR "0")\nSET(LIBSOLV_MINOR "8")\nSET(LIBSOLV_PATCH "1")\n',
    'src/solver.c': 'one\ntwo\nthree\nfour\nfive\nsix\nseven\n',
    'src/order.c': 'order\n',
    'ext/testcase.c': 'testcase\n',
  };
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(checkout, name, '..'), { recursive: true });
    writeFileSync(join(checkout, name), text);
  }
});

/** A patch that puts one line in place of another in src/solver.c. */
function patch(name: string, line: string, by: string): void {
  const [before, after] = [join(room, 'a'), join(room, 'b')];
  for (const tree of [before, after]) {
    rmSync(tree, { recursive: true, force: true });
    cpSync(checkout, tree, { recursive: true });
  }
  const file = join(after, 'src', 'solver.c');
  writeFileSync(file, readFileSync(file, 'utf8').replace(line, by));
  const { stdout } = spawnSync('diff', ['-ru', 'a', 'b'], { cwd: room, encoding: 'utf8' });
  mkdirSync(join(directories.patches, name));
  writeFileSync(join(directories.patches, name, `${name}.patch`), stdout);
}

const provide = (spec: string) => provideLibsolv(spec, directories);
const solver = ({ directory }: Provided) => readFileSync(join(directory, 'src', 'solver.c'), 'utf8');

describe('a source directory', () => {
  it('is copied by its content, and only read', async () => {
    const first = await provide(checkout);
    expect(first).toMatchObject({ version: '0.8.1', pinned: false, patches: [] });
    expect(solver(first)).toContain('four');
    expect((await provide(checkout)).directory).toBe(first.directory);
    writeFileSync(join(checkout, 'src', 'solver.c'), 'changed\n');
    const second = await provide(checkout);
    expect(second.treeSha256).not.toBe(first.treeSha256);
    expect([solver(first).includes('four'), solver(second)]).toEqual([true, 'changed\n']);
  });

  it('may have a plus in its name, and lie on a path that nobody can write', async () => {
    patch('first', 'four', 'FOUR');
    const odd = join(room, 'my+first');
    cpSync(checkout, odd, { recursive: true });
    chmodSync(odd, 0o555);
    expect((await provide(odd)).patches).toEqual([]);
    const both = await provide(`${odd}+first`);
    expect(both.patches.map(({ name }) => name)).toEqual(['first']);
    expect(solver(both)).toContain('FOUR');
    expect(existsSync(join(odd, 'src', 'solver.c.orig'))).toBe(false);
    chmodSync(odd, 0o755);
  });

  it('that is none of libsolv says what it lacks', async () => {
    rmSync(join(checkout, 'src', 'solver.c'));
    await expect(provide(checkout)).rejects.toThrowError('is no source tree of libsolv: it has no src/solver.c');
  });
});

describe('patches', () => {
  it('are applied in the order they are named, and make another module of the same version', async () => {
    patch('first', 'one', 'ONE');
    patch('second', 'seven', 'SEVEN');
    const plain = await provide(checkout);
    const both = await provide(`${checkout}+first+second`);
    expect(solver(both)).toBe('ONE\ntwo\nthree\nfour\nfive\nsix\nSEVEN\n');
    expect(both.sha256).toBe(plain.sha256);
    expect(both.treeSha256).not.toBe(plain.treeSha256);
    expect(both.label).toMatch(/\+first\+second$/);
    // What is compiled counts, not the way there.
    expect((await provide(`${checkout}+second+first`)).treeSha256).toBe(both.treeSha256);
  });

  it('that conflict, do not apply, are unknown or named twice are an error of one line', async () => {
    patch('first', 'four', 'FOUR');
    patch('other', 'four', 'VIER');
    await expect(provide(`${checkout}+first+other`)).rejects.toThrowError(
      /^the patch other does not apply to libsolv 0\.8\.1 of \S+ after first \(patching file src\/solver\.c\)$/,
    );
    writeFileSync(join(checkout, 'src', 'solver.c'), 'something else\n');
    await expect(provide(`${checkout}+first`)).rejects.toThrowError(/^the patch first does not apply to libsolv .*$/);
    await expect(provide(`${checkout}+nothing`)).rejects.toThrowError(
      'no patch "nothing" in wasm/patches; known: first, other',
    );
    await expect(provide(`${checkout}+first+first`)).rejects.toThrowError('the patch first is named twice');
    // Nothing half-patched is left that a later build would take.
    expect(
      existsSync(directories.unpacked)
        ? execFileSync('find', [directories.unpacked, '-name', '*+*'], { encoding: 'utf8' })
        : '',
    ).toBe('');
  });
});

describe('the build', () => {
  const build = (spec: string) =>
    spawnSync(process.execPath, [fileURLToPath(new URL('../tools/build.mjs', import.meta.url)), '--libsolv', spec], {
      encoding: 'utf8',
    });

  it('ends with exit code 2 and one line where a libsolv is not known', () => {
    const { status, stderr, stdout } = build('0.1.2');
    expect(stderr).toBe(
      'libsolv-wasm: libsolv 0.1.2 is not pinned in wasm/versions.json; known: 0.7.32, 0.7.23, 0.7.40; nor is it the directory of a source tree\n',
    );
    expect([status, stdout]).toEqual([2, '']);
  });

  it('ends with exit code 2 and the first error of a libsolv that does not compile', () => {
    mkdirSync(join(checkout, 'tools'), { recursive: true });
    writeFileSync(join(checkout, 'src', 'solvversion.h.in'), '');
    writeFileSync(join(checkout, 'src', 'solver.c'), 'int broken(void) { return nothing; }\n');
    for (const name of readdirExt()) writeFileSync(join(checkout, 'ext', name), '');
    const { status, stderr } = build(checkout);
    const said = stderr.split('\n').filter((line) => line.includes('error'));
    expect(said).toEqual([expect.stringMatching(/^libsolv-wasm: \S+\.[ch]:\d+:\d+: .*error: /)]);
    expect(status).toBe(2);
  }, 300_000);
});

/** The files of ext that are compiled besides testcase.c. */
function readdirExt(): readonly string[] {
  return [
    'pool_parserpmrichdep',
    'repo_helix',
    'repo_rpmmd',
    'repo_susetags',
    'repo_testcase',
    'repo_updateinfoxml',
    'repodata_diskusage',
    'solv_xmlparser',
  ].map((name) => `${name}.c`);
}
