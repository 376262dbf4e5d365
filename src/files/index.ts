export { type ContainedFile, fileBytesMax, type OnSkipped, safePath } from './archive.js';
export {
  type Compression,
  compressGzip,
  compressionOf,
  compressZstd,
  type DecompressOptions,
  decompress,
  decompressChunks,
} from './compression.js';
export type { DocumentKind } from './document.js';
export { globPattern } from './glob.js';
export { sha256Hex } from './hash.js';
export { parseJson } from './json.js';
export { type ListOptions, listFilesSorted } from './list.js';
export { asInputError, decodeUtf8, pathExists, type ReadOptions, readInputFile, readInputText } from './read.js';
export { commandLine } from './shell-word.js';
export { type TarOptions, tarFiles } from './tar.js';
export { type WriteDirectoryOptions, writeDirectoryAtomic, writeFileAtomic } from './write.js';
export { parseYaml, placeInYaml } from './yaml.js';
