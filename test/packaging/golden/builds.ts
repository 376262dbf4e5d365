import { type KernelBuild, loadBuiltinKernel } from '#kernel';

const wanted =
  /\/(net\/ethernet\/(intel|realtek)|net\/(phy|mdio|usb)|netfilter|sound\/pci\/hda|xfrm|crypto|ext4|jbd2|usb\/storage)\//;

/** Two of Debian's builds, whole, without what a vendor says it supports: that would say how layers are cut. */
export async function wholeBuilds(): Promise<readonly KernelBuild[]> {
  const builds = [await loadBuiltinKernel('debian-6.1.0-53-amd64'), await loadBuiltinKernel('debian-6.1.0-54-amd64')];
  return builds.map((build) => ({ ...build, modules: build.modules.map(({ support, ...one }) => one) }));
}

/** A part of them that packages in milliseconds, also of another flavor and without checksums. */
export async function partialBuilds(): Promise<Readonly<Record<string, readonly KernelBuild[]>>> {
  const part = (await wholeBuilds()).map(inPart);
  const [first] = part;
  if (first === undefined) throw new Error('no build');
  return { part, flavor: [asFlavor(first)], 'without checksums': [withoutChecksums(first)] };
}

/** With one driver from outside of the tree, signed by somebody else. */
function inPart(build: KernelBuild): KernelBuild {
  const modules = build.modules.filter(({ path }) => wanted.test(path));
  const imported = new Set(modules.flatMap(({ imports }) => imports.map(({ name }) => name)));
  return {
    ...build,
    image: { ...build.image, exports: build.image.exports.filter(({ name }) => imported.has(name)) },
    modules: modules.map((one) => (one.name === 'r8169' ? { ...one, inTree: false, signer: 'Acme' } : one)),
  };
}

function asFlavor(build: KernelBuild): KernelBuild {
  return { ...build, flavor: 'rt', release: build.release.replace(/-[^-]+$/, '-rt') };
}

function withoutChecksums(build: KernelBuild): KernelBuild {
  const stripped = <Part extends KernelBuild['image'] | KernelBuild['modules'][number]>(part: Part): Part => ({
    ...part,
    exports: part.exports.map((symbol) => ({ ...symbol, crc: null })),
  });
  return {
    ...build,
    modversions: false,
    image: stripped(build.image),
    modules: build.modules.map((one) => ({ ...stripped(one), imports: [] })),
  };
}
