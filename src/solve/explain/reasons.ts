import type { Reason, Statement } from '#run-document';

/** A statement and what it follows from. Trees are as deep as chains of requirements are long: nothing may recurse over one. */
export interface Branch extends Omit<Reason, 'depth'> {
  readonly because: Branch[];
}

/** Dependencies that a statement names; it counts all. */
const namedMax = 3;

/** The first dependencies, and how many there are. */
export function listedOf(dependencies: readonly string[]): { dependencies: string[]; dependenciesTotal: number } {
  return { dependencies: dependencies.slice(0, namedMax), dependenciesTotal: dependencies.length };
}

/** A finding, and what it rests on. */
export function finding(statement: Statement, because: readonly Branch[] = []): Branch {
  return { statement, decides: null, because: [...because] };
}

interface Place {
  readonly branch: Branch;
  readonly depth: number;
  /** Index of the statement that follows from it; -1 at the root. */
  readonly above: number;
}

/** A tree from its root on, each statement followed by what it rests on. */
export function placesOf(root: Branch): Place[] {
  const places: Place[] = [];
  const waiting: Place[] = [{ branch: root, depth: 0, above: -1 }];
  for (let place = waiting.pop(); place !== undefined; place = waiting.pop()) {
    const above = places.push(place) - 1;
    const { depth, branch } = place;
    for (const below of branch.because.toReversed()) waiting.push({ branch: below, depth: depth + 1, above });
  }
  return places;
}

/** Statements that are told at both ends of a longer way, and statements of an explanation altogether. */
const endsMax = 20;
const toldMax = 400;

/** Statements that are left out, in whose place a line stands. */
interface Gap {
  readonly line: number;
  readonly depth: number;
  statements: number;
  /** Height of the last statement that was left out of the way whose end is told again. */
  way: number;
}

/** How a statement is told: at which depth, and whether all below it is; or in which gap it is lost, and whether on the way itself. */
type Telling =
  | { readonly kind: 'told'; readonly depth: number; readonly all: boolean }
  | { readonly kind: 'leftOut'; readonly gap: Gap; readonly onWay: boolean };

/**
 * A tree as it is told. Of a way of thousands of requirements a reader wants the beginning and the end: what lies between is counted in its
 * place, and so is what would follow after a page's worth of statements.
 */
export function reasonsOf(root: Branch): Reason[] {
  const places = placesOf(root);
  const heights = heightsOf(places);
  const lines: Reason[] = [];
  const gaps: Gap[] = [];
  const tellings: Telling[] = [];
  const gapAt = (depth: number): Gap => {
    const gap = { line: lines.length, depth, statements: 0, way: 0 };
    gaps.push(gap);
    lines.push(leftOut(gap));
    return gap;
  };
  let rest: Gap | null = null;
  for (const [index, { branch, depth, above }] of places.entries()) {
    if (lines.length >= toldMax) rest ??= gapAt(1);
    const telling =
      rest === null ? tellingOf({ depth, height: heights[index] ?? 0 }, tellings[above] ?? null, gapAt) : lostIn(rest);
    tellings.push(telling);
    if (telling.kind === 'leftOut') telling.gap.statements += 1;
    else lines.push({ depth: telling.depth, statement: branch.statement, decides: branch.decides });
  }
  for (const gap of gaps) lines[gap.line] = leftOut(gap);
  return lines;
}

function tellingOf(
  { depth, height }: { readonly depth: number; readonly height: number },
  above: Telling | null,
  gapAt: (depth: number) => Gap,
): Telling {
  if (above === null) return { kind: 'told', depth, all: false };
  if (above.kind === 'told') {
    if (above.all || depth < endsMax) return { kind: 'told', depth: above.depth + 1, all: above.all };
    return height < endsMax
      ? { kind: 'told', depth: above.depth + 1, all: true }
      : onWay(gapAt(above.depth + 1), height);
  }
  const { gap } = above;
  if (!above.onWay || height !== gap.way - 1) return lostIn(gap);
  if (height >= endsMax) return onWay(gap, height);
  gap.way = 0;
  return { kind: 'told', depth: gap.depth + 1, all: true };
}

function onWay(gap: Gap, height: number): Telling {
  gap.way = height;
  return { kind: 'leftOut', gap, onWay: true };
}

function lostIn(gap: Gap): Telling {
  return { kind: 'leftOut', gap, onWay: false };
}

function leftOut({ depth, statements }: Gap): Reason {
  return { depth, statement: { kind: 'leftOut', statements }, decides: null };
}

/** Statements on the longest way below each. */
function heightsOf(places: readonly Place[]): number[] {
  const heights = places.map(() => 0);
  for (let index = places.length - 1; index > 0; index -= 1) {
    const above = places[index]?.above ?? -1;
    heights[above] = Math.max(heights[above] ?? 0, (heights[index] ?? 0) + 1);
  }
  return heights;
}
