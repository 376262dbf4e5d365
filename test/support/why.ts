import type { Why } from '#run-document';
import { loadLibsolv, solveAndTellWhy } from '#solve';
import { type Asked, fullRequest, type MachineSpec, smallMachine } from './machine.js';

/** Why what `name` means is there after one request on a small machine, or is not. */
export async function whyOn(
  spec: MachineSpec,
  request: Asked,
  name: string,
): Promise<{ readonly solved: boolean; readonly why: Why }> {
  const libsolv = await loadLibsolv();
  try {
    return solveAndTellWhy(libsolv, smallMachine(spec).input, fullRequest(request), name);
  } finally {
    libsolv.dispose();
  }
}
