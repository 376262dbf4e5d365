// Run in a process of its own: prints the work that one problem takes.
import { load } from '../../dist/index.js';

const libsolv = await load({ build: 'counting' });
const pool = libsolv.createPool({ arch: 'x86_64' });
const packages = Array.from(
  { length: 300 },
  (_, n) => `=Pkg: p${n} 1 1 noarch\n=Req: p${(n * 7 + 1) % 300}\n=Rec: p${(n * 11 + 5) % 300}`,
);
pool.addRepo('r').addTestcase(`=Ver: 2.0\n${packages.join('\n')}\n`);
pool.addFileProvides();
pool.createWhatprovides();
const solver = pool.createSolver();
solver.run([{ action: 'install', select: { kind: 'name', name: 'p3' } }]);
solver.transaction().order();
process.stdout.write(String(libsolv.counters().work));
