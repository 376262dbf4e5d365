/** The name under which modprobe knows a kernel module: `-` and `_` are the same to it, and it prints `_`. */
export function modprobeName(name: string): string {
  return name.replaceAll('-', '_');
}

/** `kernel/fs/nfs_common/nfs-acl` of `kernel/fs/nfs_common/nfs-acl.ko.xz`. */
export function modulePathStem(path: string): string {
  return path.replace(/\.ko(\.[a-z]+)?$/, '');
}

/** The file's own spelling, `nfs-acl`. */
export function moduleFileName(path: string): string {
  return modulePathStem(path.slice(path.lastIndexOf('/') + 1));
}

/** The kernel module's name by its file: `kernel/fs/nfs_common/nfs-acl.ko.xz` is `nfs_acl`. */
export function moduleName(path: string): string {
  return modprobeName(moduleFileName(path));
}

/** A file of a package, an archive or a root that is a kernel module: whose kernel's, and where below its directory; null for others. */
export function installedModuleFile(path: string): { readonly release: string; readonly path: string } | null {
  const [, release, below] = /^\/?(?:usr\/)?lib\/modules\/([^/]+)\/(.+\.ko(?:\.(?:gz|xz|zst))?)$/.exec(path) ?? [];
  return release === undefined || below === undefined ? null : { release, path: below };
}

/**
 * Whether every JavaScript object has a property of this name, as `constructor` or `__proto__`: tables by name, those of libraries
 * among them, would take it for that. No kernel has such a kernel module.
 */
export function isReservedName(name: string): boolean {
  return name in Object.prototype;
}
