import { InputError } from '#errors';

/** `__NEW_UTS_LEN` of include/uapi/linux/utsname.h: what `uname -r` can hold. */
const releaseLengthMax = 64;

/**
 * Whether a text can be a kernel's release. Files and directories are named by it, so it is no more than what versions are written with:
 * the kernel's build takes `a-z A-Z 0-9 . _ + ~ -` and distributions keep to these.
 */
export function isRelease(text: string): boolean {
  return text.length <= releaseLengthMax && /^[A-Za-z0-9][A-Za-z0-9._+~-]*$/.test(text);
}

export const releaseForm = `a release such as 6.1.0-53-amd64: at most ${releaseLengthMax} of letters, digits and . _ + ~ -`;

/** @throws InputError `invalid` where it is none */
export function checkedRelease(release: string, file: string): string {
  if (isRelease(release)) return release;
  throw new InputError('invalid', `"${release}" is no release of a kernel`, {
    file,
    expected: releaseForm,
    hint: 'name it with --release',
  });
}

/** Flavors become part of package names. */
export function isFlavor(text: string): boolean {
  return text === '' || isRelease(text);
}

export const flavorForm = 'a flavor such as default: letters, digits and . _ + ~ -';

/** @throws InputError `invalid` */
export function checkFlavor(flavor: string | undefined): void {
  if (flavor === undefined || isFlavor(flavor)) return;
  throw new InputError('invalid', `"${flavor}" is no flavor of a kernel`, { expected: flavorForm });
}
