import { InputError } from '#errors';
import { designNamed, parseSchemeText } from '#packaging';

/** A scheme and what a build service publishes under it. */
export interface HistoryScheme {
  /** As the user wrote it. */
  readonly text: string;
  /** The scheme alone, as everything else takes it. */
  readonly scheme: string;
  /** With each kernel build every package, or the fewest that have to be built again. */
  readonly publish: 'all' | 'changed';
}

/** What histories run under unless told otherwise: the kernel as it is, the proposal, and what lies between. */
export const historySchemes = ['monolithic', 'split', 'grouped', 'modular', 'modular publish=changed'] as const;

/** The kernel that the claims are held against. */
export const baselineScheme = 'monolithic';

/**
 * `modular publish=changed`: an option of histories beside those of the scheme.
 *
 * @throws InputError for a scheme that is not there, or that no vendor's driver can be packaged for
 */
export function parseHistoryScheme(text: string): HistoryScheme {
  const { name, options } = parseSchemeText(text);
  const { publish = 'all' } = options;
  if (publish !== 'all' && publish !== 'changed') {
    throw new InputError('usage', `"publish=${String(publish)}" in scheme "${text}"`, {
      expected: 'publish=all, every package with every kernel build, or publish=changed, what must be built again',
    });
  }
  if (designNamed(name).client === 'none') {
    throw new InputError('unsupported', `scheme ${name} is of another package format`, {
      expected: 'a scheme whose packages zypper or dnf installs',
      hint: `take others with --scheme, such as ${historySchemes.map((historyScheme) => `"${historyScheme}"`).join(' ')}`,
    });
  }
  const scheme = text
    .trim()
    .split(/\s+/)
    .filter((part) => !part.startsWith('publish='))
    .join(' ');
  return { text, scheme, publish };
}

/** Whether machines with kernels of this scheme run `zypper purge-kernels`, as SUSE's distributions do. */
export function purgesKernels({ scheme }: HistoryScheme): boolean {
  return designNamed(parseSchemeText(scheme).name).client === 'zypper';
}

/**
 * How a driver from outside of the tree is packaged for kernels of a scheme: as today's external kernel module package where the kernel's
 * packages provide its symbols in that form, else as the scheme packages any kernel module.
 */
export function vendorScheme(scheme: string, driver: string): string {
  const { name, options } = parseSchemeText(scheme);
  const external = `external=${JSON.stringify([driver])}`;
  if (name === 'rhel-kmod' || (name === 'split' && options['layout'] === 'fedora')) return `rhel-kmod ${external}`;
  return symbolsAsKsym.has(name) ? `suse-kmp ${external}` : scheme;
}

/** Schemes whose kernel and KMPs together provide `ksym(flavor:symbol) = crc` for every symbol. */
const symbolsAsKsym = new Set(['modular', 'monolithic', 'split', 'grouped', 'kabi-in-name', 'suse-kmp']);
