#!/usr/bin/env node
// Runs every testcase of the libsolv source tree by the module and by the native testsolv of the same source, and compares. Exits with 1
// if the module fails one that the native program passes.
//   node wasm/tools/conformance.mjs [--libsolv SPEC]      SPEC: another libsolv than the pinned one (libsolv.mjs), patched or not
import { spawnSync } from 'node:child_process';
import { join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { load } from '../dist/index.js';
import { moduleOf } from './cached.mjs';
import { buildNative } from './native.mjs';
import { main } from './run.mjs';
import { findTestcases, runTestcase } from './testcases.mjs';

await main(async () => {
  const { libsolv: spec } = parseArgs({ options: { libsolv: { type: 'string' } } }).values;
  const { directory, tree, version, label } = await buildNative(spec);
  const libsolv = await load(await moduleOf(spec));
  const built = libsolv.version().libsolv;
  if (built !== version)
    throw new Error(`the module is libsolv ${built}, the source tree ${version}: run the build first`);
  const root = join(tree, 'test', 'testcases');
  const counts = { passed: 0, failed: 0, skipped: 0, native: 0 };
  let worse = 0;
  for (const path of findTestcases(root)) {
    const native = spawnSync(join(directory, 'testsolv'), [path], { stdio: 'ignore' }).status === 0;
    const { status, detail } = runTestcase(libsolv, path);
    counts[status]++;
    if (native) counts.native++;
    if (native && status !== 'passed') worse++;
    if (status !== 'passed')
      console.log(`${status} ${relative(root, path)}${native ? '' : ' (native too)'}: ${detail}`);
  }
  const total = counts.passed + counts.failed + counts.skipped;
  console.log(
    `libsolv ${label}: ${counts.passed} of ${total} testcases passed, ${counts.failed} failed, ${counts.skipped} skipped; native: ${counts.native} of ${total}`,
  );
  process.exitCode = worse === 0 ? 0 : 1;
});
