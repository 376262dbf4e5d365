import { nevra } from '#rpm';
import type { MachineHistory } from '#run-document';
import { hardwareNamed } from '../inputs.js';
import { eventsFor } from './events.js';
import type { HistoryScheme } from './history-scheme.js';
import { InstalledFacts } from './installed-facts.js';
import { Machine } from './machine.js';
import { PublishedKernels } from './published-kernels.js';
import type { HistoryShelf } from './shelf.js';

export interface MachinesTask {
  readonly file: string;
  readonly scheme: HistoryScheme;
  readonly profiles: readonly string[];
}

/**
 * Machines of one scheme live through a history beside each other, so that each kernel build is read once for all of them. None knows of
 * the others: how machines are put together changes nothing.
 */
export async function liveThrough(
  shelf: HistoryShelf,
  { file, scheme, profiles }: MachinesTask,
): Promise<MachineHistory[]> {
  const history = await shelf.history(file);
  const line = { shelf, file, history, scheme };
  const kernels = await PublishedKernels.of(line);
  try {
    const { metadata, payloads } = await shelf.userspace(history.builds[0]?.build.arch ?? 'x86_64');
    const repository = { name: 'userspace', priority: 99, data: { solv: await shelf.solv(metadata) } };
    const names = new Set(payloads.map((payload) => nevra(payload.package)));
    const userspace = { repository, payloads, names };
    const around = { line, kernels, facts: new InstalledFacts(), userspace };
    const machines = await Promise.all(profiles.map(async (name) => new Machine(around, await hardwareNamed(name))));
    const events = machines.map(({ drivers }) => eventsFor(history, drivers));
    for (const index of history.builds.keys()) {
      await kernels.publishNext();
      for (const [at, machine] of machines.entries())
        for (const event of events[at]?.[index] ?? []) await machine.update(event);
      around.facts.forget();
    }
    return machines.map((machine, at) => machine.history(profiles[at] ?? ''));
  } finally {
    kernels.dispose();
  }
}
