// Run in a process of its own with --expose-gc: how much C memory is in use before, with and after pools that nobody disposes of.
import { load } from '../../dist/index.js';

const libsolv = await load();
const packages = Array.from({ length: 50 }, (_, n) => `=Pkg: p${n} 1 1 noarch\n=Req: p${(n * 7 + 1) % 50}`).join('\n');

function forget() {
  const pool = libsolv.createPool({ arch: 'x86_64' });
  pool.addRepo('r').addTestcase(`=Ver: 2.0\n${packages}\n`);
  pool.createWhatprovides();
  const solver = pool.createSolver();
  solver.run([{ action: 'install', select: { kind: 'name', name: 'p3' } }]);
  solver.transaction().order();
}

/** Finalizers run some time after a collection, each in a task of its own. */
async function collect() {
  for (let round = 0; round < 20; round++) {
    globalThis.gc();
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/** Forgets 200 pools; the first time some of the shim's own buffers grow to the size they keep. */
async function forgetMany() {
  for (let n = 0; n < 200; n++) forget();
  const forgotten = libsolv.counters().heapBytes;
  await collect();
  return { forgotten, after: libsolv.counters().heapBytes };
}

const { after: kept } = await forgetMany();
const { forgotten, after } = await forgetMany();
process.stdout.write(JSON.stringify({ kept, forgotten, after }));
