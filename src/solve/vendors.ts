/**
 * Which vendors libzypp takes for one, so that going from one to the other is no change of vendor (zypp/VendorAttr.cc, commit 21495d9d).
 * `groups` are those of /etc/zypp/vendors.d, each the `vendors` line of a file; groups with an entry in common are one. Capitals do not
 * count. A vendor belongs to the group that has its longest beginning; one that begins with `opensuse` only to a group that names it in full.
 * Built in is a group of everything that begins with `suse`.
 *
 * Returns what is equal for equivalent vendors: a group's number, or the vendor in small letters where no group has it.
 */
export function vendorClasses(groups: readonly (readonly string[])[]): (vendor: string) => string {
  const numbers = new Map([['suse', 0]]);
  groups.forEach((group, index) => {
    const entries = group.map((entry) => entry.trim().toLowerCase()).filter((entry) => entry !== '');
    const joined = new Set(entries.map((entry) => numbers.get(entry)));
    for (const [entry, number] of numbers) if (joined.has(number)) numbers.set(entry, index + 1);
    for (const entry of entries) numbers.set(entry, index + 1);
  });
  return (vendor) => {
    const small = vendor.toLowerCase();
    const entries = small.startsWith('opensuse')
      ? [...numbers.keys()].filter((entry) => entry === small)
      : [...numbers.keys()].filter((entry) => small.startsWith(entry));
    const [longest] = entries.sort((a, b) => b.length - a.length);
    return longest === undefined ? small : `group ${numbers.get(longest)}`;
  };
}

/** Each vendor as the first one of its class that was asked for: libsolv then sees no change where libzypp sees none. */
export function vendorRepresentatives(groups: readonly (readonly string[])[]): (vendor: string) => string {
  const classOf = vendorClasses(groups);
  const first = new Map<string, string>();
  return (vendor) => {
    const known = first.get(classOf(vendor));
    if (known === undefined) first.set(classOf(vendor), vendor);
    return known ?? vendor;
  };
}
