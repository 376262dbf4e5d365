import type { LoaderPolicy } from '#run-document';

/** A SUSE system with weak-modules2 as the proposal needs it, that lets everything in; depmod's order is that of suse-module-tools. */
export const defaultLoaderPolicy: LoaderPolicy = {
  weakModules: 'weak-modules2-any-directory',
  searchOrder: ['updates', 'extra', 'weak-updates', 'kgraft', 'built-in'],
  unsupportedModules: 'allow',
  signatures: 'taint',
  enrolledKeys: [],
};
