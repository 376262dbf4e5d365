import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { designNamed, kernelPackages, packageBuilds, readyDesigns } from '#packaging';
import { kernel } from '../support/kernel.js';
import { bare, driverStack, named, names, refusal, texts } from '../support/package-set.js';

const scratch = mkdtempSync(join(tmpdir(), 'kmplab-designs-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

/** A design's file; names are distinct, because a file is read once. */
function design(name: string, text: string): string {
  const file = join(scratch, `${name}.yaml`);
  writeFileSync(file, `about: a test\nquestion: Does it hold?\n${text}`);
  return file;
}

const complete = `source: a test
client: none
weakModules: none
kernelPackages: [kernel]
packages:
  kernel: { for: kernel, image: true, holds: [all], name: kernel }
`;

describe('a design of the user', () => {
  test('changes, adds and drops what a ready one has, wherever a scheme name does', () => {
    const file = design(
      'mine',
      `extends: modular hardRequires=true
packages:
  kmp:
    replace: { supplements: { "modalias(kernel-{flavor}:{alias})": "modalias({kernel.name}-{kernel.version}:{alias})" } }
    drop: { provides: [multiversion(kernel)] }
    add: { requires: ["own({file})"] }
  all: { for: kernel, name: every-kmp, requires: [{ each: kmp, as: "{package} = {package.version}-{package.release}" }] }
`,
    );
    const made = packageBuilds(`${file} contents=boot`, [driverStack], bare);
    const r8169 = named(made, 'r8169-kmp-default');
    expect(texts(r8169, 'supplements')).toEqual([
      'modalias(kernel-default-6.1.0:pci:v000010ECd00008168sv*sd*bc*sc*i*)',
    ]);
    expect(texts(r8169, 'requires')).toContain('libphy-kmp-default = 6.1.0');
    expect(texts(r8169, 'requires')).toContain('own(r8169)');
    expect(texts(r8169, 'provides')).not.toContain('multiversion(kernel)');
    // contents=boot left the disk's file system and its helpers to the kernel package.
    expect(names(made)).not.toContain('btrfs-kmp-default');
    expect(texts(named(made, 'every-kmp'), 'requires')).toContain('r8169-kmp-default = 6.1.0-53');
    expect(kernelPackages(file, 'rt')).toEqual(['kernel-rt']);
  });

  test.each<[string, string, readonly string[]]>([
    ['an unknown key', `${complete}weakModule: none\n`, ['9:1', 'unknown key "weakModule"', 'write "weakModules"']],
    [
      'an unknown placeholder',
      complete.replace('name: kernel }', 'name: "kernel-{flavour}" }'),
      ['8:', '{flavour}', 'write "{flavor}"'],
    ],
    [
      'a brace of nothing',
      complete.replace('name: kernel }', 'name: "kernel-{" }'),
      ['8:', 'a brace that is no placeholder'],
    ],
    [
      'an unknown loop',
      complete.replace('name: kernel }', 'name: k, requires: [{ each: imports, as: "a" }] }'),
      ['8:', '"imports"', 'write "import"'],
    ],
    [
      'no dependency',
      complete.replace('name: kernel }', 'name: k, requires: ["a b c d"] }'),
      ['8:', 'is not a dependency'],
    ],
    ['a rich dependency cut off', complete.replace('name: kernel }', 'name: k, requires: ["(a if {uname}"] }'), ['8:']],
    [
      'a name that rpm forbids',
      complete.replace('name: kernel }', 'name: "a b" }'),
      ['8:', 'rpm forbids "a b" as name'],
    ],
    [
      'an edit of what is not there',
      'extends: modular\npackages: { kmp: { drop: { requires: ["ksyn({symbol})"] } } }\n',
      ['4:', 'no dependency "ksyn({symbol})"'],
    ],
    [
      'a package to leave out that is not there',
      'extends: modular\npackages: { kmps: }\n',
      ['4:', '"kmps"', 'write "kmp"'],
    ],
    [
      'an option that the extended design has not',
      'extends: modular hardRequire=true\n',
      ['3:', 'has no option "hardRequire"', 'write "hardRequires"'],
    ],
    ['a design that is not there', 'extends: modula\n', ['3:', 'there is no scheme "modula"', 'write "modular"']],
    ['half a design', 'client: none\n', ['this design is not complete']],
    [
      'a reference to a package below',
      `${complete}  other: { for: kernel, name: "{late.name}" }\n  late: { for: kernel, name: b }\n`,
      ['9:', '{late.name}'],
    ],
  ])('with %s is refused with its place', (what, text, words) => {
    const file = design(what.replaceAll(' ', '-'), text);
    const { message } = refusal(() => packageBuilds(file, [driverStack], bare));
    for (const word of [file, ...words]) expect(message).toContain(word);
  });

  test('that extends itself, through another, is refused', () => {
    const file = design('snake', 'extends: ./tail.yaml\n');
    design('tail', 'extends: ./snake.yaml\n');
    expect(refusal(() => designNamed(file)).message).toContain('extends itself');
  });

  test('that unfolds to 10^8 dependencies is refused in bounded time, with the line', () => {
    const modules = Object.fromEntries(
      Array.from({ length: 10_000 }, (_, index) => [`m${index}`, { path: `kernel/lib/m${index}.ko` }]),
    );
    const file = design(
      'bomb',
      `${complete.replace('holds: [all], ', '')}  kmp: { for: module, name: "{file}-kmp", requires: [{ each: kmp, as: "{package}" }] }\n`,
    );
    const { code, message } = refusal(() => packageBuilds(file, [kernel({ modules })], bare));
    expect(code).toBe('too-large');
    expect(message).toContain(`${file}:9:`);
  });

  test('whose kernel and KMPs require each other is noted with the line', () => {
    const imported = { imports: ['kmalloc'] };
    const modules = Object.fromEntries(
      Array.from({ length: 150 }, (_, index) => [`m${index}`, { path: `kernel/lib/m${index}.ko`, ...imported }]),
    );
    const build = kernel({ image: { kmalloc: 1 }, modules });
    const circle = (as: string): string =>
      `extends: modular\npackages: { kernel: { requires: [{ each: kmp, as: "${as}" }] } }\n`;
    const hard = design('circle', circle('{package}'));
    const soft = design('rich-circle', circle('({package} if {package})'));
    for (const file of [hard, soft]) {
      const { notes = [] } = packageBuilds(file, [build], bare);
      expect(notes).toHaveLength(1);
      expect(notes[0]).toContain(`${file}:4:`);
      expect(notes[0]).toContain('kernel-default and 150 packages require each other');
    }
    expect(packageBuilds('companion', [build], bare).notes).toBeUndefined();
  });
});

test('ready designs are named after their files, and packages can be made of each', () => {
  for (const { name } of readyDesigns()) {
    expect(designNamed(name).name).toBe(name);
    expect(packageBuilds(name, [driverStack]).packages.length).toBeGreaterThan(0);
  }
});
