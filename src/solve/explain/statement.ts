import type { Decision, RuleInfo, SolvableId } from '@opensuse/libsolv-wasm';
import type { Reason } from '#run-document';
import { ofJob, type Told } from './asked.js';
import { foreignTo } from './foreign.js';
import { listedOf } from './reasons.js';
import type { Context, World } from './world.js';

/** One decision of the solver as a statement, and the packages whose own state it follows from. */
export interface Stated extends Omit<Reason, 'depth'> {
  readonly participants: readonly SolvableId[];
}

/** The infos of a rule that say the same of the same packages: one `requires` for each of forty symbols. */
interface Group {
  readonly info: RuleInfo;
  readonly dependencies: readonly string[];
}

export function stated(decision: Decision, context: Context): Stated {
  const { solvable, install } = decision;
  const { statement, participants } = told(decision, context);
  const decided = context.world.nevra(solvable);
  return {
    statement,
    decides: decided === null ? null : { package: decided, installed: install },
    participants: participants.filter((id) => id !== solvable),
  };
}

/** The dependencies of a decision that name hardware among the reasons: all of them, where the statement lists the first. */
export function supplementsOf({ infos }: Decision): readonly string[] {
  return infos[0]?.type === 'pkgSupplements' ? (firstGroup(infos)?.dependencies ?? []) : [];
}

function told(decision: Decision, context: Context): Told {
  const group = firstGroup(decision.infos);
  if (group === null) return withoutRule(decision, context.world);
  const { info } = group;
  return (
    ofJob(info, decision, context) ?? ofPackages(group, decision, context) ?? ofPolicy(info, decision, context.world)
  );
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

/** Rules between packages; null for those that are none. */
function ofPackages({ info, dependencies }: Group, decision: Decision, { solving, world }: Context): Told | null {
  const { source, target, type } = info;
  const by = world.nevra(source);
  if (source === null || by === null) return null;
  const other = world.nevra(target);
  const listed = listedOf(dependencies);
  const pair = [source, ...(target === null ? [] : [target])];
  switch (type) {
    case 'pkgRequires':
      return requires({ by, dependencies }, source, decision, world);
    case 'pkgNothingProvidesDep':
      return {
        statement: {
          kind: 'nothingProvides',
          by,
          asker: null,
          ...listed,
          ...foreignTo(dependencies, { solving, world }),
        },
        participants: [],
      };
    case 'pkgNotInstallable': {
      const arch = world.package(source)?.arch ?? '';
      const { arch: machine } = solving.machine.input;
      return { statement: { kind: 'notInstallable', package: by, arch, machine }, participants: [] };
    }
    case 'pkgConflicts':
      return { statement: { kind: 'conflicts', by, with: other, ...listed }, participants: pair };
    case 'pkgSelfConflict':
      return { statement: { kind: 'conflicts', by, with: by, ...listed }, participants: [] };
    case 'pkgSameName':
      return other === null ? null : { statement: { kind: 'sameName', by, with: other }, participants: pair };
    case 'pkgObsoletes':
    case 'pkgImplicitObsoletes':
    case 'pkgInstalledObsoletes':
      return { statement: { kind: 'obsoletes', by, with: other, ...listed }, participants: pair };
    case 'pkgRecommends':
      return { statement: { kind: 'recommends', by, ...listed }, participants: pair };
    case 'pkgSupplements':
      return { statement: { kind: 'supplements', by, ...listed }, participants: supplemented(decision) };
    case 'update':
    case 'feature':
      return { statement: { kind: 'kept', package: by, why: 'rule' }, participants: versions(source, world) };
    default:
      return null;
  }
}

function requires(
  { by, dependencies }: { readonly by: string; readonly dependencies: readonly string[] },
  source: SolvableId,
  { install, solvable }: Decision,
  world: World,
): Told {
  const providers = dependencies[0] === undefined ? [] : world.providers(dependencies[0]);
  const [first = null] = providers;
  const taken = install && solvable !== source ? solvable : null;
  const provider = (providers.length === 1 ? world.nevra(first) : null) ?? world.nevra(taken);
  return {
    statement: { kind: 'requires', by, ...listedOf(dependencies), providers: providers.length, provider },
    participants: [source, ...providers],
  };
}

/** The packages that a supplements names and that were decided before. */
function supplemented({ infos }: Decision): SolvableId[] {
  return [
    ...new Set(infos.flatMap(({ type, target }) => (type === 'pkgSupplements' && target !== null ? [target] : []))),
  ];
}

/** An installed package and what could be its update: other versions of the name. A copy of it in a repository is none. */
function versions(source: SolvableId, world: World): SolvableId[] {
  const pkg = world.package(source);
  if (pkg === null) return [];
  const others = world.named(pkg.name).filter(({ nevra }) => nevra !== pkg.nevra);
  return [pkg.id, ...others.map(({ id }) => id)];
}

/** Rules of libsolv that are no dependency, by its own names for them. */
function ofPolicy(
  { type, raw, source, target, dependency }: RuleInfo,
  { solvable, install }: Decision,
  world: World,
): Told {
  const participants = [source, target].filter((id) => id !== null);
  switch (type) {
    case 'learnt':
      return { statement: { kind: 'learnt' }, participants: [] };
    case 'choice':
    case 'recommends':
      return {
        statement: { kind: 'chosen', package: world.nevra(solvable), installed: install, reason: type },
        participants,
      };
    default: {
      const rule = type === 'other' ? `other(${raw})` : type;
      const [by, other] = [world.nevra(source), world.nevra(target)];
      return { statement: { kind: 'policy', rule, by, with: other, dependency }, participants };
    }
  }
}

/** Decisions that no rule forced. */
function withoutRule({ solvable, install, reason, rawReason }: Decision, world: World): Told {
  const pkg = solvable === null ? null : world.package(solvable);
  if (pkg !== null && (reason === 'keepInstalled' || (install && pkg.installed))) {
    return { statement: { kind: 'kept', package: pkg.nevra, why: 'free' }, participants: [] };
  }
  const named = reason === 'other' ? `other(${rawReason})` : reason;
  return {
    statement: { kind: 'chosen', package: pkg?.nevra ?? null, installed: install, reason: named },
    participants: [],
  };
}
