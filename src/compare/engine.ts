import { type LibsolvModules, loadLibsolv, type MachineInput, type PhaseClock, type Request, runPhases } from '#solve';

/** Whoever solves on one side of a comparison. */
export interface Engine {
  /** A fresh one for each sample, made outside the clock. */
  readonly fresh: () => Promise<ReadyEngine>;
}

export interface ReadyEngine {
  readonly run: (machine: MachineInput, request: Request, clock: PhaseClock) => void;
  readonly dispose: () => void;
}

/** This lab's code over a libsolv; null: over the lab's own. */
export function engineOf(modules: LibsolvModules | null): Engine {
  return {
    async fresh() {
      const libsolv = await loadLibsolv(modules === null ? {} : { modules });
      return {
        run: (machine, request, clock) => runPhases(libsolv, machine, request, clock),
        dispose: () => libsolv.dispose(),
      };
    },
  };
}
