import type { RunDocument } from '#run-document';
import { churn, graph } from './run-document/kernel-facts.js';
import { growthPoint } from './run-document/measurement.js';
import { buildsConflict, driverUpdate, kernelUpdate, missingNic } from './run-document/scenarios.js';

export { audit } from './run-document/audit.js';
export { counters } from './run-document/measurement.js';

/**
 * A made-up run whose numbers have the size of a real one: three scenarios over four builds of 4,023 kernel modules. Nothing in it was
 * measured; tests of readers (report, gate) start from it and change what they are about.
 */
export function runDocument(changes: Partial<RunDocument> = {}): RunDocument {
  return {
    format: 'kmplab/run',
    version: 2,
    name: 'real',
    seed: 20,
    environment: environment(),
    verdict: {
      status: 'passed',
      schemes: [],
      traps: [],
      growth: [],
    },
    kernels: ['47', '52', '53', '54'].map((abi) => ({
      release: `6.1.0-${abi}-amd64`,
      version: '6.1.187-1',
      arch: 'x86_64',
      flavor: 'amd64',
      kernelModules: 4023,
      kernelModuleBytes: 397_212_430,
      exports: 24_683,
      imports: 188_913,
      warnings: abi === '52' ? 2 : 0,
    })),
    churn: [
      churn('49', '50', 18_760, 4023),
      churn('50', '51', 15, 3),
      churn('52', '53', 3455, 1207),
      churn('55', '56', 0, 0),
    ],
    graph: graph(),
    repositories: ['52', '53'].map((abi) => ({
      name: `kernel-${abi}`,
      scheme: 'modular',
      kernels: [`6.1.0-${abi}-amd64`],
      packages: 4024,
      dependencies: 238_639,
      primaryBytes: 24_211_034,
      primaryGzipBytes: 2_203_411,
      primaryZstdBytes: 1_050_220,
      solvBytes: 2_061_338,
      repomdSha256: 'c0ffee'.repeat(10).concat('c0ff'),
      phases: [
        { phase: 'package', samplesMs: [182, 175, 190] },
        { phase: 'writeRepomd', samplesMs: [812, 790, 840] },
      ],
    })),
    scenarios: [kernelUpdate(), driverUpdate(), missingNic()],
    rootCauses: {
      first: [
        {
          cause: { kind: 'symbol', symbol: 'skb_put', kernel: '6.1.0-53-amd64' },
          problems: 0,
          packages: 0,
          direct: 412,
          through: 230,
          scenarios: ['kernel-update'],
        },
        {
          cause: { kind: 'clash', statement: buildsConflict },
          problems: 1,
          packages: 2,
          direct: 0,
          through: 0,
          scenarios: ['driver-only-update'],
        },
      ],
      total: 1813,
    },
    growth: [
      {
        name: 'kernelModules',
        over: 'kernelModules',
        scheme: 'modular',
        regime: null,
        question: 'How does the cost of a kernel update grow with the number of kernel modules?',
        points: [250, 500, 1000, 2000, 3000, 4023].map((size) => growthPoint(size, 2 * size, size)),
        fits: [
          { of: 'parseRpmmd', by: 'time', exponent: 0.98, factor: 0.058, rSquared: 0.998, slopes: [] },
          { of: 'whatprovides', by: 'time', exponent: 1.02, factor: 0.0021, rSquared: 0.991, slopes: [] },
          { of: 'solve', by: 'time', exponent: 1.04, factor: 0.0059, rSquared: 0.997, slopes: [] },
          { of: 'order', by: 'time', exponent: 1.96, factor: 0.0000183, rSquared: 0.999, slopes: [] },
          { of: 'rulesTotal', by: 'count', exponent: 1.01, factor: 50.2, rSquared: 0.9999, slopes: [] },
        ],
      },
      {
        name: 'buildsSideBySide',
        over: 'buildsSideBySide',
        scheme: 'modular',
        regime: null,
        question: 'How does it grow with the number of builds in the repositories?',
        points: [1, 2, 3, 4].map((size) => growthPoint(size, 4024 * size, 4024 * size)),
        fits: [{ of: 'solve', by: 'time', exponent: 0.97, factor: 16, rSquared: 0.99, slopes: [] }],
      },
    ],
    schemes: [],
    histories: [],
    scorecard: null,
    notRun: [],
    ...changes,
  };
}

function environment(): RunDocument['environment'] {
  return {
    node: '20.20.2',
    v8: '11.3.244.8-node.38',
    platform: 'linux x64 6.1.0-56-amd64',
    cpu: 'AMD EPYC 7B13',
    cores: 2,
    memoryBytes: 8_327_172_096,
    kmplab: { version: '0.1.0', commit: '0558b4e' },
    libsolv: {
      version: '0.7.32',
      patches: [],
      build: 'release',
      emcc: '3.1.6',
      moduleSha256: 'ab12'.repeat(16),
      sources: [
        { name: 'libsolv', version: '0.7.32', sha256: '1234'.repeat(16), treeSha256: '12cd'.repeat(16), pinned: true },
        { name: 'expat', version: '2.7.1', sha256: '5678'.repeat(16), treeSha256: '56ef'.repeat(16), pinned: false },
      ],
    },
  };
}
