import { InputError } from '#errors';

/** Declaration, comments and root element are far below this. */
const headBytes = 64 << 10;

/**
 * Refuses what is no primary metadata at all, which libsolv would read as a repository without packages, and what announces another number
 * of packages than it has.
 *
 * @throws InputError `invalid`, `truncated` or `corrupt`
 */
export function checkPrimary(open: Uint8Array, file: string): void {
  const expected = 'primary metadata: <metadata packages="…"> with a <package> for each';
  const hint = 'fetch or generate the repository again';
  const root = rootOf(Buffer.from(open.buffer, open.byteOffset, Math.min(open.length, headBytes)).toString('utf8'));
  if (root === null) throw new InputError('corrupt', 'no XML element begins here', { file, expected, hint });
  if (!/^(?:[\w.-]+:)?metadata$/.test(root.name)) {
    throw new InputError('invalid', `the root element is <${root.name}>`, { file, expected, hint });
  }
  const announced = /\spackages\s*=\s*["'](\d{1,9})["']/.exec(root.attributes)?.[1];
  if (announced === undefined) return;
  const found = packagesIn(open, root.name.replace(/metadata$/, ''));
  if (found === Number(announced)) return;
  throw new InputError(found < Number(announced) ? 'truncated' : 'corrupt', `it has ${found} packages`, {
    file,
    expected: `${announced}, as its root element says`,
    hint,
  });
}

/** The first element, behind whatever XML lets stand before it: a byte order mark, a declaration, comments, instructions. */
function rootOf(head: string): { readonly name: string; readonly attributes: string } | null {
  const prolog = /^(?:\ufeff|\s|<\?(?:(?!\?>)[\s\S])*\?>|<!--(?:(?!-->)[\s\S])*-->)*/.exec(head)?.[0] ?? '';
  const [, name, attributes] = /^<([^\s/>!?]+)([^>]*)>/.exec(head.slice(prolog.length)) ?? [];
  return name === undefined || attributes === undefined ? null : { name, attributes };
}

/** Start tags of packages. One in a comment would count too: nobody writes such a thing. */
function packagesIn(open: Uint8Array, prefix: string): number {
  const tag = `<${prefix}package`;
  const bytes = Buffer.from(open.buffer, open.byteOffset, open.byteLength);
  let count = 0;
  for (let at = bytes.indexOf(tag); at >= 0; at = bytes.indexOf(tag, at + tag.length)) {
    const next = bytes[at + tag.length];
    // `<packager>` is an element too.
    if (next === 0x20 || next === 0x3e || next === 0x2f || next === 0x0a || next === 0x09 || next === 0x0d) count += 1;
  }
  return count;
}
