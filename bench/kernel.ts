/**
 * The promises about kernel builds: importing, synthesising, evolving, and loading them. Each is measured in a process of its own, so
 * that every number is a first call with nothing warmed up, as a command line has it. Times are what a user waits for; whatever else
 * runs on the machine can only add to them, so the fastest round is held to the promise. Exit code 1 if a promise is broken.
 *
 *     node dist/bench/kernel.js [/lib/modules/RELEASE]
 *
 * Without a tree to import, one is unpacked from the image package that `make kernel-data` left in the cache; without that, the import is
 * not measured, which counts as broken.
 */
import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { listFilesSorted } from '#files';
import { evolveKernel, importKernel, loadBuiltinKernel, packKernelBuild, synthesizeKernel } from '#kernel';
import { median } from '#statistics';

const run = promisify(execFile);
const self = fileURLToPath(import.meta.url);
const newest = 'debian-6.1.0-56-amd64';
const rounds = 9;

interface Promised {
  readonly what: string;
  readonly secondsMax: number;
  readonly rounds: number;
  /** What a round needs before the clock starts, and what is timed. */
  readonly prepare: (argument: string) => Promise<() => Promise<unknown>>;
}

const promises: Readonly<Record<string, Promised>> = {
  import: {
    what: 'import a tree of 4,000 kernel modules',
    secondsMax: 6,
    rounds: 3,
    prepare: async (tree) => () => importKernel([tree]),
  },
  load: {
    what: 'load a build of 4,000 kernel modules',
    secondsMax: 0.2,
    rounds,
    prepare: async () => () => loadBuiltinKernel(newest),
  },
  synth: {
    what: 'synthesise 4,000 kernel modules',
    secondsMax: 0.7,
    rounds,
    prepare: async () => () => synthesizeKernel({ modules: 4000, seed: 1 }),
  },
  synthLarge: {
    what: 'synthesise 100,000 kernel modules',
    secondsMax: 20,
    rounds: 1,
    prepare: async () => () => synthesizeKernel({ modules: 100_000, seed: 1 }),
  },
  evolve: {
    what: 'evolve a build of 4,000 kernel modules',
    secondsMax: 0.5,
    rounds,
    prepare: async () => {
      const build = await loadBuiltinKernel(newest);
      return () => evolveKernel(build, { regime: 'core-struct', seed: 1 });
    },
  },
  servicePack: {
    what: 'evolve it by a service pack',
    secondsMax: 0.5,
    rounds,
    prepare: async () => {
      const build = await loadBuiltinKernel(newest);
      return () => evolveKernel(build, { regime: 'service-pack', seed: 1 });
    },
  },
};

const memoryMbMax = 1500;
const fileBytesMax = 2 * 1024 ** 2;

interface Round {
  readonly seconds: number;
  readonly cpuSeconds: number;
  readonly residentMb: number;
}

async function round(name: string, argument: string): Promise<Round> {
  const promised = promises[name];
  if (promised === undefined) throw new Error(`no such bench: ${name}`);
  const timed = await promised.prepare(argument);
  const cpuBefore = process.cpuUsage();
  const before = performance.now();
  const result = await timed();
  const seconds = (performance.now() - before) / 1000;
  const { user, system } = process.cpuUsage(cpuBefore);
  if (result === undefined) throw new Error('nothing was made');
  // Kilobytes on Linux.
  return { seconds, cpuSeconds: (user + system) / 1e6, residentMb: process.resourceUsage().maxRSS / 1000 };
}

async function roundInProcess(name: string, argument: string): Promise<Round> {
  const { stdout } = await run(process.execPath, [self, '--round', name, argument]);
  const [seconds = Number.NaN, cpuSeconds = Number.NaN, residentMb = Number.NaN] = stdout.trim().split(' ').map(Number);
  return { seconds, cpuSeconds, residentMb };
}

async function measure(name: string, argument: string): Promise<boolean> {
  const promised = promises[name];
  if (promised === undefined) return false;
  const results: Round[] = [];
  for (let count = 0; count < promised.rounds; count++) results.push(await roundInProcess(name, argument));
  const times = results.map(({ seconds }) => seconds);
  const resident = Math.max(...results.map(({ residentMb }) => residentMb));
  const fastest = Math.min(...times);
  const cpu = Math.min(...results.map(({ cpuSeconds }) => cpuSeconds));
  const kept = fastest <= promised.secondsMax && resident <= memoryMbMax;
  console.log(
    `${kept ? 'kept  ' : 'BROKEN'} ${promised.what}: ${fastest.toFixed(2)} s (median ${median(times).toFixed(2)}, slowest ${Math.max(...times).toFixed(2)}), ${cpu.toFixed(2)} s of processor time, ${resident.toFixed(0)} MB; promised ${promised.secondsMax} s, ${memoryMbMax} MB`,
  );
  return kept;
}

/** A loop of `modinfo` and `modprobe --dump-modversions` over every 20th file, scaled up; processor seconds of the two tools. */
async function kmodSeconds(tree: string): Promise<number> {
  const step = 20;
  const files = (await listFilesSorted(tree)).filter((file) => file.endsWith('.ko'));
  const sample = files.filter((_, index) => index % step === 0).map((file) => join(tree, file));
  const loop = 'for file; do modinfo "$file"; modprobe --dump-modversions "$file"; done >/dev/null; times';
  const { stdout } = await run('bash', ['-c', loop, 'bash', ...sample]);
  // The second line of `times` is of the children: 0m1.234s 0m0.567s.
  const seconds = [...(stdout.trim().split('\n').at(-1) ?? '').matchAll(/(\d+)m([\d.]+)s/g)].map(
    ([, minutes, rest]) => Number(minutes) * 60 + Number(rest),
  );
  return (seconds.reduce((sum, value) => sum + value, 0) * files.length) / sample.length;
}

async function unpackedTree(scratch: string): Promise<string | undefined> {
  const cache = join(import.meta.dirname, '../../.cache/kernels');
  const release = newest.replace('debian-', '');
  const files = await readdir(cache).catch(() => []);
  const image = files.find((file) => file.startsWith(`linux-image-${release}_`));
  if (image === undefined) return undefined;
  await run('dpkg-deb', ['-x', join(cache, image), scratch]);
  return join(scratch, 'lib/modules', release);
}

async function importPromises(tree: string | undefined): Promise<boolean> {
  if (tree === undefined) {
    console.log('BROKEN import: no tree to import; name one, or run tools/kernel-data.sh');
    return false;
  }
  const kept = await measure('import', tree);
  const kmod = await kmodSeconds(tree);
  const ours = (await roundInProcess('import', tree)).cpuSeconds;
  const faster = ours < kmod;
  console.log(
    `${faster ? 'kept  ' : 'BROKEN'} import takes ${ours.toFixed(1)} s of processor time, modinfo and modprobe --dump-modversions in a loop ${kmod.toFixed(1)} s`,
  );
  return kept && faster;
}

async function main(): Promise<boolean> {
  const scratch = await mkdtemp(join(tmpdir(), 'kmplab-bench-kernel-'));
  try {
    const given = process.argv[2];
    const kept = [await importPromises(given ?? (await unpackedTree(scratch)))];
    for (const name of ['load', 'synth', 'synthLarge', 'evolve', 'servicePack']) kept.push(await measure(name, ''));
    const file = new URL(`../../scenarios/kernels/${newest}.kernel.json.zst`, import.meta.url);
    const bytes = Math.max(
      (await stat(file)).size,
      (await packKernelBuild(await synthesizeKernel({ modules: 4000, seed: 1 }))).length,
    );
    kept.push(bytes <= fileBytesMax);
    console.log(
      `${bytes <= fileBytesMax ? 'kept  ' : 'BROKEN'} the file of 4,000 kernel modules: ${bytes} bytes; promised ${fileBytesMax}`,
    );
    return kept.every(Boolean);
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

const [, , flag, name = '', argument = ''] = process.argv;
if (flag === '--round') {
  const { seconds, cpuSeconds, residentMb } = await round(name, argument);
  console.log(`${seconds} ${cpuSeconds} ${residentMb}`);
} else {
  process.exitCode = (await main()) ? 0 : 1;
}
