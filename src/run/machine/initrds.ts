import { auditMachine, type InitrdSituation, type Initrds, type InstalledModule } from '#audit';
import { grouped } from '#collections';
import { designNamed, parseSchemeText } from '#packaging';
import { nevra } from '#rpm';
import type { LoaderPolicy } from '#run-document';
import type { PreparedRepository } from '../repository/repositories.js';
import type { AuditScope, MachineState } from './machine-state.js';
import type { SystemState } from './system-state.js';

export interface InitrdSurroundings {
  readonly repositories: ReadonlyMap<string, Pick<PreparedRepository, 'payloads'>>;
  readonly scheme: string;
  /** Somebody calls dracut for every kernel. */
  readonly dracut: boolean;
}

/** What becomes of the initrds of a machine whose packages are now others; null where the scheme's distribution has no dracut. */
export function initrdSituation(
  { initrd, initrds, installed }: Pick<MachineState, 'initrd' | 'initrds' | 'installed'>,
  after: SystemState,
  { repositories, scheme, dracut }: InitrdSurroundings,
): InitrdSituation | null {
  if (designNamed(parseSchemeText(scheme).name).client === 'none') return null;
  const { suppliedBy, ...configuration } = initrd;
  const known = new Set(installed.map(({ package: pkg }) => nevra(pkg)));
  const due = after.flatMap(({ kernel, package: pkg }) =>
    kernel !== null && (dracut || !known.has(nevra(pkg))) ? [kernel.release] : [],
  );
  const supplier = suppliedBy === undefined ? undefined : repositories.get(suppliedBy);
  return {
    configuration,
    before: initrds,
    due: new Set(due),
    supplied: supplier === undefined ? null : byRelease(supplier),
  };
}

function byRelease({ payloads }: Pick<PreparedRepository, 'payloads'>): Map<string, InstalledModule[]> {
  const modules = [...payloads.values()].flatMap((payload) => payload.modules);
  return grouped(modules, ({ release }) => release);
}

/** Those of a machine that was set up before the first step, when everything was there. */
export function initialInitrds(
  state: MachineState,
  policy: LoaderPolicy,
  { scope, ...surroundings }: Omit<InitrdSurroundings, 'dracut'> & { readonly scope: AuditScope },
): Initrds {
  if (state.installed.length === 0) return state.initrds;
  const initrd = initrdSituation(state, state.installed, { ...surroundings, dracut: true });
  return auditMachine({ installed: state.installed, offered: [], policy, ...scope(state), initrd }).initrds;
}
