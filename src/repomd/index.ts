export {
  type AdvisedPackage,
  type Advisory,
  type AdvisoryReference,
  type AdvisoryType,
  type Suggestion,
  updateinfoDocument,
} from './advisory.js';
export type { RepositoryFile } from './index-document.js';
export { type MetadataCompression, writtenGzipBytes } from './metadata-file.js';
export { joinParts, type RepositoryPart, writePart } from './parts.js';
export { primaryDocument, type RenderedPackages } from './primary-document.js';
export {
  defaultLimitOpenBytes,
  metadataOf,
  type ReadMetadata,
  type ReadRepository,
  type ReadRepositoryOptions,
  readRepository,
} from './read.js';
export { type ReadAdvisories, readAdvisories } from './read-advisories.js';
export type { PackageSource } from './render.js';
export { isOwnRepository, type WriteOptions, type WrittenRepository, writeRepository } from './write.js';
