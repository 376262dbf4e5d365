#!/usr/bin/env node
// Writes a testcase for testsolv that shows how ordering grows: node docs/upstream/testcase.mjs edges|cycles|updates|supplements N > case.t; testsolv -r case.t
// edges: N packages, each of which requires ten others. cycles: a kernel that requires N KMPs, each of which requires the kernel.
// updates: N installed packages that require the exact version of their base, all updated. supplements: N packages that supplement another.
const [shape, size] = process.argv.slice(2);
const count = Number(size);
const shapes = { edges, cycles, updates, supplements };
if (!(shape in shapes) || !Number.isInteger(count) || count < 1) {
  process.stderr.write('usage: testcase.mjs edges|cycles|updates|supplements N\n');
  process.exitCode = 2;
} else {
  const { installed, packages, job } = shapes[shape]();
  const repo = (name, lines) => [
    `repo ${name} 0 testtags <inline>`,
    ...['=Ver: 3.0', ...lines].map((line) => `#>${line}`),
  ];
  const machine = installed === undefined ? [] : repo('system', installed);
  const system = [`system x86_64 rpm${installed === undefined ? '' : ' system'}`, job, 'result order <inline>'];
  process.stdout.write(`${[...machine, ...repo('available', packages), ...system].join('\n')}\n`);
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

function updates() {
  const build = (version) => [
    ...packageLines('base', version),
    ...numbers().flatMap((n) => [...packageLines(`p${n}`, version), `=Req: base = ${version}-1`]),
  ];
  return { installed: build(1), packages: build(2), job: 'job update all packages' };
}

function supplements() {
  const packages = [...packageLines('base'), ...numbers().flatMap((n) => [...packageLines(`s${n}`), '=Sup: base'])];
  return { packages, job: 'job install name base' };
}

function numbers() {
  return Array.from({ length: count }, (_, n) => n);
}

function packageLines(name, version = 1) {
  return [`=Pkg: ${name} ${version} 1 x86_64`, `=Prv: ${name} = ${version}-1`];
}
