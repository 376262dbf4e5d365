import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  blastRadius,
  components,
  depths,
  graphFacts,
  importersOf,
  largestBlastRadii,
  moduleGraph,
  reach,
} from '#analyse';
import { kernel } from '../support/kernel.js';

/** Kernels of up to 9 modules where each pair may be connected, so that cycles and dense corners are common. */
const edges = fc
  .integer({ min: 1, max: 9 })
  .chain((size) =>
    fc.array(fc.array(fc.boolean(), { minLength: size, maxLength: size }), { minLength: size, maxLength: size }),
  );

/** Acyclic ones: an edge only from a later to an earlier module. */
const acyclicEdges = edges.map((matrix) => matrix.map((row, from) => row.map((edge, to) => edge && to < from)));

function buildOf(matrix: readonly (readonly boolean[])[]) {
  const modules = Object.fromEntries(
    matrix.map((row, from) => [
      `m${from}`,
      {
        exports: { [`s${from}`]: from },
        imports: row.flatMap((edge, to) => (edge && to !== from ? [`s${to}`] : [])),
      },
    ]),
  );
  return kernel({ modules });
}

/** Warshall's closure over the matrix: another algorithm, over another representation. */
function warshall(matrix: readonly (readonly boolean[])[]): boolean[][] {
  const closed = matrix.map((row, from) => row.map((edge, to) => edge && to !== from));
  for (const k of closed.keys())
    for (const i of closed.keys())
      for (const j of closed.keys()) {
        const row = closed[i];
        if (row !== undefined && row[k] === true && closed[k]?.[j] === true) row[j] = true;
      }
  return closed;
}

const reaches = (closed: readonly (readonly boolean[])[], from: number, to: number): boolean =>
  closed[from]?.[to] === true;

describe('the graph of any small kernel', () => {
  it('has the closures that Warshall finds', () => {
    fc.assert(
      fc.property(edges, (matrix) => {
        const closed = warshall(matrix);
        const indices = [...matrix.keys()];
        const { needs, neededBy } = reach(moduleGraph(buildOf(matrix)).graph);
        for (const node of indices) {
          const others = indices.filter((other) => other !== node);
          expect(needs.get(`m${node}`)).toBe(others.filter((other) => reaches(closed, node, other)).length);
          expect(neededBy.get(`m${node}`)).toBe(others.filter((other) => reaches(closed, other, node)).length);
        }
      }),
    );
  });

  it('puts two kernel modules in one component exactly when each reaches the other', () => {
    fc.assert(
      fc.property(edges, (matrix) => {
        const closed = warshall(matrix);
        const found = components(moduleGraph(buildOf(matrix)).graph);
        expect(found.flat().sort()).toEqual([...matrix.keys()].map((node) => `m${node}`).sort());
        const componentOf = new Map(found.flatMap((members, index) => members.map((member) => [member, index])));
        for (const a of matrix.keys())
          for (const b of matrix.keys()) {
            const together = a === b || (reaches(closed, a, b) && reaches(closed, b, a));
            expect(componentOf.get(`m${a}`) === componentOf.get(`m${b}`)).toBe(together);
          }
      }),
    );
  });

  it('orders a component after all that it depends on', () => {
    fc.assert(
      fc.property(edges, (matrix) => {
        const { graph } = moduleGraph(buildOf(matrix));
        const position = new Map(components(graph).flatMap((members, index) => members.map((m) => [m, index])));
        graph.forEachEdge((_edge, _attributes, importer, exporter) => {
          expect(position.get(importer) ?? -1).toBeGreaterThanOrEqual(position.get(exporter) ?? Number.NaN);
        });
      }),
    );
  });

  it('is as deep as its longest chain when there is no cycle', () => {
    const longest = (matrix: readonly (readonly boolean[])[], node: number): number =>
      Math.max(0, ...(matrix[node] ?? []).map((edge, to) => (edge ? 1 + longest(matrix, to) : 0)));
    fc.assert(
      fc.property(acyclicEdges, (matrix) => {
        const { graph } = moduleGraph(buildOf(matrix));
        const depth = depths(graph, components(graph));
        for (const node of matrix.keys()) expect(depth.get(`m${node}`)).toBe(longest(matrix, node));
      }),
    );
  });

  it('has the blast radius that the closure gives', () => {
    fc.assert(
      fc.property(edges, (matrix) => {
        const closed = warshall(matrix);
        const build = buildOf(matrix);
        const { graph } = moduleGraph(build);
        const importers = importersOf(build);
        for (const symbol of matrix.keys()) {
          const direct = [...matrix.keys()].filter((node) => node !== symbol && matrix[node]?.[symbol] === true);
          const broken = [...matrix.keys()].filter(
            (node) => direct.includes(node) || direct.some((importer) => reaches(closed, node, importer)),
          );
          expect(blastRadius(graph, importers.get(`s${symbol}`) ?? [])).toEqual({
            direct: direct.length,
            transitive: broken.length,
          });
        }
      }),
    );
  });

  it('lists the largest radii first and misses none', () => {
    fc.assert(
      fc.property(edges, (matrix) => {
        const build = buildOf(matrix);
        const { graph, exporterOf } = moduleGraph(build);
        const importers = importersOf(build);
        const all = [...importers]
          .map(([symbol, list]) => ({ symbol, ...blastRadius(graph, list) }))
          .sort((a, b) => b.transitive - a.transitive || b.direct - a.direct || (a.symbol < b.symbol ? -1 : 1));
        const { neededBy } = reach(graph);
        const listed = largestBlastRadii(graph, importers, { exporterOf, neededBy }, 3);
        expect(listed.map(({ exporter: _exporter, ...radius }) => radius)).toEqual(all.slice(0, 3));
      }),
    );
  });

  it('keeps its books: degrees sum to edges, leaves and independents are those without', () => {
    fc.assert(
      fc.property(edges, (matrix) => {
        const facts = graphFacts(buildOf(matrix));
        expect(facts.outDegree.mean * matrix.length).toBeCloseTo(facts.edges, 6);
        expect(facts.inDegree.mean * matrix.length).toBeCloseTo(facts.edges, 6);
        const others = [...matrix.keys()];
        const used = others.filter((to) => matrix.some((row, from) => from !== to && row[to] === true));
        expect(facts.leaves).toBe(matrix.length - used.length);
      }),
    );
  });
});

describe('a dependency chain of 20,000 kernel modules', () => {
  it('does not exhaust the stack', () => {
    const length = 20_000;
    const modules = Object.fromEntries(
      Array.from({ length }, (_, index) => [
        `m${index}`,
        { exports: { [`s${index}`]: index }, imports: index === 0 ? [] : [`s${index - 1}`] },
      ]),
    );
    const { graph } = moduleGraph(kernel({ modules }));
    const ordered = components(graph);
    expect(depths(graph, ordered).get(`m${length - 1}`)).toBe(length - 1);
  });
});
