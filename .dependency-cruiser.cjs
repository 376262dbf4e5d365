/**
 * The import rules: which room may know which. Data moves one way, and a room that can reach back would hide a second road.
 * Every rule tells what to do instead. Tests are free to import what they test.
 */

/** Rooms that every room may use: they hold no domain knowledge and run anywhere. */
const everywhere = ['errors', 'collections', 'statistics'];

/** The one that reads and writes files, for all rooms but those that a browser runs too. */
const inNode = ['files'];
const inBrowser = ['tell'];

/** room: [rooms it may import]. What is not listed is forbidden. */
const mayImport = {
  errors: [],
  files: ['errors'],
  collections: [],
  statistics: [],
  kernel: [],
  hardware: [],
  rpm: [],
  packaging: ['kernel', 'rpm'],
  repomd: ['rpm'],
  scenario: ['run-document'],
  channel: ['kernel', 'rpm', 'packaging', 'scenario'],
  solve: ['rpm', 'repomd', 'hardware', 'run-document'],
  audit: ['kernel', 'rpm', 'hardware', 'run-document'],
  measure: ['run-document'],
  cost: ['run-document'],
  analyse: ['kernel', 'run-document'],
  'run-document': [],
  promise: ['run-document'],
  tell: ['run-document'],
  report: ['run-document', 'tell'],
  jobs: [],
  limits: ['solve', 'run-document'],
  gate: ['analyse', 'run-document', 'tell'],
  compare: ['run', 'solve', 'measure', 'run-document'],
  run: [
    'channel',
    'kernel',
    'hardware',
    'rpm',
    'packaging',
    'repomd',
    'scenario',
    'solve',
    'audit',
    'cost',
    'measure',
    'analyse',
    'run-document',
    'promise',
    'jobs',
  ],
  scorecard: ['kernel', 'hardware', 'packaging', 'scenario', 'run-document', 'promise', 'run', 'challenge'],
  'design-search': ['kernel', 'packaging', 'repomd', 'run-document', 'run', 'challenge', 'scorecard'],
  challenge: ['kernel', 'hardware', 'packaging', 'scenario', 'audit', 'rpm', 'run-document', 'promise', 'run'],
  'what-if': ['hardware', 'scenario', 'run', 'run-document'],
  'what-if-page': [
    'kernel',
    'hardware',
    'packaging',
    'repomd',
    'rpm',
    'scenario',
    'run',
    'run-document',
    'cost',
    'report',
    'tell',
    'what-if',
  ],
};

const mayUse = (room) => [
  room,
  ...mayImport[room],
  ...everywhere,
  ...(inBrowser.includes(room) || everywhere.includes(room) ? [] : inNode),
];

const advice = {
  kernel: 'A kernel build knows nothing of packages: put RPM words in src/packaging.',
  channel: 'A channel is packages in the order of their publication: src/run writes them and asks about them.',
  packaging: 'A scheme is pure: kernel build in, package set out. Solving and writing happen later in the flow.',
  solve: 'The solver sees repositories and jobs. Kernel facts reach it as packages; what the kernel says is src/audit.',
  analyse: 'Analysis reads numbers and documents. Let src/run hand them over.',
  report:
    'A report reads the run document only. Put the number you need into src/run-document and let src/run fill it.',
  tell: 'Words are made from facts alone: put the fact into src/run-document and let its room fill it.',
  promise: 'A promise is judged from facts of one step: put the missing fact into the step, and let src/run fill it.',
  compare:
    'A comparison asks what src/run and src/solve answer, twice. What it finds are facts: sentences are made by src/tell.',
  gate: 'The gate reads documents only (run, baseline, comparison), so that it can judge files from anywhere; whoever calls it runs and compares.',
};

module.exports = {
  forbidden: [
    ...Object.keys(mayImport).map((room) => ({
      name: `${room}-imports`,
      comment:
        advice[room] ?? `src/${room} may import: ${mayUse(room).join(', ')}. Move the code or pass the value in.`,
      severity: 'error',
      from: { path: `^src/${room}/` },
      to: { path: '^src/', pathNot: `^src/(${mayUse(room).join('|')})/` },
    })),
    {
      name: 'runs-in-a-browser',
      comment: 'The page that solves makes its sentences with this room: no Node.js, no packages.',
      severity: 'error',
      from: { path: `^src/(${inBrowser.join('|')})/` },
      to: { dependencyTypes: ['core', 'npm'] },
    },
    {
      name: 'through-the-index',
      comment:
        'Another room is reached by its #name, whose index.ts lists what is public. Export it there or leave it alone.',
      severity: 'error',
      // A substitute stands for one file of another room, and passes the rest of it on.
      from: { path: '^src/([^/]+)/', pathNot: '^src/what-if-page/script/substitutes/' },
      to: { path: '^src/[^/]+/', pathNot: ['^src/$1/', '^src/[^/]+/index\\.ts$'] },
    },
    {
      name: 'packaging-rooms',
      comment: 'Designs call algorithms, algorithms and designs use parts, and never the other way round.',
      severity: 'error',
      from: { path: '^src/packaging/(algorithms|parts)/' },
      to: { path: '^src/packaging/designs/' },
    },
    {
      name: 'packaging-parts',
      comment: 'Parts are what drafts share; what needs an algorithm is called by a design.',
      severity: 'error',
      from: { path: '^src/packaging/parts/' },
      to: { path: '^src/packaging/(algorithms|designs)/' },
    },
    {
      name: 'run-machine',
      comment: 'A machine is what requests meet: what they do to it is for src/run/step, and for those who ask.',
      severity: 'error',
      from: { path: '^src/run/machine/' },
      to: { path: '^src/run/(facts|step|scenario|history|growth)/' },
    },
    {
      name: 'run-step',
      comment: 'A step is one request on one machine, whoever asks: hand over what a scenario or a history knows.',
      severity: 'error',
      from: { path: '^src/run/(facts|step)/' },
      to: { path: '^src/run/(scenario|history|growth)/' },
    },
    {
      name: 'wasm-is-its-own',
      comment: 'The libsolv package is published alone and knows no kernel word: it imports nothing of src.',
      severity: 'error',
      from: { path: '^wasm/' },
      to: { path: '^src/' },
    },
    {
      name: 'libsolv-only-in-solve',
      comment: 'Only src/solve speaks to libsolv (and the command that replays libsolv testcases).',
      severity: 'error',
      from: { path: '^src/', pathNot: ['^src/solve/', '^src/cli/commands/testcase\\.ts$'] },
      to: { path: '^wasm/' },
    },
    {
      name: 'no-circular',
      comment:
        'A cycle means that two files are one thing or that a third one is missing; one by types alone means that a type is in the wrong file.',
      severity: 'error',
      from: { path: '^src/' },
      to: { circular: true },
    },
    {
      name: 'no-circular-in-wasm',
      comment:
        'A cycle means that two files are one thing or that a third one is missing. Classes that hand each other out may name each other as types.',
      severity: 'error',
      from: { path: '^wasm/' },
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'no-orphans',
      comment: 'Nobody uses this file: export it from its index or delete it.',
      severity: 'error',
      from: {
        orphan: true,
        pathNot: ['\\.d\\.ts$', '\\.config\\.ts$', '^bin/', '^src/what-if-page/script/substitutes/'],
      },
      to: {},
    },
    {
      name: 'no-tests-in-product',
      comment: 'Product code does not import test code.',
      severity: 'error',
      from: { path: '^(src|wasm/src)/' },
      to: { path: '^(test|bench|wasm/test)/' },
    },
    {
      name: 'declared-dependencies',
      comment: 'Import only what package.json lists, and what ships from dependencies, not devDependencies.',
      severity: 'error',
      from: { path: '^(src|wasm/src)/' },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|build|node_modules/.cache)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { conditionNames: ['source', 'import', 'types', 'default'], exportsFields: ['exports'] },
  },
};
