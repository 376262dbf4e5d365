import type { NoAnswer, Why } from '#run-document';
import { loadLibsolv, type SolvedWhy, solveAndTellWhy } from '#solve';
import { type Asked, fullRequest, type MachineSpec, smallMachine } from './machine.js';

/** Why what `name` means is there after one request on a small machine, or is not. */
export async function whyOn(
  spec: MachineSpec,
  request: Asked,
  name: string,
): Promise<{ readonly solved: boolean; readonly why: Why }> {
  const libsolv = await loadLibsolv();
  try {
    return answered(solveAndTellWhy(libsolv, smallMachine(spec).input, fullRequest(request), name));
  } finally {
    libsolv.dispose();
  }
}

export function answered(found: SolvedWhy | NoAnswer): SolvedWhy {
  if ('status' in found) throw new Error(found.status);
  return found;
}
