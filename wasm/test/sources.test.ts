import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it, vi } from 'vitest';

interface Pin {
  readonly version: string;
  readonly debian: { readonly package: string; readonly suites: readonly string[] };
  readonly archives: readonly { readonly name: string; readonly sha256: string }[];
  readonly upstream: string;
}
interface Places {
  readonly user?: string;
  readonly cache: string;
  readonly unpacked: string;
  readonly fromDebian: (source: Pin['debian'], directory: string) => string | null;
  readonly fetch: (url: string) => Promise<Response>;
}
interface Source {
  readonly directory: string;
  readonly version: string;
  readonly sha256: string;
  readonly treeSha256: string;
  readonly pinned: boolean;
}
interface Debian {
  fetchFromDebian(
    source: Pin['debian'],
    directory: string,
    archive: { readonly uri: string; readonly signedBy: string | null },
  ): string | null;
}
interface Sources {
  provide(name: string, pin: Pin, options: { readonly strict: boolean; readonly places: Places }): Promise<Source>;
  readPins(version?: string): Readonly<Record<string, Pin>>;
}

const tool = new URL('../tools/sources.mjs', import.meta.url).href;
const { provide, readPins }: Sources = await import(/* @vite-ignore */ tool);
const debian = new URL('../tools/debian.mjs', import.meta.url).href;
const { fetchFromDebian }: Debian = await import(/* @vite-ignore */ debian);

const scratch = mkdtempSync(join(tmpdir(), 'libsolv-wasm-sources-'));
afterAll(() => rmSync(scratch, { recursive: true }));
let room: string;
let places: Places;
const offline = () => Promise.reject(new TypeError('fetch failed', { cause: new Error('no network') }));

const said = vi.spyOn(console, 'error').mockImplementation(() => undefined);

beforeEach(() => {
  said.mockClear();
  room = mkdtempSync(join(scratch, 'case-'));
  places = {
    cache: join(room, 'cache'),
    unpacked: join(room, 'build', 'src'),
    fromDebian: () => null,
    fetch: offline,
  };
});

/** An archive as projects release them: everything in one directory. */
function archive(name: string, text: string): string {
  const directory = mkdtempSync(join(scratch, 'tree-'));
  mkdirSync(join(directory, 'zlib'));
  writeFileSync(join(directory, 'zlib', 'zlib.h'), text);
  execFileSync('tar', ['-czf', name, 'zlib'], { cwd: directory });
  return join(directory, name);
}

const hash = (file: string) => createHash('sha256').update(readFileSync(file)).digest('hex');
const good = archive('zlib-1.3.1.tar.gz', 'the pinned one');
const other = archive('zlib_1.3.dfsg+really1.4.orig.tar.gz', 'a later one');
const pin: Pin = {
  version: '1.3.1',
  debian: { package: 'zlib', suites: ['trixie'] },
  archives: [{ name: basename(good), sha256: hash(good) }],
  upstream: 'https://example.org/zlib-1.3.1.tar.gz',
};

/** A directory with these files, under other names if need be. */
function directoryOf(files: Readonly<Record<string, string>>): string {
  const directory = mkdtempSync(join(room, 'given-'));
  for (const [name, file] of Object.entries(files)) cpSync(file, join(directory, name));
  return directory;
}

const fromDebian = (file: string) => (_source: Pin['debian'], directory: string) => {
  cpSync(file, join(directory, basename(file)));
  return basename(file);
};
const serving = (file: string) => async () => new Response(new Uint8Array(readFileSync(file)));
const run = (more: Partial<Places>, strict = false) => provide('zlib', pin, { strict, places: { ...places, ...more } });

describe('a source archive', () => {
  it('comes from the directory that the user names, and is unpacked once', async () => {
    const user = directoryOf({ [basename(good)]: good });
    const source = await run({ user });
    expect(source).toMatchObject({ version: '1.3.1', sha256: hash(good), pinned: true });
    expect(readFileSync(join(source.directory, 'zlib.h'), 'utf8')).toBe('the pinned one');
    writeFileSync(join(source.directory, 'mark'), '');
    expect((await run({ user })).directory).toBe(source.directory);
    expect(existsSync(join(source.directory, 'mark'))).toBe(true);
  });

  it('comes from the download cache when the user names none', async () => {
    mkdirSync(places.cache);
    cpSync(good, join(places.cache, basename(good)));
    expect(await run({})).toMatchObject({ pinned: true });
  });

  it('with another sha256 than the pin is not used, and said', async () => {
    const user = directoryOf({ [basename(good)]: other });
    await expect(run({ user })).rejects.toThrowError(
      new RegExp(`SOURCES_DIR: .*sha256 ${hash(other)}, pinned is ${hash(good)}`),
    );
    expect(await run({ user, fetch: serving(good) })).toMatchObject({ sha256: hash(good), pinned: true });
    expect(said).toHaveBeenCalledWith(expect.stringContaining(hash(other)));
  });

  it('that is nowhere is an error that says where it was looked for and what to do', async () => {
    await expect(run({})).rejects.toThrowError(
      /no source archive for zlib 1\.3\.1:\n {2}https:\/\/example\.org\/\S+ cannot be fetched: no network\n.*zlib-1\.3\.1\.tar\.gz .*SOURCES_DIR/,
    );
  });
});

describe("the project's own release", () => {
  it('is fetched when Debian has none, and kept in the cache under the pinned name', async () => {
    expect(await run({ fetch: serving(good) })).toMatchObject({ pinned: true });
    expect(readdirSync(places.cache)).toEqual([basename(good)]);
    expect(await run({})).toMatchObject({ pinned: true });
  });

  it('is refused when its bytes are others than pinned', async () => {
    await expect(run({ fetch: serving(other) })).rejects.toThrowError(`sha256 is ${hash(other)}, which is not pinned`);
    expect(existsSync(places.unpacked)).toBe(false);
  });

  it('that the server does not have is said with its answer', async () => {
    const fetch = async () => new Response('', { status: 404 });
    await expect(run({ fetch })).rejects.toThrowError('HTTP status 404');
  });
});

describe('Debian', () => {
  it('is asked before upstream', async () => {
    const fetch = vi.fn(offline);
    expect(await run({ fromDebian: fromDebian(good), fetch })).toMatchObject({ pinned: true });
    expect(fetch).not.toHaveBeenCalled();
  });

  it('may have moved on: then the pinned version comes from upstream', async () => {
    const source = await run({ fromDebian: fromDebian(other), fetch: serving(good) });
    expect(source).toMatchObject({ version: '1.3.1', sha256: hash(good), pinned: true });
    expect(readFileSync(join(source.directory, 'zlib.h'), 'utf8')).toBe('the pinned one');
  });

  it('is taken as it is now where the pinned version is nowhere: said, and marked as not pinned', async () => {
    expect(await run({ fromDebian: fromDebian(other) })).toMatchObject({
      version: '1.4',
      sha256: hash(other),
      pinned: false,
    });
    expect(said).toHaveBeenCalledWith(expect.stringContaining('zlib 1.3.1 is nowhere to be had; taking 1.4'));
  });

  it.runIf(existsSync('/usr/bin/apt-get'))(
    'is believed only where apt verifies it: an archive without a signature is refused',
    () => {
      const archive = mkdtempSync(join(room, 'archive-'));
      const [file, dsc] = ['libsolv_9.orig.tar.gz', 'libsolv_9-1.dsc'];
      cpSync(good, join(archive, file));
      const lines = (hashed: string) => `Package: libsolv\nVersion: 9-1\nDirectory: .\n${hashed}`;
      writeFileSync(join(archive, dsc), lines(''));
      const sums = [file, dsc].map(
        (name) => ` ${hash(join(archive, name))} ${readFileSync(join(archive, name)).length} ${name}`,
      );
      mkdirSync(join(archive, 'dists', 'sid', 'main', 'source'), { recursive: true });
      const sources = join(archive, 'dists', 'sid', 'main', 'source', 'Sources');
      writeFileSync(sources, `${lines(`Checksums-Sha256:\n${sums.join('\n')}`)}\n`);
      writeFileSync(
        join(archive, 'dists', 'sid', 'Release'),
        `Origin: Debian\nLabel: Debian\nSuite: sid\nCodename: sid\nComponents: main\nSHA256:\n ${hash(sources)} ${readFileSync(sources).length} main/source/Sources\n`,
      );
      const incoming = join(room, 'incoming');
      const given = { uri: `file:${archive}`, signedBy: null };
      expect(fetchFromDebian({ package: 'libsolv', suites: ['sid'] }, incoming, given)).toBeNull();
      expect(said).toHaveBeenCalledWith(expect.stringMatching(/Debian sid: E: .*(not signed|Release)/));
    },
  );

  it('is not followed for libsolv itself', async () => {
    await expect(run({ fromDebian: fromDebian(other) }, true)).rejects.toThrowError(/which is not the pinned 1\.3\.1/);
  });

  it('with the pinned version in other bytes is refused', async () => {
    const changed = join(mkdtempSync(join(scratch, 'changed-')), 'zlib_1.3.dfsg+really1.3.1.orig.tar.gz');
    cpSync(other, changed);
    await expect(run({ fromDebian: fromDebian(changed) })).rejects.toThrowError(/which is not the pinned 1\.3\.1/);
  });
});

describe('unpacking', () => {
  it.each([
    ['a path that leads up', 'zlib/../../escaped'],
    ['a path through a symbolic link', 'zlib/link/escaped'],
  ])('never writes outside of its directory: %s', async (_what, path) => {
    const tree = mkdtempSync(join(room, 'tree-'));
    mkdirSync(join(tree, 'zlib'));
    symlinkSync(room, join(tree, 'zlib', 'link'));
    writeFileSync(join(tree, 'zlib', 'zlib.h'), 'x');
    const file = join(room, 'evil.tar.gz');
    const members = ['zlib/link', 'zlib/zlib.h'];
    execFileSync('tar', ['-czPf', file, '--transform', `s,^zlib/zlib.h,${path},`, '-C', tree, ...members]);
    const evil: Pin = { ...pin, archives: [{ name: 'evil.tar.gz', sha256: hash(file) }] };
    const user = directoryOf({ 'evil.tar.gz': file });
    await provide('zlib', evil, { strict: true, places: { ...places, user } }).catch(() => undefined);
    for (const above of [places.unpacked, join(room, 'build'), room])
      expect(existsSync(above) ? readdirSync(above) : []).not.toContain('escaped');
  });

  it('leaves nothing that looks whole when it fails', async () => {
    const file = join(room, 'broken.tar.gz');
    writeFileSync(file, readFileSync(good).subarray(0, 60));
    const broken: Pin = { ...pin, archives: [{ name: 'broken.tar.gz', sha256: hash(file) }] };
    const user = directoryOf({ 'broken.tar.gz': file });
    await expect(provide('zlib', broken, { strict: true, places: { ...places, user } })).rejects.toThrowError(/tar/);
    expect(readdirSync(places.unpacked).filter((name) => !name.endsWith('.part'))).toEqual([]);
  });
});

describe('the identity of what was unpacked', () => {
  it('is of its bytes, whatever the archive was called', async () => {
    const of = async (text: string) => {
      const file = archive('zlib-1.3.1.tar.gz', text);
      const given: Pin = { ...pin, archives: [{ name: basename(file), sha256: hash(file) }] };
      const user = directoryOf({ [basename(file)]: file });
      return (await provide('zlib', given, { strict: true, places: { ...places, user } })).treeSha256;
    };
    const first = await of('one text');
    expect(await of('one text')).toBe(first);
    expect(await of('another text')).not.toBe(first);
  });
});

describe('pins', () => {
  it('take another libsolv that is pinned, and nothing else', () => {
    expect(readPins()).toMatchObject({ libsolv: { version: '0.7.32' }, zlib: { version: '1.3.1' } });
    expect(readPins('0.7.40')).toMatchObject({ libsolv: { version: '0.7.40', debian: { package: 'libsolv' } } });
    expect(() => readPins('0.7.31')).toThrowError(
      'libsolv 0.7.31 is not pinned in wasm/versions.json; known: 0.7.32, 0.7.23, 0.7.40',
    );
  });
});
