// Says how load() ended. The exit code says that the program came to its own end.
import { load } from '../../dist/index.js';

try {
  const libsolv = await load();
  process.stdout.write(`${libsolv.version().libsolv}\n`);
} catch (error) {
  process.stdout.write(`${error.name} ${error.code}\n`);
}
process.exitCode = 7;
