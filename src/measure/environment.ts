import { arch, cpus, platform, release, totalmem } from 'node:os';
import type { Environment } from '#run-document';

/** The part of a run's environment that the machine decides; the rest is what was built. */
export type HostEnvironment = Pick<Environment, 'node' | 'v8' | 'platform' | 'cpu' | 'cores' | 'memoryBytes'>;

export function environment(): HostEnvironment {
  const processors = cpus();
  return {
    node: process.versions.node,
    v8: process.versions.v8,
    platform: `${platform()} ${arch()} ${release()}`,
    cpu: processors[0]?.model.trim() || 'unknown',
    cores: Math.max(1, processors.length),
    memoryBytes: totalmem(),
  };
}
