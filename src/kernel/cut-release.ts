import type { KernelBuild } from './build.js';

/** Version and revision where nobody states them: the numbers in front of the release, and what stands between them and the flavor. */
export function cutRelease(release: string, flavor: string): Pick<KernelBuild, 'upstreamVersion' | 'revision'> {
  const upstreamVersion = /^\d+(\.\d+)*/.exec(release)?.[0] ?? '0';
  const rest = release.slice(upstreamVersion.length).replace(/^[-.]/, '');
  const revision = rest.endsWith(`-${flavor}`) ? rest.slice(0, -flavor.length - 1) : rest;
  return { upstreamVersion, revision: revision === '' ? '0' : revision };
}
