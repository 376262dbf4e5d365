/**
 * The promises about a channel of thirty whole kernels, 120,000 packages: written within 90 s of processor time, read into libsolv in at most 1.6
 * times what native libsolv takes, and a fresh install and an update of everything, in one process, within 3 GB; with a distribution around it,
 * 200,000 packages in all, within 4 GB of the module and 6 GB of the process. Each part is a process of its own: what one has held does not
 * count for the next. Argument: the path of bench-native.
 */
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { loadBuiltinHardware } from '#hardware';
import { metadataOf, readRepository } from '#repomd';
import { readChannelFile, writeChannel } from '#run';
import { loadLibsolv, plainRequest, rpmmdToSolv, solve } from '#solve';
import { report } from './promise.js';

const generateSecondsMax = 90;
const parseRatioMax = 1.6;
const megabyte = 1e6;
const ordinary = 80_000;

const limits = { limitBytes: 2 ** 31, limitOpenBytes: 2 ** 31 - 4096 };

const readTimes = z.object({ parse: z.number(), load: z.number() });
const nativeRound = z.object({ parse: z.number(), load: z.number(), solve: z.number() });
const solved = z.object({
  solvables: z.int(),
  steps: z.array(z.int()),
  rules: z.array(z.int()),
  heapBytes: z.number(),
  residentBytes: z.number(),
  phases: z.record(z.string(), z.number()),
});

function cpuSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

function residentBytes(): number {
  return process.resourceUsage().maxRSS * 1024;
}

/** What a part of this bench does in its process, by its name; it prints one line of JSON. */
const parts: Readonly<Record<string, (directory: string) => Promise<unknown>>> = {
  async generate(directory) {
    const file = await readChannelFile('scenarios/channels/thirty-kernels.yaml');
    const channel = { ...file.channel, distribution: { packages: ordinary, seed: 1 } };
    const start = cpuSeconds();
    const spent: Record<string, number> = {};
    let last = start;
    const written = await writeChannel({ ...file, channel }, directory, {
      cache: null,
      identity: '',
      onProgress(what) {
        if (!what.startsWith('writing')) return;
        spent[what] = cpuSeconds() - last;
        last = cpuSeconds();
      },
    });
    const kernels = written.get('kernels');
    const openBytes = kernels?.files.map((one) => one.openBytes) ?? [];
    return {
      packages: kernels?.packages,
      openBytes,
      kernelsSeconds: spent['writing first'],
      residentBytes: residentBytes(),
    };
  },

  /** To .solv: the time of parsing and of loading again, as native libsolv does both. */
  async parse(directory) {
    const primary = metadataOf(await readRepository(directory, limits), 'primary');
    const parser = await loadLibsolv();
    let ms = 0;
    const timed = <Result>(work: () => Result): Result => {
      const start = cpuSeconds();
      const result = work();
      ms += 1000 * (cpuSeconds() - start);
      return result;
    };
    const solv = rpmmdToSolv(parser, 'kernels', { primary }, (phase, work) =>
      phase === 'parseRpmmd' ? timed(work) : work(),
    );
    parser.dispose();
    const parseMs = ms;
    ms = 0;
    const loader = await loadLibsolv();
    const pool = loader.createPool({ arch: 'x86_64', distType: 'rpm' });
    timed(() => pool.addRepo('kernels').addSolv(solv));
    await writeFile(`${directory}.solv`, solv);
    await writeFile(`${directory}.xml`, primary);
    return { parse: parseMs, load: ms, solvBytes: solv.length, residentBytes: residentBytes() };
  },

  small: (directory) => solveAll(directory, ['kernels', 'first']),
  large: (directory) => solveAll(directory, ['kernels', 'first', 'distribution']),
};

/** A fresh install, then an update of a machine that has all of the first kernel. */
async function solveAll(directory: string, names: readonly string[]): Promise<z.infer<typeof solved>> {
  const repositories = [];
  for (const name of names)
    repositories.push({ name, priority: 99, data: { solv: await readFile(join(directory, `${name}.solv`)) } });
  const hardware = await loadBuiltinHardware('laptop-e1000e');
  const machine = { arch: 'x86_64', repositories, modaliases: hardware.devices.map(({ modalias }) => modalias) };
  const first = repositories[1]?.data ?? null;
  const phases: Record<string, number> = {};
  const requests = [
    { name: 'fresh', installed: null, request: plainRequest('in', ['kernel-default', 'base-system']) },
    { name: 'up', installed: first, request: plainRequest('up') },
  ];
  const found = { solvables: 0, steps: [] as number[], rules: [] as number[], heapBytes: 0 };
  for (const { name, installed, request } of requests) {
    const libsolv = await loadLibsolv();
    const { counters } = solve(libsolv, { ...machine, installed }, request, (phase, work) => {
      const start = cpuSeconds();
      const result = work();
      phases[`${name} ${phase}`] = (phases[`${name} ${phase}`] ?? 0) + cpuSeconds() - start;
      return result;
    });
    found.solvables = counters.solvables;
    found.steps.push(counters.steps);
    found.rules.push(counters.rulesTotal);
    found.heapBytes = Math.max(found.heapBytes, counters.heapBytesMax);
    libsolv.dispose();
  }
  return { ...found, residentBytes: residentBytes(), phases };
}

function lineOf(program: string, args: readonly string[], input = ''): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'inherit'] });
    let out = '';
    child.stdout.on('data', (piece: Buffer) => {
      out += piece.toString();
    });
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) resolve(JSON.parse(out));
      else reject(new Error(`${program} ${args.join(' ')} ended with ${code}`));
    });
    child.stdin.end(input);
  });
}

function part(name: string, directory: string): Promise<unknown> {
  return lineOf(process.execPath, ['--max-old-space-size=4096', fileURLToPath(import.meta.url), name, directory]);
}

async function bench(native: string): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), 'kmplab-bench-'));
  try {
    const made = z
      .object({
        packages: z.int(),
        openBytes: z.array(z.number()),
        kernelsSeconds: z.number(),
        residentBytes: z.number(),
      })
      .parse(await part('generate', directory));
    console.log(
      `${made.packages} packages of thirty kernels, primary.xml ${mb(made.openBytes[0] ?? 0)} (load ${loadavg()[0]})`,
    );
    const spent = `${made.kernelsSeconds.toFixed(0)} s of processor time, ${mb(made.residentBytes)} resident`;
    report(made.kernelsSeconds <= generateSecondsMax, `written: ${spent}; promised ${generateSecondsMax} s`);
    const read = async (name: string) => readTimes.parse(await part('parse', join(directory, name)));
    const [kernels, first] = [await read('kernels'), await read('first')];
    await read('distribution');
    const ours = { parse: kernels.parse + first.parse, load: kernels.load + first.load };
    const theirs = nativeRound.parse(
      await lineOf(native, [join(directory, 'first.xml'), join(directory, 'kernels.xml')], 'round\n'),
    );
    const ratio = (ours.parse + ours.load) / (theirs.parse + theirs.load);
    const times = `parse ${seconds(ours.parse)} to ${seconds(theirs.parse)}, load ${seconds(ours.load)} to ${seconds(theirs.load)}`;
    report(ratio <= parseRatioMax, `read: ${ratio.toFixed(2)} times native (${times}); promised ${parseRatioMax}`);
    for (const [name, residentMax, heapMax] of [
      ['small', 3000, 4096],
      ['large', 6000, 4096],
    ] as const) {
      const {
        solvables,
        steps,
        rules,
        heapBytes,
        residentBytes: resident,
        phases,
      } = solved.parse(await part(name, directory));
      const kept = resident <= residentMax * megabyte && heapBytes <= heapMax * megabyte;
      const what = `${solvables} solvables, fresh install ${steps[0]} steps, update ${steps[1]} steps and ${rules[1]} rules`;
      report(
        kept,
        `${what}: module ${mb(heapBytes)}, process ${mb(resident)}; promised ${heapMax} and ${residentMax} MB`,
      );
      console.log(
        `         ${Object.entries(phases)
          .map(([phase, took]) => `${phase} ${took.toFixed(1)} s`)
          .join(', ')}`,
      );
    }
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

function mb(bytes: number): string {
  return `${Math.round(bytes / megabyte)} MB`;
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}

const [first = '', directory] = process.argv.slice(2);
const work = parts[first];
if (work !== undefined && directory !== undefined) console.log(JSON.stringify(await work(directory)));
else if (first === '') throw new Error('usage: channel.js PATH-OF-bench-native');
else await bench(first);
