import { tarFiles } from '#files';

/** A device as one of the sources of a capture shows it. */
export interface SeenDevice {
  /** Below `/sys/devices`. */
  readonly path: string;
  readonly modalias: string;
  /** The kernel module that drives it, where the source says so. */
  readonly driver: string | undefined;
}

/**
 * The `modalias` files of an archived sysfs. Which module drives a device is behind links that lead through the whole tree and is not
 * looked for. sysfs claims 4,096 bytes for each file; tar fills what it could not read with NULs.
 */
export async function seenInTar(bytes: Uint8Array, file: string): Promise<SeenDevice[]> {
  async function* whole(): AsyncGenerator<Uint8Array> {
    yield bytes;
  }
  const wants = (path: string): boolean => path.endsWith('/modalias');
  const seen: SeenDevice[] = [];
  for await (const entry of tarFiles(whole(), { file, wants, onSkipped: () => undefined })) {
    const path = /^(?:.*\/)?devices\/(.+)\/modalias$/.exec(entry.path)?.[1];
    const modalias = Buffer.from(entry.bytes).toString('utf8').replaceAll('\0', '').trim();
    if (path !== undefined && modalias !== '') seen.push({ path, modalias, driver: undefined });
  }
  return seen;
}
