#!/usr/bin/env node
// How slow the first solve of a process is: prints its time divided by the median of the later ones.
//   node wasm/bench/first.mjs REPOSITORY REPOSITORY…
import { load } from '../dist/index.js';
import { main } from '../tools/run.mjs';
import { quantile, readPrimary, roundOf } from './round.mjs';

await main(async () => {
  const primaries = process.argv.slice(2).map(readPrimary);
  const libsolv = await load({ compileEagerly: true });
  const [first, ...later] = Array.from({ length: 6 }, () => roundOf(libsolv, primaries).times.solve);
  console.log((first / quantile(later, 0.5)).toFixed(3));
});
