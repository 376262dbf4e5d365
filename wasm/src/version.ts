/** One pinned input of the build. */
export interface SourceVersion {
  readonly name: string;
  readonly version: string;
  /** sha256 of the archive that was unpacked, in hex; of a source directory, of its files. */
  readonly sha256: string;
  /** sha256 of the files that were compiled, patches included, in hex. */
  readonly treeSha256: string;
  /** Whether it is the archive that the pin names; false for a source directory, and where only what Debian carries now was to be had. */
  readonly pinned: boolean;
}

/** An experiment on libsolv that is in the module. */
export interface AppliedPatch {
  readonly name: string;
  /** sha256 of the patch, in hex. */
  readonly sha256: string;
}

export interface Version {
  readonly build: 'release' | 'counting';
  /** libsolv's own version, such as `0.7.32`. */
  readonly libsolv: string;
  /** In the order they were applied; none in the modules of this package. */
  readonly patches: readonly AppliedPatch[];
  readonly sources: readonly SourceVersion[];
  /** First line of `emcc --version`. */
  readonly compiler: string;
  /** sha256 of everything the module was built from (sources, shim, flags, compiler), in hex. */
  readonly inputsSha256: string;
  /** sha256 of the module's code, without the record of these facts inside it, in hex. */
  readonly moduleSha256: string;
}
