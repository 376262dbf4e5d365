import type { KernelBuild } from './build.js';

/**
 * Version and revision where nobody states them: the numbers in front of the release, and what stands between them and the flavor. A revision is
 * also a package's release, in which a dash cannot stand: `6.1.0-50-cloud-amd64` without a flavor has the revision `50.cloud`.
 */
export function cutRelease(release: string, flavor: string): Pick<KernelBuild, 'upstreamVersion' | 'revision'> {
  const upstreamVersion = /^\d+(\.\d+)*/.exec(release)?.[0] ?? '0';
  const rest = release.slice(upstreamVersion.length).replace(/^[-.]/, '');
  const revision = rest.endsWith(`-${flavor}`) ? rest.slice(0, -flavor.length - 1) : rest;
  const fit = revision.replaceAll(/[^A-Za-z0-9._+~^]+/g, '.').replace(/^[._+~^]+/, '');
  return { upstreamVersion, revision: fit === '' ? '0' : fit };
}
