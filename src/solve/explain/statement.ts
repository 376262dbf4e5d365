import type { Decision, RuleInfo, SolvableId } from '@opensuse/libsolv-wasm';
import type { Reason, ReasonKind } from '#run-document';
import { askerOf } from './asked.js';
import { dependencyText } from './words.js';
import type { Solving, World } from './world.js';

/** One decision of the solver as a statement, and the packages whose own state it follows from. */
export interface Statement {
  readonly reason: Omit<Reason, 'because'>;
  readonly participants: readonly SolvableId[];
  /** Set where hardware is among the reasons: the dependencies that name it. */
  readonly supplements: readonly string[];
}

/** Dependencies that a statement names; it says how many more there are. */
export const namedMax = 3;

/** The infos of a rule that say the same of the same packages: one `requires` for each of forty symbols. */
interface Group {
  readonly info: RuleInfo;
  readonly dependencies: readonly string[];
}

export function statementOf(decision: Decision, solving: Solving, world: World): Statement {
  const group = firstGroup(decision.infos);
  const { kind, text, participants } =
    group === null ? withoutRule(decision, world) : told(group, decision, { solving, world });
  const dependencies = group?.dependencies ?? [];
  return {
    reason: {
      kind,
      package: world.nevra(decision.solvable),
      installed: decision.solvable === null ? null : decision.install,
      by: world.nevra(group?.info.source ?? null),
      dependencies: dependencies.slice(0, namedMax),
      dependenciesTotal: dependencies.length,
      text,
    },
    participants: participants.filter((id) => id !== decision.solvable),
    supplements: kind === 'supplements' ? dependencies : [],
  };
}

/** A rule has one source; where infos differ in type or target the first says enough, libsolv puts the most telling one first. */
function firstGroup(infos: readonly RuleInfo[]): Group | null {
  const [first] = infos;
  if (first === undefined) return null;
  const same = infos.filter(
    ({ type, source, target }) =>
      type === first.type && source === first.source && (type === 'pkgSupplements' || target === first.target),
  );
  return { info: first, dependencies: [...new Set(same.flatMap(({ dependency }) => dependency ?? []))] };
}

interface Told {
  readonly kind: ReasonKind;
  readonly text: string;
  readonly participants: readonly SolvableId[];
}

interface Context {
  readonly solving: Solving;
  readonly world: World;
}

function told(group: Group, decision: Decision, context: Context): Told {
  const { info, dependencies } = group;
  const { world } = context;
  const source = world.nevra(info.source) ?? '';
  const target = world.nevra(info.target) ?? '';
  const deps = dependencyText(dependencies, namedMax);
  const pair = [info.source, info.target].filter((id) => id !== null);
  switch (info.type) {
    case 'pkgRequires':
      return requires(group, decision, world);
    case 'pkgNothingProvidesDep':
      return {
        kind: 'nothingProvides',
        text: `nothing in reach provides ${deps}, which ${source} requires`,
        participants: [],
      };
    case 'pkgNotInstallable':
      return { kind: 'notInstallable', text: info.text, participants: [] };
    case 'pkgConflicts':
      return {
        kind: 'conflicts',
        text: `${source} conflicts with ${deps}, which ${target} provides`,
        participants: pair,
      };
    case 'pkgSelfConflict':
      return {
        kind: 'conflicts',
        text: `${source} conflicts with ${deps}, which it provides itself`,
        participants: [],
      };
    case 'pkgSameName':
      return {
        kind: 'sameName',
        text: `${source} and ${target} are versions of one name, of which one can be installed`,
        participants: pair,
      };
    case 'pkgObsoletes':
    case 'pkgImplicitObsoletes':
    case 'pkgInstalledObsoletes':
      return { kind: 'obsoletes', text: `${source} obsoletes ${deps}, which ${target} is`, participants: pair };
    case 'pkgRecommends':
      return { kind: 'recommends', text: `${source} recommends ${deps}`, participants: pair };
    case 'pkgSupplements':
      return {
        kind: 'supplements',
        text: `${source} supplements ${dependencyText(dependencies)}`,
        participants: supplemented(decision),
      };
    case 'update':
    case 'feature':
      return {
        kind: 'kept',
        text: `${source} is installed and has to stay or be updated`,
        participants: versions(info, world),
      };
    case 'job':
    case 'jobNothingProvidesDep':
    case 'jobProvidedBySystem':
    case 'jobUnknownPackage':
    case 'jobUnsupported':
      return job(info, decision, context);
    case 'learnt':
      return { kind: 'learnt', text: 'this follows from what the solver found while it searched', participants: [] };
    case 'choice':
    case 'recommends':
      return { kind: 'chosen', text: info.text, participants: pair };
    default:
      return { kind: 'policy', text: info.text, participants: pair };
  }
}

function requires({ info, dependencies }: Group, decision: Decision, world: World): Told {
  const source = world.nevra(info.source) ?? '';
  const providers = dependencies[0] === undefined ? [] : world.providers(dependencies[0]);
  const needs = `${source} requires ${dependencyText(dependencies, namedMax)}`;
  const participants = [...(info.source === null ? [] : [info.source]), ...providers];
  const [first] = providers;
  const only = providers.length === 1 ? world.nevra(first ?? null) : null;
  const chosen = decision.install && decision.solvable !== info.source ? world.nevra(decision.solvable) : null;
  const who =
    only !== null
      ? `only ${only} provides`
      : chosen !== null
        ? `${chosen} provides`
        : `${providers.length} packages provide`;
  return { kind: 'requires', text: `${needs}, which ${who}`, participants };
}

/** The packages that a supplements names and that were decided before. */
function supplemented({ infos }: Decision): SolvableId[] {
  return [
    ...new Set(infos.flatMap(({ type, target }) => (type === 'pkgSupplements' && target !== null ? [target] : []))),
  ];
}

/** An installed package and what could be its update: other versions of the name. A copy of it in a repository is none. */
function versions({ source }: RuleInfo, world: World): SolvableId[] {
  const pkg = source === null ? null : world.package(source);
  if (pkg === null) return [];
  const others = world.named(pkg.name).filter(({ nevra }) => nevra !== pkg.nevra);
  return [pkg.id, ...others.map(({ id }) => id)];
}

function job(info: RuleInfo, decision: Decision, { solving, world }: Context): Told {
  const wanted = info.job === null ? undefined : solving.jobs[info.job];
  if (wanted === undefined) return { kind: 'policy', text: info.text, participants: [] };
  const { kind, who } = askerOf(wanted, solving, world);
  const selected = world.selected(wanted);
  const what =
    selected.length === 1
      ? (world.nevra(selected[0] ?? null) ?? '')
      : (info.dependency ?? world.nevra(decision.solvable) ?? '');
  const erases = wanted.action === 'erase';
  const verb = kind === 'asked' ? (erases ? 'asks to remove' : 'asks for') : erases ? 'keeps out' : 'keeps';
  const gap =
    info.type === 'jobNothingProvidesDep'
      ? ', which nothing in reach provides'
      : info.type === 'jobUnknownPackage'
        ? ', which no package is called'
        : '';
  return { kind: gap === '' ? kind : 'nothingProvides', text: `${who} ${verb} ${what}${gap}`, participants: selected };
}

/** Decisions that no rule forced. */
function withoutRule({ solvable, install, reason, text }: Decision, world: World): Told {
  const nevra = world.nevra(solvable) ?? 'the system';
  if (reason === 'keepInstalled' || (install && solvable !== null && world.package(solvable)?.installed === true)) {
    return { kind: 'kept', text: `${nevra} is installed and nothing speaks against its staying`, participants: [] };
  }
  return { kind: 'chosen', text: install ? `${nevra}: ${text}` : `nothing asks for ${nevra}`, participants: [] };
}
