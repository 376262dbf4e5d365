import type { SeenDevice } from './sysfs-tar.js';

/** Each record starts with the device's path. */
const firstLine = 'P: /devices/';

/** How far in the first record may start: shells and mail put empty lines before it. */
const blankBytesMax = 1024;

export function isUdevDatabase(bytes: Uint8Array): boolean {
  const head = Buffer.from(bytes.subarray(0, blankBytesMax + firstLine.length)).toString('latin1');
  return head.trimStart().startsWith(firstLine);
}

/**
 * The devices in the output of `udevadm info --export-db` (udevadm(8)): records parted by empty lines, `P:` with the path, `E:` with
 * properties. DRIVER is the driver's name, which is often but not always the kernel module's, so it is left out.
 */
export function seenInUdevDatabase(text: string): SeenDevice[] {
  const seen: SeenDevice[] = [];
  for (const record of text.split(/\n\s*\n/)) {
    const path = /^P: \/devices\/(.+)$/m.exec(record)?.[1]?.trim();
    const modalias = /^E: MODALIAS=(.+)$/m.exec(record)?.[1]?.trim();
    if (path !== undefined && modalias !== undefined) seen.push({ path, modalias, driver: undefined });
  }
  return seen;
}
