import { tally } from '#collections';
import type { CheckedDriver, SupportFault, SupportResult } from '#run-document';
import { count, counted } from './numbers.js';

/** A support check, a line each: kernels, vendors and levels of support, what is wrong, and the sum. */
export function supportLines(result: SupportResult): string[] {
  const { kernels, drivers, faults } = result;
  return [
    ...kernels.map((kernel) => kernelLine(kernel, result)),
    `${counted(drivers.length, 'driver package')}; by vendor: ${tallyText(drivers.map(({ vendor }) => vendor ?? 'not stated'))}; ` +
      `support: ${tallyText(drivers.map(({ support }) => support))}`,
    ...faults.map((fault) => `FAULT ${supportFaultText(fault)}`),
    faults.length === 0 ? 'all is well' : counted(faults.length, 'fault'),
  ];
}

function kernelLine(
  { release, package: carrier, vendor }: SupportResult['kernels'][number],
  { drivers, audit }: SupportResult,
): string {
  const fits = ({ kernels }: CheckedDriver): boolean =>
    kernels.some((kernel) => kernel.release === release && kernel.state === 'compatible');
  const seen = audit?.kernels.find((kernel) => kernel.release === release);
  const loads =
    seen === undefined ? '' : `; it loads ${count(seen.loadable)} of ${counted(seen.visible, 'kernel module')}`;
  const by = vendor === null ? '' : `, ${vendor}`;
  return `${release} (${carrier}${by}): ${counted(drivers.filter(fits).length, 'driver package')} for it${loads}`;
}

/** `Acme 2, SUSE 31`, by name. */
function tallyText(words: readonly string[]): string {
  const byName = tally(words).sort((a, b) => (a.name < b.name ? -1 : 1));
  return byName.map(({ name, count: number }) => `${name} ${count(number)}`).join(', ') || 'none';
}

export function supportFaultText(fault: SupportFault): string {
  switch (fault.kind) {
    case 'noKernel':
      return 'no kernel is installed';
    case 'misfit':
      return misfitText(fault);
    case 'unsupported':
      return `${fault.package} is unsupported`;
    case 'unstated':
      return `${fault.package} is in no repository, so that nothing is known of it`;
    case 'refused':
      return `${fault.kernel} refuses ${counted(fault.refused, 'kernel module')}; the first is ${fault.first}`;
    case 'notDriven':
      return `${fault.device} has no driver that ${fault.kernel} loads`;
    case 'rootNotMounted':
      return `${fault.kernel} does not mount the root file system`;
  }
}

function misfitText({ package: driver, kernel, unmet, unmetTotal }: Extract<SupportFault, { kind: 'misfit' }>): string {
  if (unmet === null) return `${driver} is for another kernel than ${kernel}, which has none like it`;
  const found = unmet.found === null ? 'nobody provides it' : `it is ${unmet.found}`;
  const more = unmetTotal > 1 ? `, and ${count(unmetTotal - 1)} more` : '';
  return `${driver} does not fit ${kernel}: it needs ${unmet.symbol}${unmet.wanted === null ? '' : ` = ${unmet.wanted}`}, and ${found}${more}`;
}
