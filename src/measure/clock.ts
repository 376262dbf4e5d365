/**
 * Processor time, which other programs do not lengthen: they only make the work wait. Where Node.js tells it of the thread alone
 * (from 23.9 on), V8's helpers are not in it either.
 */
export interface CpuClock {
  readonly name: 'threadCpu' | 'processCpu';
  /** Milliseconds since some moment, in steps of a microsecond. */
  readonly now: () => number;
}

type Usage = () => { readonly user: number; readonly system: number };

/** The types of Node.js 20 do not know the second one. */
const own: { readonly cpuUsage: Usage; readonly threadCpuUsage?: Usage } = process;

export function cpuClock(): CpuClock {
  const { cpuUsage, threadCpuUsage } = own;
  const read = threadCpuUsage ?? cpuUsage;
  return {
    name: threadCpuUsage === undefined ? 'processCpu' : 'threadCpu',
    now() {
      const { user, system } = read();
      return (user + system) / 1000;
    },
  };
}
