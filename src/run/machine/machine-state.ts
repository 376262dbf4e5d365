import type { AuditableDevice, AuditInput, Initrds } from '#audit';
import type { RootNeeds } from '#hardware';
import type { InitrdSpec, LoaderSpec, SystemSettings } from '#scenario';
import { newestFirst, type SystemState } from './system-state.js';

/** Everything that a request meets. */
export interface MachineState {
  readonly installed: SystemState;
  /** Names of packages that nobody asked for. */
  readonly autoInstalled: readonly string[];
  readonly devices: readonly AuditableDevice[];
  /** What must work before the root file system is mounted; null where nobody knows. */
  readonly root: RootNeeds | null;
  readonly settings: SystemSettings;
  readonly loader: LoaderSpec;
  readonly initrd: InitrdSpec;
  /** What lies in /boot. */
  readonly initrds: Initrds;
  /** Release of the kernel that was booted last; null before the first one is installed. */
  readonly booted: string | null;
}

/** What of a machine an audit is asked about. */
export type AuditScope = (state: Pick<MachineState, 'devices' | 'root'>) => Pick<AuditInput, 'devices' | 'root'>;

/** The release of the newest installed kernel, which the next boot takes. */
export function newestKernel(installed: SystemState): string | null {
  return newestFirst(installed)[0]?.kernel?.release ?? null;
}

/** `uname -r` of the running kernel. */
export function unameOf({ installed, settings, booted }: MachineState): string | null {
  return unameOfKernel(installed, settings.running ?? booted);
}

/**
 * `uname -r` of a kernel, as libzypp needs it to find the package: version, release and flavor. Debian's kernels call themselves
 * otherwise (6.1.0-53-amd64 is version 6.1.187-1); SUSE's kernel of that version would say 6.1.187-1-default.
 */
export function unameOfKernel(installed: SystemState, release: string | null): string | null {
  const running = installed.find((payload) => payload.kernel?.release === release);
  if (running === undefined) return release;
  const { name, evr } = running.package;
  const flavor = /^kernel-([^-]+)/.exec(name)?.[1];
  return flavor === undefined ? release : `${evr.version}-${evr.release}-${flavor}`;
}
