import { type ExportedSymbol, type ImportedSymbol, type KernelModule, moduleFileName } from '#kernel';
import { signedElsewhere } from '../algorithms/external.js';
import { hardwareAliases, redhatAliases, redhatDriverVersion } from '../algorithms/hardware-aliases.js';
import { crcHex8, crcText } from '../parts/capability.js';
import type { KernelContext } from './kernel-context.js';
import type { Item } from './package-subject.js';
import { exportedBy, type PackageSubject } from './package-subject.js';

/** What a dependency can be written once for. */
export type Loop = {
  readonly about: string;
  /** What the dependency may say of each, beside what every package has. */
  readonly placeholders: Readonly<Record<string, string>>;
} & (
  | { readonly items: (subject: PackageSubject, kernel: KernelContext) => readonly Item[] }
  | {
      readonly symbols: (
        subject: PackageSubject,
        kernel: KernelContext,
      ) => readonly (ExportedSymbol | ImportedSymbol)[];
    }
);

const symbol = {
  symbol: 'its name',
  crc: 'its checksum in lower-case hex, as SUSE writes it',
  crc8: 'the same with 0x and eight digits, as Red Hat writes it',
};

export function symbolItem(name: string, crc: number): Item {
  return { symbol: name, crc: crcText(crc), crc8: crcHex8(crc) };
}

const file = { file: 'its file without suffix', module: 'its name' };

function fileItem(path: string): Item {
  const base = moduleFileName(path);
  return { file: base, module: base.replaceAll('-', '_') };
}

const other = {
  package: 'name of that package',
  'package.version': 'its version',
  'package.release': 'its release',
};

export function packageItem({ name, version, release }: PackageSubject): Item {
  return { package: name, 'package.version': version, 'package.release': release };
}

export const packageLoop = { about: 'package of a kind of the design, by its key', placeholders: other };

function dependencies(subject: PackageSubject, kernel: KernelContext, ownToo: boolean): Item[] {
  return subject.held
    .flatMap((kernelModule) => kernel.index.dependsOf(kernelModule))
    .flatMap((needed): Item[] => {
      const holder = kernel.holderOf(needed);
      return holder === undefined || (holder === subject && !ownToo) ? [] : [dependencyItem(needed, holder, kernel)];
    });
}

/** Made once for all that need it. */
function dependencyItem(needed: KernelModule, holder: PackageSubject, { needs }: KernelContext): Item {
  let item = needs.get(needed);
  if (item === undefined) {
    item = { ...packageItem(holder), ...fileItem(needed.path) };
    needs.set(needed, item);
  }
  return item;
}

const set = { class: 'directory or kernel module that it is of', hash: 'its hash' };

export const loops: Readonly<Record<string, Loop>> = {
  module: {
    about: 'kernel module that the package holds',
    placeholders: file,
    items: ({ held }) => held.map(({ path }) => fileItem(path)),
  },
  builtin: {
    about: 'kernel module that is built into the image',
    placeholders: file,
    items: (_, { build }) => build.image.builtin.map(fileItem),
  },
  export: {
    about: 'symbol with a checksum that the package exports',
    placeholders: symbol,
    symbols: exportedBy,
  },
  import: {
    about: 'symbol that the package imports from others',
    placeholders: symbol,
    symbols({ held }) {
      const [first] = held;
      if (first === undefined) return [];
      // The road of nearly all packages; a kernel module never imports what it exports.
      if (held.length === 1) return first.imports;
      const own = new Set(held.flatMap(({ exports }) => exports.map(({ name }) => name)));
      return held.flatMap(({ imports }) => imports.filter(({ name }) => !own.has(name)));
    },
  },
  hardware: {
    about: 'alias of hardware, encoded and merged as rpm-config-SUSE does',
    placeholders: { alias: 'the alias' },
    items: ({ held }) => hardwareAliases(held.flatMap(({ aliases }) => aliases)).map((alias) => ({ alias })),
  },
  redhatHardware: {
    about: "alias of hardware as Red Hat's modalias.prov writes it",
    placeholders: { alias: 'the alias', driver: "the driver's version, empty where it states none" },
    items: ({ held }) =>
      held.flatMap(({ aliases, driverVersion }) => {
        const driver = redhatDriverVersion(driverVersion);
        return redhatAliases(aliases).map((alias) => ({ alias, driver }));
      }),
  },
  dependency: {
    about: 'kernel module in another package that depmod says is needed',
    placeholders: { ...file, ...other },
    items: (subject, kernel) => dependencies(subject, kernel, false),
  },
  anyDependency: {
    about: 'kernel module that depmod says is needed, one of the same package too',
    placeholders: { ...file, ...other },
    items: (subject, kernel) => dependencies(subject, kernel, true),
  },
  softdep: {
    about: 'other package that a soft dependency names',
    placeholders: other,
    items: (subject, kernel) => kernel.softdepsOf(subject).map(packageItem),
  },
  softdepOf: {
    about: 'other package that names this one in a soft dependency',
    placeholders: other,
    items: (subject, kernel) => kernel.askersOf(subject).map(packageItem),
  },
  foreign: {
    about: 'kernel module from outside of the tree that is signed',
    placeholders: file,
    items: ({ about }) => about.filter(signedElsewhere).map(({ path }) => fileItem(path)),
  },
  ownSet: {
    about: 'set of symbols that the package exports into, with older ones that still hold',
    placeholders: set,
    items: ({ image, held }, { sets }) =>
      [...(image ? (['vmlinux'] as const) : []), ...held].flatMap((exporter) =>
        (sets?.providedBy(exporter) ?? []).map(setItem),
      ),
  },
  neededSet: {
    about: 'set of symbols that the package imports from',
    placeholders: set,
    items: ({ held }, { sets }) => held.flatMap((kernelModule) => (sets?.neededBy(kernelModule) ?? []).map(setItem)),
  },
};

function setItem({ class: className, hash }: { readonly class: string; readonly hash: string }): Item {
  return { class: className, hash };
}
