#!/usr/bin/env node
// Writes a testcase for testsolv that shows how ordering grows: node docs/upstream/testcase.mjs edges|cycles N > case.t; testsolv -r case.t
// edges: N packages, each of which requires ten others. cycles: a kernel that requires N KMPs, each of which requires the kernel.
const [shape, size] = process.argv.slice(2);
const count = Number(size);
const shapes = { edges, cycles };
if (!(shape in shapes) || !Number.isInteger(count) || count < 1) {
  process.stderr.write('usage: testcase.mjs edges|cycles N\n');
  process.exitCode = 2;
} else {
  const { packages, job } = shapes[shape]();
  const lines = ['=Ver: 3.0', ...packages].map((line) => `#>${line}`);
  const system = ['system x86_64 rpm', job, 'result order <inline>'];
  process.stdout.write(`${['repo available 0 testtags <inline>', ...lines, ...system].join('\n')}\n`);
}

function edges() {
  const packages = numbers().flatMap((n) => [
    ...packageLines(`p${n}`),
    // Any other package, but the same in every run; only earlier ones, so that there is no cycle.
    ...Array.from({ length: Math.min(n, 10) }, (_, k) => `=Req: p${(n * 7919 + k * 104_729) % n}`),
  ]);
  return {
    packages,
    job: numbers()
      .map((n) => `job install name p${n}`)
      .join('\n'),
  };
}

function cycles() {
  const kernel = [...packageLines('kernel'), ...numbers().map((n) => `=Req: kmp${n} = 1-1`)];
  const kmps = numbers().flatMap((n) => [...packageLines(`kmp${n}`), '=Req: kernel = 1-1']);
  return { packages: [...kernel, ...kmps], job: 'job install name kernel' };
}

function numbers() {
  return Array.from({ length: count }, (_, n) => n);
}

function packageLines(name) {
  return [`=Pkg: ${name} 1 1 x86_64`, `=Prv: ${name} = 1-1`];
}
