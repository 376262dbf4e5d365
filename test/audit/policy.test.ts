import { describe, expect, it } from 'vitest';
import { defaultLoaderPolicy } from '#audit';

describe('a machine of which nothing else is said', () => {
  it("looks where suse-module-tools' depmod.conf has depmod look, in its order", () => {
    // depmod.d/00-system.conf: what weak-modules2 links comes after what a package put into updates/ or extra/.
    expect(`search ${defaultLoaderPolicy.searchOrder.join(' ')}`).toBe(
      'search updates extra weak-updates kgraft built-in',
    );
  });

  it("loads what is unsigned or unsupported, as openSUSE's kernels do, and links kernel modules from any directory", () => {
    // CONFIG_MODULE_SIG without CONFIG_MODULE_SIG_FORCE taints; modprobe.d has allow_unsupported_modules 1.
    expect(defaultLoaderPolicy).toMatchObject({
      signatures: 'taint',
      unsupportedModules: 'allow',
      enrolledKeys: [],
      weakModules: 'weak-modules2-any-directory',
    });
  });
});
