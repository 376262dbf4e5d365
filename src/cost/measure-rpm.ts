import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { listFilesSorted } from '#files';
import type { Costs } from './document.js';
import type { MeasureOptions } from './measure-trees.js';
import { nothing, type Point, timed, tool } from './timing.js';

const sizes = [1, 100, 1000, 4000];
/** Packages that are installed one by one on top of those that are there. */
const oneByOne = 10;

type RpmCurves = Pick<
  Costs['measured'],
  'rpmOneTransaction' | 'rpmOnePackage' | 'rpmOnePackageCommonName' | 'rpmQuery'
>;

/** Real rpm with real packages of one small file, into a new root with a new database. Without scriptlets: those are counted apart. */
export async function measureRpm({ scratch, samples, onProgress }: MeasureOptions): Promise<RpmCurves> {
  const most = sizes.at(-1) ?? 0;
  const distinct = await build(join(scratch, 'distinct'), most + oneByOne, false, onProgress);
  const common = await build(join(scratch, 'common'), most + oneByOne, true, onProgress);
  const together: Point[] = [];
  const apart: Point[] = [];
  const apartCommon: Point[] = [];
  const query: Point[] = [];
  for (const size of sizes) {
    onProgress(`rpm with ${size} packages`);
    const fresh = (): Promise<Root> => Root.create(join(scratch, 'root'));
    let root = await fresh();
    const again = async (): Promise<void> => {
      root = await fresh();
    };
    const few = size > 1000 ? 1 : samples;
    together.push(await timed(size, few, again, () => root.install(distinct.slice(0, size))));
    query.push(await timed(size, oneByOne, nothing, () => root.ask('m00001')));
    apart.push(await onePackageMore(root, distinct, size));
    root = await fresh();
    await root.install(common.slice(0, size));
    apartCommon.push(await onePackageMore(root, common, size));
  }
  await rm(join(scratch, 'root'), { recursive: true, force: true });
  const unit = 'packages installed already';
  const what = 'rpm -i --nodeps --noscripts of one package';
  return {
    rpmOneTransaction: {
      what: 'rpm -i --nodeps --noscripts of all packages at once, one file each',
      unit: 'packages',
      points: together,
    },
    rpmOnePackage: { what: `${what}, one file each`, unit, points: apart },
    rpmOnePackageCommonName: {
      what: `${what}, which like all others also has a file COPYING`,
      unit,
      points: apartCommon,
    },
    rpmQuery: { what: 'rpm -qa of one name, without digests and signatures', unit, points: query },
  };
}

/** Seconds for one package more, on top of so many. */
async function onePackageMore(root: Root, rpms: readonly string[], installed: number): Promise<Point> {
  let next = installed;
  const install = (): Promise<unknown> => root.install(rpms.slice(next - 1, next));
  return timed(installed, oneByOne, async () => void next++, install);
}

class Root {
  readonly #options: readonly string[];

  private constructor(directory: string) {
    this.#options = ['--root', directory, '--dbpath', '/var/lib/rpm'];
  }

  static async create(directory: string): Promise<Root> {
    await rm(directory, { recursive: true, force: true });
    await mkdir(join(directory, 'var/lib/rpm'), { recursive: true });
    const root = new Root(directory);
    await tool('rpm', [...root.#options, '--initdb']);
    return root;
  }

  /** As find_kmps of weak-modules2 asks. */
  ask(name: string): Promise<unknown> {
    return tool('rpm', [...this.#options, '-qa', '--qf', '%{n}-%{v}-%{r}\\n', '--nodigest', '--nosignature', name]);
  }

  install(rpms: readonly string[]): Promise<unknown> {
    return tool('rpm', [...this.#options, '-i', '--nodeps', '--noscripts', '--ignorearch', '--nosignature', ...rpms]);
  }
}

async function build(
  directory: string,
  packages: number,
  commonName: boolean,
  onProgress: (what: string) => void,
): Promise<string[]> {
  onProgress(`rpmbuild of ${packages} packages${commonName ? ' with a file of one name' : ''}`);
  await mkdir(directory, { recursive: true });
  const numbers = Array.from({ length: packages }, (_, index) => String(index + 1).padStart(5, '0'));
  const module = (number: string): string => `/lib/modules/1-default/kernel/m${number}.ko`;
  const licence = (number: string): string => `/usr/share/licenses/m${number}/COPYING`;
  const files = (number: string): string[] => [module(number), ...(commonName ? [licence(number)] : [])];
  const spec = join(directory, 'many.spec');
  await writeFile(
    spec,
    `Name: many
Version: 1
Release: 1
Summary: Many packages
License: MIT
AutoReqProv: no
%global debug_package %{nil}
%global __os_install_post %{nil}
%description
Many.
${numbers.map((number) => `%package -n m${number}\nSummary: m\n%description -n m${number}\nm\n%files -n m${number}\n${files(number).join('\n')}`).join('\n')}
%install
mkdir -p %{buildroot}/lib/modules/1-default/kernel
seq -f %%05g ${packages} | while read n; do
echo $n > %{buildroot}/lib/modules/1-default/kernel/m$n.ko
${commonName ? 'mkdir -p %{buildroot}/usr/share/licenses/m$n; echo text > %{buildroot}/usr/share/licenses/m$n/COPYING' : ':'}
done
`,
  );
  await tool('rpmbuild', [
    '-bb',
    '--quiet',
    '--define',
    `_topdir ${directory}`,
    '--define',
    '_build_id_links none',
    spec,
  ]);
  const rpms = join(directory, 'RPMS');
  return (await listFilesSorted(rpms)).map((file) => join(rpms, file));
}
