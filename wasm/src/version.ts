/** One pinned input of the build. */
export interface SourceVersion {
  readonly name: string;
  readonly version: string;
  /** sha256 of the archive that was built, in hex. */
  readonly sha256: string;
  /** Whether it is the archive that the pin names; false if Debian had moved on and its current one was taken. */
  readonly pinned: boolean;
}

export interface Version {
  readonly build: 'release' | 'counting';
  /** libsolv's own version, such as `0.7.32`. */
  readonly libsolv: string;
  readonly sources: readonly SourceVersion[];
  /** First line of `emcc --version`. */
  readonly compiler: string;
  /** sha256 of everything the module was built from (sources, shim, flags, compiler), in hex. */
  readonly inputsSha256: string;
  /** sha256 of the module's code, without the record of these facts inside it, in hex. */
  readonly moduleSha256: string;
}
