/**
 * Bundles the scripts of the page that solves into dist/page-scripts. The page runs the lab's own functions; what of Node.js and of files
 * they need on the way is substituted, by the table below and by nothing else: a module that is reached and not in it fails the build.
 */
import { readFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const page = join(root, 'src/what-if-page/script');

const substitutes = {
  'node:async_hooks': 'async-hooks.ts',
  'node:crypto': 'crypto.ts',
  'node:module': 'module.ts',
  'node:path': 'path.ts',
  'node:url': 'url.ts',
  'node:util/types': 'util-types.ts',
  'node:vm': 'vm.ts',
  'src/cost/read.ts': 'costs.ts',
  'src/files/read-sync.ts': 'read-sync.ts',
  'src/run/inputs.ts': 'inputs.ts',
  'src/solve/libsolv.ts': 'libsolv.ts',
};

/** Packages that run in browsers and are needed on the way. Any other one that is reached fails the build, as what is of Node.js does. */
const bundled = /^(@noble\/hashes|@opensuse\/libsolv-wasm|graphology|graphology-communities-louvain|yaml|zod)(\/|$)/;

const inThePage = {
  name: 'in-the-page',
  setup(bundle) {
    const substituted = (name) => {
      const file = substitutes[name];
      return file === undefined ? undefined : { path: join(page, 'substitutes', file), sideEffects: false };
    };
    bundle.onResolve(
      { filter: /^node:/ },
      ({ path }) => substituted(path) ?? { path, external: true, sideEffects: false },
    );
    bundle.onResolve({ filter: /^[@a-z]/ }, ({ path, importer }) =>
      importer.startsWith(join(root, 'src')) && !bundled.test(path)
        ? { path, external: true, sideEffects: false }
        : undefined,
    );
    bundle.onResolve({ filter: /^[.#]/ }, async ({ path, pluginData, ...asked }) => {
      if (pluginData === inThePage || !asked.importer.startsWith(join(root, 'src'))) return undefined;
      const found = await bundle.resolve(path, { ...asked, pluginData: inThePage });
      // A substitute may pass on the rest of what it stands for.
      if (dirname(asked.importer) === join(page, 'substitutes')) return found;
      return substituted(relative(root, found.path)) ?? found;
    });
    // Files find the project's data by their own place; in the page that is the place below the project's root.
    bundle.onLoad({ filter: /\/(src\/.*\.ts|wasm\/dist\/.*\.js)$/ }, async ({ path }) => {
      const text = await readFile(path, 'utf8');
      const url = JSON.stringify(`file:///${relative(root, path)}`);
      return { contents: text.replaceAll('import.meta.url', url), loader: path.endsWith('.ts') ? 'ts' : 'js' };
    });
  },
};

const { metafile } = await build({
  entryPoints: [join(page, 'worker.ts'), join(page, 'page.ts')],
  outdir: join(root, 'dist/page-scripts'),
  bundle: true,
  minify: true,
  format: 'iife',
  platform: 'browser',
  target: 'es2023',
  conditions: ['source'],
  charset: 'ascii',
  legalComments: 'none',
  metafile: true,
  logLevel: 'error',
  absWorkingDir: root,
  inject: [join(page, 'substitutes/buffer.ts')],
  plugins: [inThePage],
});

for (const [output, { imports, inputs }] of Object.entries(metafile.outputs)) {
  const left = imports.filter(({ external }) => external).map(({ path }) => path);
  if (left.length === 0) continue;
  const from = Object.keys(inputs).filter((input) =>
    metafile.inputs[input]?.imports.some(({ path }) => left.includes(path)),
  );
  console.error(`what-if: ${output} would need ${[...new Set(left)].join(', ')}, for ${from.join(', ')}`);
  process.exitCode = 1;
}
