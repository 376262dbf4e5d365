#!/usr/bin/env bash
# Which kernel modules real dracut puts into an initrd: the installkernel() of its own modules, called as dracut calls it, into an empty
# directory. What it would ask this machine is answered by the caller: the kernel modules that its modaliases match (a file of names, or
# "generic" for a machine of any kind), a block device, and an ext4 root.
#
# dracut-modules.sh DESTINATION /lib/modules/RELEASE HOST DRACUT-MODULE...
destination=$1 tree=$2 host=$3
shift 3
export dracutbasedir=/usr/lib/dracut initdir=$destination DRACUT_ARCH=x86_64 DRACUT_TMPDIR=$destination.tmp
export DRACUT_INSTALL=$dracutbasedir/dracut-install kernel=${tree##*/} hostonly= hostonly_mode=sloppy
mkdir -p "$destination" "$DRACUT_TMPDIR"
if [[ $host != generic ]]; then
  export hostonly=-h DRACUT_KERNEL_MODALIASES=$host
fi
declare -A host_fs_types=([/dev/root]=ext4)
. "$dracutbasedir/dracut-init.sh"
srcmods=$tree
for_each_host_dev_and_slaves_all() { return 0; }
for_each_host_dev_fs() { "$1" /dev/root ext4; }
inst_multiple() { :; }
for one in "$@"; do
  . "$dracutbasedir"/modules.d/[0-9][0-9]"$one"/module-setup.sh
  installkernel
done
find "$destination" -name '*.ko*' | sed -E 's:.*/::; s:\.ko.*::; y:-:_:' | sort -u
