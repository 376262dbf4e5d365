import type { KernelBuild } from '#kernel';
import type { GraphFacts } from '#run-document';
import { importersOf, largestBlastRadii } from './blast-radius.js';
import { components, depths } from './components.js';
import { deepest } from './deepest.js';
import { distribution, doublingHistogram, unitHistogram } from './distribution.js';
import { type ModuleGraph, moduleGraph } from './module-graph.js';
import { type Reach, reach } from './reach.js';

/** How many hubs and symbols are listed by name. */
const listedMax = 20;

/** Everything the report tells about one build's graph of kernel modules. */
export function graphFacts(build: KernelBuild): GraphFacts {
  const { graph, exporterOf } = moduleGraph(build);
  const closures = reach(graph);
  const ordered = components(graph);
  const importers = importersOf(build);
  const nodes = graph.nodes();
  const values = {
    imports: build.modules.map(({ imports }) => imports.length),
    exports: build.modules.map(({ exports }) => exports.length),
    outDegree: nodes.map((node) => graph.outDegree(node)),
    inDegree: nodes.map((node) => graph.inDegree(node)),
    closure: [...closures.needs.values()],
    depth: [...depths(graph, ordered).values()],
    fanIn: [...importers.values()].map((list) => list.length),
  };
  return {
    release: build.release,
    kernelModules: build.modules.length,
    edges: graph.size,
    imports: sum(values.imports),
    importsFromImage: importsFromImage(build, exporterOf),
    exports: build.image.exports.length + sum(values.exports),
    exportsOfImage: build.image.exports.length,
    exportingModules: count(values.exports, (exports) => exports > 0),
    leaves: count(values.inDegree, (degree) => degree === 0),
    withoutDependency: count(values.outDegree, (degree) => degree === 0),
    withoutHardwareAlias: count(build.modules, ({ aliases }) => !aliases.some(namesHardware)),
    aliases: sum(build.modules.map(({ aliases }) => aliases.length)),
    cycles: count(ordered, (members) => members.length > 1),
    importsPerModule: distribution(values.imports),
    exportsPerModule: distribution(values.exports),
    outDegree: distribution(values.outDegree),
    inDegree: distribution(values.inDegree),
    closure: distribution(values.closure),
    depth: distribution(values.depth),
    fanIn: distribution(values.fanIn),
    symbolsWithOneUser: count(values.fanIn, (users) => users === 1),
    hubs: hubs(graph, closures),
    deepest: deepest(graph, closures),
    blastRadius: largestBlastRadii(graph, importers, { exporterOf, neededBy: closures.neededBy }, listedMax),
    histograms: [
      doublingHistogram('imports', values.imports),
      doublingHistogram('fanIn', values.fanIn),
      doublingHistogram('inDegree', values.inDegree),
      unitHistogram('outDegree', values.outDegree),
      unitHistogram('closure', values.closure),
      unitHistogram('depth', values.depth),
    ],
  };
}

/** Most needed first; equal ones by all their dependents, then by name. A kernel module that nobody needs is no hub. */
function hubs(graph: ModuleGraph, { neededBy }: Reach): GraphFacts['hubs'] {
  return graph
    .mapNodes((name) => ({ name, direct: graph.inDegree(name), transitive: neededBy.get(name) ?? 0 }))
    .filter(({ direct }) => direct > 0)
    .sort((a, b) => b.direct - a.direct || b.transitive - a.transitive || (a.name < b.name ? -1 : 1))
    .slice(0, listedMax);
}

function importsFromImage(build: KernelBuild, exporterOf: ReadonlyMap<string, string>): number {
  const ofImage = new Set(build.image.exports.map(({ name }) => name));
  const fromImage = ({ name }: { name: string }): boolean => ofImage.has(name) && !exporterOf.has(name);
  return sum(build.modules.map(({ imports }) => count(imports, fromImage)));
}

/** `bus:details`, the form from which SUSE's dependency generator makes a supplement. */
function namesHardware(alias: string): boolean {
  return /.+:.+/.test(alias);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function count<Value>(values: readonly Value[], is: (value: Value) => boolean): number {
  return values.reduce((total, value) => (is(value) ? total + 1 : total), 0);
}
