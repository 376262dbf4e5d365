/** The name under which modprobe knows a kernel module: `-` and `_` are the same to it, and it prints `_`. */
export function modprobeName(name: string): string {
  return name.replaceAll('-', '_');
}

/** The kernel module's name by its file: `kernel/fs/nfs_common/nfs-acl.ko.xz` is `nfs_acl`. */
export function moduleName(path: string): string {
  return modprobeName(path.slice(path.lastIndexOf('/') + 1).replace(/\.ko(\.[a-z]+)?$/, ''));
}
