/** What may be unpacked at most, in bytes: the largest kernel packages are near 1.5 GB unpacked. */
export const unpackedBytesMax = 4 * 1024 ** 3;
