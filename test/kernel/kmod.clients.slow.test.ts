import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { listFilesSorted } from '#files';
import { importKernel, type KernelBuild } from '#kernel';
import { readSignature } from '../../src/kernel/read/signature.js';
import { debianPackage, whyNoPackages } from '../support/debian.js';

const run = promisify(execFile);
const release = '6.1.0-56-amd64';
const maxBuffer = 512 * 1024 ** 2;

async function whySkipped(): Promise<string | undefined> {
  for (const tool of ['modinfo', 'modprobe']) {
    const there = await run(tool, ['--version']).then(
      () => true,
      () => false,
    );
    if (!there) return `${tool} is not installed: apt-get install kmod`;
  }
  return whyNoPackages([`linux-image-${release}`, `linux-headers-${release}`]);
}

const skipped = await whySkipped();

/** Every kernel module of one Debian kernel, as this project reads it and as kmod does. */
describe.skipIf(skipped !== undefined)(
  `the import of ${release}${skipped === undefined ? '' : `, skipped: ${skipped}`}`,
  () => {
    let room: string;
    let modulesRoot: string;
    let fromDeb: KernelBuild;
    let files: string[];
    /** What modinfo prints of each file, by path. */
    let told: Map<string, Map<string, string[]>>;

    beforeAll(async () => {
      room = await mkdtemp(join(tmpdir(), 'kmplab-kmod-'));
      modulesRoot = join(room, 'lib/modules', release);
      const image = (await debianPackage(`linux-image-${release}`)) ?? '';
      const headers = (await debianPackage(`linux-headers-${release}`)) ?? '';
      await run('dpkg-deb', ['-x', image, room]);
      fromDeb = await importKernel([image, headers]);
      files = (await listFilesSorted(modulesRoot)).filter((file) => file.endsWith('.ko'));
      told = new Map();
      for (let start = 0; start < files.length; start += 200) {
        const batch = files.slice(start, start + 200).map((file) => join(modulesRoot, file));
        const { stdout } = await run('modinfo', ['-0', ...batch], { maxBuffer });
        for (const [file, values] of modinfoOutput(stdout)) told.set(file.slice(modulesRoot.length + 1), values);
      }
    }, 600_000);
    afterAll(async () => rm(room, { recursive: true, force: true }));

    test('has every file of the package, and the same from the package as from the unpacked tree', async () => {
      expect(fromDeb.modules.map(({ path }) => path)).toEqual(files);
      const fromTree = await importKernel([modulesRoot]);
      expect(fromTree.modules).toEqual(fromDeb.modules);
      expect(fromTree.warnings).toEqual([]);
    });

    test('says of each kernel module what modinfo says', () => {
      expect(told.size).toBe(files.length);
      const ours = fromDeb.modules.map((module) => ({
        path: module.path,
        name: [module.name],
        license: listOf(module.license),
        version: listOf(module.driverVersion),
        vermagic: listOf(module.vermagic),
        alias: module.aliases,
        depends: [module.depends.join(',')],
        firmware: module.firmware,
        import_ns: module.importNamespaces,
        intree: module.inTree ? ['Y'] : [],
        signer: listOf(module.signer),
        sig_id: listOf(module.signature?.format),
        sig_key: listOf(module.signature?.keyId),
        sig_hashalgo: listOf(module.signature?.hashAlgorithm),
        softdep: [
          ...module.softdeps.pre.map((name) => `pre ${name}`),
          ...module.softdeps.post.map((name) => `post ${name}`),
        ],
      }));
      const theirs = files.map((path) => {
        const values = (key: string): string[] => [...new Set(told.get(path)?.get(key) ?? [])];
        const first = (key: string): string[] => values(key).slice(0, 1);
        return {
          path,
          name: values('name'),
          license: first('license'),
          version: first('version'),
          vermagic: values('vermagic'),
          alias: values('alias'),
          depends: values('depends').map((names) => names.replaceAll('-', '_')),
          firmware: values('firmware'),
          import_ns: values('import_ns'),
          intree: values('intree'),
          signer: values('signer'),
          sig_id: values('sig_id'),
          sig_key: values('sig_key'),
          sig_hashalgo: values('sig_hashalgo'),
          softdep: softdepWords(values('softdep')),
        };
      });
      expect(differing(ours, theirs)).toEqual([]);
    });

    test('reads of each the signature that modinfo prints', async () => {
      const ours: { path: string; signature: string }[] = [];
      for (const path of files) {
        const { value } = readSignature(await readFile(join(modulesRoot, path))) ?? { value: Buffer.alloc(0) };
        ours.push({ path, signature: Buffer.from(value).toString('hex').toUpperCase() });
      }
      const theirs = files.map((path) => ({
        path,
        signature: (told.get(path)?.get('signature') ?? []).join('').replaceAll(/[:\s]/g, ''),
      }));
      expect(theirs.every(({ signature }) => signature !== '')).toBe(true);
      expect(differing(ours, theirs)).toEqual([]);
    });

    test('has the CRC of each import that modprobe --dump-modversions prints', async () => {
      // modprobe reads one file at a time. One shell runs them all: starting a process from this one, with a kernel in memory, is slow.
      const loop = 'for file; do echo "file $file"; modprobe --dump-modversions "$file"; done';
      const theirs: { path: string; imports: { name: string; crc: number }[] }[] = [];
      for (let start = 0; start < files.length; start += 500) {
        const batch = files.slice(start, start + 500).map((file) => join(modulesRoot, file));
        const { stdout } = await run('bash', ['-c', loop, 'bash', ...batch], { maxBuffer });
        for (const line of stdout.split('\n')) {
          const [crc, name] = line.split('\t');
          if (line.startsWith('file ')) theirs.push({ path: line.slice(6 + modulesRoot.length), imports: [] });
          else if (name !== undefined) theirs.at(-1)?.imports.push({ name, crc: Number(crc) });
        }
      }
      for (const { imports } of theirs) imports.sort((a, b) => (a.name < b.name ? -1 : 1));
      const ours = fromDeb.modules.map(({ path, imports }) => ({ path, imports }));
      expect(differing(ours, theirs)).toEqual([]);
    });

    test('exports what Module.symvers lists: names, CRCs, GPL, namespaces, of every kernel module', async () => {
      const headers = (await debianPackage(`linux-headers-${release}`)) ?? '';
      await run('dpkg-deb', ['-x', headers, room]);
      const { stdout } = await run('cat', [join(room, `usr/src/linux-headers-${release}/Module.symvers`)], {
        maxBuffer,
      });
      const theirs = stdout.split('\n').filter((line) => line !== '');
      const ours = [
        ...fromDeb.image.exports.map((symbol) => ({ symbol, exporter: 'vmlinux' })),
        ...fromDeb.modules.flatMap(({ path, exports }) =>
          exports.map((symbol) => ({ symbol, exporter: path.replace(/^kernel\//, '').replace(/\.ko$/, '') })),
        ),
      ].map(({ symbol: { name, crc, gplOnly, namespace }, exporter }) =>
        [
          `0x${(crc ?? 0).toString(16).padStart(8, '0')}`,
          name,
          exporter,
          gplOnly ? 'EXPORT_SYMBOL_GPL' : 'EXPORT_SYMBOL',
          namespace ?? '',
        ].join('\t'),
      );
      expect(ours.sort()).toEqual(theirs.sort());
    });
  },
);

function listOf(value: string | null | undefined): string[] {
  return value === null || value === undefined ? [] : [value];
}

/** Rows that differ, a few of them: a diff of 4,000 kernel modules is nothing to read. */
function differing<Row>(
  ours: readonly Row[],
  theirs: readonly Row[],
): { ours: Row | undefined; theirs: Row | undefined }[] {
  const rows = Array.from({ length: Math.max(ours.length, theirs.length) }, (_, at) => ({
    ours: ours[at],
    theirs: theirs[at],
  }));
  return rows.filter((row) => JSON.stringify(row.ours) !== JSON.stringify(row.theirs)).slice(0, 5);
}

/** `modinfo -0`: entries ended by NUL, `filename:` and blanks before a path starts a file, all others are `key=value`. */
function modinfoOutput(output: string): Map<string, Map<string, string[]>> {
  const files = new Map<string, Map<string, string[]>>();
  let values = new Map<string, string[]>();
  for (const entry of output.split('\0')) {
    const filename = /^filename: +(.*)$/.exec(entry)?.[1];
    const equals = entry.indexOf('=');
    if (filename !== undefined) {
      values = new Map();
      files.set(filename, values);
    } else if (equals > 0) {
      const key = entry.slice(0, equals);
      values.set(key, [...(values.get(key) ?? []), entry.slice(equals + 1)]);
    }
  }
  return files;
}

function softdepWords(lines: readonly string[]): string[] {
  const found = { pre: new Set<string>(), post: new Set<string>() };
  for (const line of lines) {
    // A word before the first marker counts for nothing, as in kmod_softdep_new() of libkmod: cifs has `softdep=nls`.
    let into: Set<string> | undefined;
    for (const word of line.split(/\s+/).filter((text) => text !== '')) {
      if (word === 'pre:') into = found.pre;
      else if (word === 'post:') into = found.post;
      else into?.add(word);
    }
  }
  return [...[...found.pre].map((name) => `pre ${name}`), ...[...found.post].map((name) => `post ${name}`)];
}
