// What is compiled and how, for every compiler: the WebAssembly builds and the native ones differ in nothing that is listed here.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** libsolv's build options; see its CMakeLists.txt. Complex deps, linked packages and multi semantics are needed by testcases. */
export const libsolvDefines = [
  '_FILE_OFFSET_BITS=64',
  'LIBSOLV_INTERNAL=1',
  'HAVE_STRCHRNUL=1',
  'HAVE_FOPENCOOKIE=1',
  'ENABLE_LINKED_PKGS=1',
  'ENABLE_COMPLEX_DEPS=1',
  'MULTI_SEMANTICS=1',
  'ENABLE_RPMMD=1',
  'ENABLE_SUSEREPO=1',
  'ENABLE_HELIXREPO=1',
  'ENABLE_TESTCASE_HELIXREPO=1',
  'ENABLE_ZLIB_COMPRESSION=1',
  'ENABLE_ZSTD_COMPRESSION=1',
];

/** No general entities: metadata declares none, and a hostile document could only make itself larger by them. */
const expatDefines = ['XML_GE=0', 'XML_CONTEXT_BYTES=1024', 'HAVE_GETENTROPY=1', 'BYTEORDER=1234'];
const zstdDefines = ['ZSTD_DISABLE_ASM=1', 'ZSTD_LEGACY_SUPPORT=0', 'XXH_NAMESPACE=ZSTD_', 'DYNAMIC_BMI2=0'];
/** One decoder of each kind instead of the fastest for each input: half the code. */
const zstdSmall = [
  'HUF_FORCE_DECOMPRESS_X1',
  'ZSTD_FORCE_DECOMPRESS_SEQUENCES_SHORT',
  'ZSTD_NO_INLINE',
  'ZSTD_STRIP_ERROR_STRINGS',
];

const libsolvExt = [
  'pool_parserpmrichdep',
  'repo_helix',
  'repo_rpmmd',
  'repo_susetags',
  'repo_testcase',
  'repo_updateinfoxml',
  'repodata_diskusage',
  'solv_xmlparser',
  'testcase',
];

/**
 * Where the time goes: reading, whatprovides, rules, solving, order. `lean` is fast code that inlines little, `small` small code that
 * does; everything else is compiled for size alone. Chosen by bench/bench.mjs, file by file.
 */
const words = (text) => text.split(' ');
const hot = words('evr order pool poolid repo_solv repopage solv_xmlparser sort strings strpool util xmlparse xmltok');
const lean = words('rules solver');
const small = words('bitmap policy queue repo repo_rpmmd repodata solvable');
const inlineLittle = ['-mllvm', '-inline-threshold=25'];
const optimisation = new Map([
  ...hot.map((name) => [`${name}.c`, ['-O2']]),
  ...lean.map((name) => [`${name}.c`, ['-O2', ...inlineLittle]]),
  ...small.map((name) => [`${name}.c`, ['-Os', ...inlineLittle]]),
]);
/** What a file is compiled with before its own text: a header of the shim, which says what it takes over there. */
const before = new Map([
  ['src/pool.c', 'sort-ids.h'],
  ['src/repo_solv.c', 'fastio.h'],
  ['src/repopage.c', 'fastio.h'],
  ['src/rules.c', 'sort-rules.h'],
  ['ext/repo_rpmmd.c', 'strcmp.h'],
  ['ext/solv_xmlparser.c', 'strcmp.h'],
  ['lib/xmlparse.c', 'xml.h'],
]);

/** Included by other files, or for a semantics that no repository reader here can feed. */
const notCompiled = new Set(['qsort_r.c', 'conda.c']);
/** What the module does without: shim/absent.c. */
const absent = new Set(['sha1.c', 'sha2.c']);

function libsolvUnits(tree, generated) {
  const include = [generated, join(tree, 'src'), join(tree, 'ext'), tree];
  const core = readdirSync(join(tree, 'src')).filter((file) => file.endsWith('.c') && !notCompiled.has(file));
  return [
    ...core.map((file) => unit(join(tree, 'src', file), libsolvDefines, include)),
    ...libsolvExt.map((name) => unit(join(tree, 'ext', `${name}.c`), libsolvDefines, include)),
  ];
}

function expatUnits(tree, generated) {
  const lib = join(tree, 'expat', 'lib');
  const files = ['xmlparse.c', 'xmlrole.c', 'xmltok.c', 'random_getentropy.c'].map((file) => join(lib, file));
  return files.filter((file) => existsSync(file)).map((file) => unit(file, expatDefines, [generated, lib]));
}

function zlibUnits(tree, names) {
  return names.map((name) => unit(join(tree, `${name}.c`), ['HAVE_UNISTD_H=1', 'HAVE_STDARG_H=1'], [tree]));
}

function zstdUnits(tree, parts, defines = zstdDefines) {
  const lib = join(tree, 'lib');
  return parts.flatMap((part) =>
    readdirSync(join(lib, part))
      .filter((file) => file.endsWith('.c'))
      .map((file) => unit(join(lib, part, file), defines, [lib, join(lib, 'common')])),
  );
}

function unit(file, defines, include) {
  return { file, defines, include };
}

/** What the module needs of the libraries: reading only. */
export function moduleUnits(trees, generated, shim) {
  const include = [
    shim,
    generated,
    join(trees.libsolv, 'src'),
    join(trees.libsolv, 'ext'),
    trees.zlib,
    join(trees.zstd, 'lib'),
  ];
  const shimFiles = readdirSync(shim).filter((file) => file.endsWith('.c'));
  return [
    ...libsolvUnits(trees.libsolv, generated)
      .filter(({ file }) => !absent.has(basename(file)))
      .map(renamed)
      .map((one) => ({ ...one, quiet: basename(one.file) !== 'solverdebug.c' })),
    ...expatUnits(trees.expat, generated),
    ...zlibUnits(trees.zlib, ['adler32', 'crc32', 'inflate', 'inffast', 'inftrees', 'zutil']),
    ...zstdUnits(trees.zstd, ['common', 'decompress'], [...zstdDefines, ...zstdSmall]),
    ...shimFiles.map((file) => unit(join(shim, file), libsolvDefines, include)),
  ].map((one) => tuned(withInclude(one, trees), shim));
}

/**
 * Functions that the shim takes over: the sort (shim/sort.c); the files of testcases (shim/files.c), which are written without
 * compression and named so; the reading of .solv documents and of rich dependencies, which are checked first (shim/solv*.c,
 * shim/dependency-limit.c).
 */
function renamed(one) {
  const renames = {
    'util.c': ['solv_sort=solv_sort_of_util'],
    'testcase.c': [
      'fopen=shim_fopen',
      'mkdir=shim_mkdir',
      'WITHOUT_COOKIEOPEN=1',
      'sscanf=shim_scan_priority',
      'repo_add_solv=solv_add',
    ],
    'repo_solv.c': ['stringpool_integrate=solv_integrate'],
    'repo_rpmmd.c': ['pool_parserpmrichdep=shim_parserichdep'],
    'repo_susetags.c': ['pool_parserpmrichdep=shim_parserichdep'],
  };
  return { ...one, defines: [...one.defines, ...(renames[basename(one.file)] ?? [])] };
}

/** The shim's solver.c, pool.c … are not libsolv's. */
function shimOptimisation(name) {
  if (name === 'solv-values.c') return ['-O2', ...inlineLittle];
  return ['sort.c', 'strings.c', 'xml.c', 'dependency-limit.c'].includes(name) ? ['-O2'] : ['-Oz'];
}

/** Optimisation and further flags by file; figures in the README. Native builds do without. */
function tuned(one, shim) {
  const name = basename(one.file);
  const flags = [...(one.file.startsWith(shim) ? shimOptimisation(name) : (optimisation.get(name) ?? ['-Oz']))];
  if (one.quiet) flags.push('-include', join(shim, 'quiet.h'));
  const header = before.get(one.file.split('/').slice(-2).join('/'));
  if (header !== undefined) flags.push('-include', join(shim, header));
  // transaction_order searches the whole transaction for each edge; V8 checks for an interrupt in every turn of a loop.
  if (name === 'order.c')
    flags.push(
      '-fno-inline',
      '-mllvm',
      '-unroll-runtime',
      '-mllvm',
      '-unroll-runtime-multi-exit',
      '-mllvm',
      '-unroll-count=4',
    );
  if (name === 'xml.c') flags.push('-msimd128');
  if (name === 'strings.c') flags.push('-msimd128', '-mbulk-memory', '-fno-builtin');
  return { ...one, flags };
}

/** What native testsolv needs: the same, with libsolv's own file access and both directions of the compressors. */
export function nativeUnits(trees, generated) {
  return [
    ...libsolvUnits(trees.libsolv, generated),
    unit(join(trees.libsolv, 'ext', 'solv_xfopen.c'), libsolvDefines, [
      generated,
      join(trees.libsolv, 'src'),
      join(trees.libsolv, 'ext'),
    ]),
    ...expatUnits(trees.expat, generated),
    ...zlibUnits(
      trees.zlib,
      readdirSync(trees.zlib)
        .filter((file) => file.endsWith('.c'))
        .map((file) => file.slice(0, -2)),
    ),
    ...zstdUnits(trees.zstd, ['common', 'decompress', 'compress']),
  ].map((one) => withInclude(one, trees));
}

function withInclude(one, trees) {
  return { ...one, include: [...one.include, join(trees.expat, 'expat', 'lib'), trees.zlib, join(trees.zstd, 'lib')] };
}

/**
 * assert() names its file: without the map the length of the checkout's path would decide where the heap of the module begins, and
 * one source would give as many modules as there are directories to build it in.
 */
export function compileArguments({ file, defines, include, flags: own = [] }, object, flags) {
  return [
    ...flags,
    `-fmacro-prefix-map=${dirname(file)}/=`,
    ...own,
    ...defines.map((define) => `-D${define}`),
    ...include.map((path) => `-I${path}`),
    '-c',
    '-o',
    object,
    file,
  ];
}

/** Object files carry the place of their source in their name: `src/util.c` and `lib/util.c` must not meet. */
export function objectName({ file }) {
  return `${file.split('/').slice(-3).join('-')}.o`;
}

/** What the CMake files of libsolv and expat would generate; returns the directory for the include path. */
export function generateHeaders(tree, directory) {
  mkdirSync(directory, { recursive: true });
  // Everything that matters of it is in expatDefines.
  writeIfChanged(join(directory, 'expat_config.h'), '');
  const cmake = readFileSync(join(tree, 'VERSION.cmake'), 'utf8');
  const part = (name) => new RegExp(`SET\\(${name} "(\\d+)"\\)`, 'i').exec(cmake)?.[1] ?? '0';
  const [major, minor, patch] = ['LIBSOLV_MAJOR', 'LIBSOLV_MINOR', 'LIBSOLV_PATCH'].map(part);
  const features = new Set(
    libsolvDefines
      .map((define) => define.replace(/^ENABLE_/, '').replace(/=1$/, ''))
      .flatMap((name) => [`LIBSOLV_FEATURE_${name}`, `LIBSOLVEXT_FEATURE_${name}`]),
  );
  const header = readFileSync(join(tree, 'src', 'solvversion.h.in'), 'utf8')
    .replaceAll('@VERSION@', `${major}.${minor}.${patch}`)
    .replaceAll('@LIBSOLV_MAJOR@', major)
    .replaceAll('@LIBSOLV_MINOR@', minor)
    .replaceAll('@LIBSOLV_PATCH@', patch)
    .replace(/^#cmakedefine (\S+)$/gm, (_line, name) =>
      features.has(name) ? `#define ${name}` : `/* #undef ${name} */`,
    );
  writeIfChanged(join(directory, 'solvversion.h'), header);
  return directory;
}

function writeIfChanged(file, text) {
  if (!existsSync(file) || readFileSync(file, 'utf8') !== text) writeFileSync(file, text);
}
