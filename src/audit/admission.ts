import { acceptsVermagic, type KernelModule } from '#kernel';
import type { LoaderPolicy, Taint } from '#run-document';
import type { BootableKernel, InstalledModule } from './payload.js';
import { keyOf } from './signing.js';

/** A refusal for what a kernel module is, whatever it imports. */
export type Refusal =
  | { readonly reason: 'unsupported'; readonly support: 'unsupported' | null }
  | { readonly reason: 'signature'; readonly key: string | null }
  | { readonly reason: 'vermagic'; readonly found: string; readonly wanted: string };

/**
 * The checks before symbols are looked at, in their order: modprobe's `allow_unsupported_modules` (SUSE's patch of kmod), then the
 * kernel's module_sig_check() and check_modinfo(). Null when all let it pass.
 */
export function admissionRefusal(
  kernel: BootableKernel,
  { kernelModule, release }: InstalledModule,
  policy: LoaderPolicy,
): Refusal | null {
  if (policy.unsupportedModules === 'refuse' && kernel.knowsSupport && !isSupported(kernelModule)) {
    return { reason: 'unsupported', support: kernelModule.support === 'unsupported' ? 'unsupported' : null };
  }
  if (policy.signatures === 'enforce' && !isTrusted(kernel, kernelModule, release, policy)) {
    return { reason: 'signature', key: keyOf(kernelModule, release) };
  }
  return vermagicFault(kernel, kernelModule);
}

function isSupported({ support }: KernelModule): boolean {
  return support !== undefined && support !== 'unsupported';
}

function isTrusted(kernel: BootableKernel, kernelModule: KernelModule, release: string, policy: LoaderPolicy): boolean {
  const key = keyOf(kernelModule, release);
  return key !== null && (kernel.keys.has(key) || policy.enrolledKeys.includes(key));
}

function vermagicFault(kernel: BootableKernel, kernelModule: KernelModule): Refusal | null {
  const { vermagic } = kernelModule;
  if (kernel.vermagic === null || vermagic === null || acceptsVermagic(kernel.vermagic, kernelModule)) return null;
  return { reason: 'vermagic', found: vermagic.trim(), wanted: kernel.vermagic.trim() };
}

/** license_is_gpl_compatible() of include/linux/license.h. */
const gplCompatible = new Set([
  'GPL',
  'GPL v2',
  'GPL and additional rights',
  'Dual BSD/GPL',
  'Dual MIT/GPL',
  'Dual MPL/GPL',
]);

export function isGplCompatible({ license }: KernelModule): boolean {
  return license !== null && gplCompatible.has(license);
}

/** What loading it would taint the kernel with. A kernel that signs nothing itself does not ask others for signatures. */
export function taintsOf(
  kernel: BootableKernel,
  { kernelModule, release }: InstalledModule,
  policy: LoaderPolicy,
): Taint[] {
  const { inTree, support } = kernelModule;
  return [
    ...(isGplCompatible(kernelModule) ? [] : (['proprietary'] as const)),
    ...(inTree ? [] : (['outOfTree'] as const)),
    ...(kernel.keys.size === 0 || isTrusted(kernel, kernelModule, release, policy) ? [] : (['unsigned'] as const)),
    ...(kernel.knowsSupport && !isSupported(kernelModule) ? (['unsupported'] as const) : []),
    ...(kernel.knowsSupport && support === 'external' ? (['externalSupport'] as const) : []),
  ];
}
