/**
 * A kernel build as facts: what the image exports, and for every kernel module what it exports, imports, drives and needs.
 * This is the first document of the lab; every later stage starts from it. It knows nothing of packages.
 */

/**
 * The checksum genksyms computed over a symbol's type, unsigned 32 bits. An exporter without a table of checksums
 * (CONFIG_MODVERSIONS off) has `null`: then nothing but the vermagic ties an importer to it. 0 is a number like others: what the table
 * holds where genksyms could not compute one. See `acceptsVersion` for what the kernel makes of each.
 */
export type Crc = number;

export interface ExportedSymbol {
  readonly name: string;
  readonly crc: Crc | null;
  /** EXPORT_SYMBOL_GPL: only kernel modules with a GPL-compatible licence may import it. */
  readonly gplOnly: boolean;
  /** EXPORT_SYMBOL_NS: the importer must name it (`import_ns` in its .modinfo). */
  readonly namespace: string | null;
}

/** A symbol the kernel module expects of others, with the checksum it was compiled against (its `__versions` section). */
export interface ImportedSymbol {
  readonly name: string;
  readonly crc: Crc;
}

export interface Softdeps {
  /** Names of kernel modules, or aliases, to try before this one. */
  readonly pre: readonly string[];
  readonly post: readonly string[];
}

/** How a kernel module was signed, as `modinfo` words it. The signature itself is not kept: it is as large as all other facts together. */
export interface Signature {
  /** `sig_id`: how the signature is encoded. */
  readonly format: 'PGP' | 'X509' | 'PKCS#7';
  /** `sig_key`: which key. The serial number of its certificate, or its identifier; bytes in hexadecimal parted by colons. */
  readonly keyId: string;
  /** `sig_hashalgo`: `sha256`. */
  readonly hashAlgorithm: string;
}

/**
 * What the vendor promises for a kernel module, as SUSE's supported.conf has it. `base`: also in the minimal package. `external`: supported
 * by somebody else.
 */
export type Support = 'base' | 'supported' | 'unsupported' | 'external';

export interface KernelModule {
  /** As modprobe names it: `-` is `_`, no suffix. Unique within a build. */
  readonly name: string;
  /** File below `/lib/modules/<release>/`, with its real suffix: `kernel/drivers/net/ethernet/intel/e1000e/e1000e.ko`. */
  readonly path: string;
  /** Size of the uncompressed ELF file. */
  readonly bytes: number;
  /** Size of the ELF file compressed on its own, zstd level 19; `null` where the importer was not asked to measure it. */
  readonly compressedBytes: number | null;
  /** Sorted by name. */
  readonly exports: readonly ExportedSymbol[];
  /** Sorted by name. Empty in a build without MODVERSIONS. */
  readonly imports: readonly ImportedSymbol[];
  /** Direct dependencies by name, in the order of `depends=` in .modinfo. */
  readonly depends: readonly string[];
  /** Modaliases and other aliases, in file order, doubles removed. */
  readonly aliases: readonly string[];
  readonly softdeps: Softdeps;
  readonly weakdeps: readonly string[];
  readonly firmware: readonly string[];
  readonly importNamespaces: readonly string[];
  readonly license: string | null;
  /** The driver's own version string (MODULE_VERSION), where it has one. */
  readonly driverVersion: string | null;
  readonly vermagic: string | null;
  /** `intree=Y` in .modinfo. */
  readonly inTree: boolean;
  /** Name of the signing key where a signature is appended: its certificate's issuer, as modinfo has it. */
  readonly signer: string | null;
  /** Absent where none is appended, or nobody looked. */
  readonly signature?: Signature;
  /** Absent where nobody says: neither a supported.conf nor `supported=` in .modinfo. */
  readonly support?: Support;
}

export interface KernelImage {
  /** Size of the image file (vmlinuz), 0 where the source does not carry it. */
  readonly bytes: number;
  /** Sorted by name. */
  readonly exports: readonly ExportedSymbol[];
  /**
   * `symvers`: read from Module.symvers, complete. `inferred`: the imports of the kernel modules that no kernel module exports,
   * so only symbols that somebody uses, their gplOnly and namespace unknown (false, null).
   */
  readonly exportsFrom: 'symvers' | 'inferred';
  /** Paths from modules.builtin, as written there: `kernel/fs/binfmt_script.ko`. */
  readonly builtin: readonly string[];
}

export interface ImportWarning {
  readonly code:
    | 'skipped-file' // not a kernel module this reader can use
    | 'duplicate-exporter' // two kernel modules export one symbol
    | 'missing-dependency' // depends= names something that is not in the build
    | 'dependency-cycle'
    | 'malformed-section' // part of a section was unusable and left out
    | 'crc-disagreement' // an import's CRC is not the one its exporter has: the kernel would refuse this kernel module
    | 'unresolved-import' // nothing in a complete list of exports has this name
    | 'no-modversions';
  /** What it concerns: a path, a symbol. */
  readonly subject: string;
  readonly detail: string;
}

export interface KernelSource {
  readonly kind: 'modules-tree' | 'deb' | 'rpm' | 'symvers' | 'synthetic' | 'evolved';
  /** Human name of where it came from: package file names, or a directory's last part; never an absolute path. */
  readonly files: readonly { readonly name: string; readonly sha256: string | null }[];
}

export interface KernelBuild {
  readonly format: 'kmplab/kernel-build';
  readonly version: 1;
  /** `uname -r`: `6.1.0-53-amd64`. */
  readonly release: string;
  /** Version and revision under which the build was published, `6.1.187` and `1`; cut from `release` where nobody says. */
  readonly upstreamVersion: string;
  readonly revision: string;
  /** As `uname -m`: x86_64, aarch64, ppc64le, s390x. */
  readonly arch: string;
  /** What the build's configuration is called, `default`, `rt`, `cloud`: the text after the last `-` of vermagic unless the importer was told. */
  readonly flavor: string;
  readonly modversions: boolean;
  readonly image: KernelImage;
  /** Sorted by path. */
  readonly modules: readonly KernelModule[];
  /** Bytes, unpacked, of firmware files that its kernel modules name, where a distribution's are known. No part of a build's file. */
  readonly firmwareBytes?: Readonly<Record<string, number>>;
  readonly source: KernelSource;
  /** Everything that was not taken over, so that nothing is dropped in silence. */
  readonly warnings: readonly ImportWarning[];
}
