import type { SupportResult } from '#run';

/** A support check for the terminal: kernels, what is wrong with which driver, and the sum. */
export function supportText({ kernels, drivers, audit, faults }: SupportResult): string {
  const vendors = new Map<string, number>();
  for (const { vendor } of drivers) vendors.set(vendor ?? 'nobody', (vendors.get(vendor ?? 'nobody') ?? 0) + 1);
  const support = new Map<string, number>();
  for (const one of drivers) support.set(one.support, (support.get(one.support) ?? 0) + 1);
  return [
    ...kernels.map(({ release, package: carrier, vendor }) => {
      const compatible = drivers.filter((one) =>
        one.kernels.some((kernel) => kernel.release === release && kernel.state === 'compatible'),
      );
      const seen = audit?.kernels.find((kernel) => kernel.release === release);
      const loads = seen === undefined ? '' : `, ${seen.loadable} of ${seen.visible} kernel modules load`;
      return `${release} (${carrier}${vendor === null ? '' : `, ${vendor}`}): ${compatible.length} driver packages fit${loads}`;
    }),
    `${drivers.length} driver packages; by vendor: ${listed(vendors)}; support: ${listed(support)}`,
    ...faults.map((fault) => `FAULT ${fault}`),
    faults.length === 0 ? 'all is well' : `${faults.length} faults`,
    '',
  ].join('\n');
}

function listed(counts: ReadonlyMap<string, number>): string {
  return (
    [...counts]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, number]) => `${name} ${number}`)
      .join(', ') || 'none'
  );
}
