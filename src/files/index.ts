export { type ContainedFile, fileBytesMax, type OnSkipped, safePath } from './archive.js';
export { pathBelow } from './below.js';
export { cacheDirectory } from './cache-directory.js';
export { type CacheFolder, cacheUse, pruneCache } from './cache-use.js';
export { claimDirectory, tryDirectory, tryNewDirectory, tryOutput } from './claim.js';
export { cleanUp } from './cleanup.js';
export {
  type Compression,
  compressGzip,
  compressionOf,
  type DecompressOptions,
  decompress,
  decompressChunks,
} from './compression.js';
export type { DocumentKind } from './document.js';
export { type Glob, globPattern } from './glob.js';
export { sha256Hex } from './hash.js';
export { parseJson } from './json.js';
export { KeptFiles } from './kept-files.js';
export { type ListOptions, listFilesSorted } from './list.js';
export { tryOwnDirectories } from './owned.js';
export {
  asInputError,
  asOutputError,
  decodeUtf8,
  hashInputFile,
  pathExists,
  type ReadOptions,
  readInputFile,
  readInputText,
} from './read.js';
export { listNamesSync, readInputTextSync } from './read-sync.js';
export { withScratch } from './scratch.js';
export { commandLine } from './shell-word.js';
export { type TarOptions, tarFiles } from './tar.js';
export {
  filesWritten,
  type WriteDirectoryOptions,
  writeDirectoryAtomic,
  writeFileAtomic,
  writeFilesAtomic,
} from './write.js';
export { parseYaml, placeInYaml } from './yaml.js';
export { compressZstd } from './zstd.js';
