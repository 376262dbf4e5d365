/** What a shape comes to at one size, in the words of libsolv's testtags. */
export interface ShapedCase {
  readonly installed: readonly string[];
  readonly offered: readonly string[];
  /** Names to install; null: everything is updated. */
  readonly install: readonly string[] | null;
}

export interface Shape {
  readonly name: string;
  /** What `n` is. */
  readonly question: string;
  readonly of: (n: number) => ShapedCase;
}

/** Graphs of dependencies that packages of kernel modules can come to, each with one thing that grows. */
export const shapes: readonly Shape[] = [
  {
    name: 'chain',
    question: 'n packages, each requires the next',
    of: (n) =>
      offered(
        numbered(n, (i) => pkg(`p${i}`, i + 1 < n ? [`Req: p${i + 1}`] : [])),
        ['p0'],
      ),
  },
  {
    name: 'star',
    question: 'a package that requires n others',
    of: (n) => {
      const leaves = numbered(n, (i) => pkg(`leaf${i}`));
      const hub = pkg(
        'hub',
        numbered(n, (i) => [`Req: leaf${i}`]),
      );
      return offered([...hub, ...leaves], ['hub']);
    },
  },
  {
    name: 'base',
    question: 'n packages that require the same one',
    of: (n) =>
      offered(
        [...pkg('base'), ...numbered(n, (i) => pkg(`p${i}`, ['Req: base']))],
        numbered(n, (i) => [`p${i}`]),
      ),
  },
  {
    name: 'ring',
    question: 'a cycle of n packages, each requires the next',
    of: (n) =>
      offered(
        numbered(n, (i) => pkg(`p${i}`, [`Req: p${(i + 1) % n}`])),
        ['p0'],
      ),
  },
  {
    name: 'hub-cycles',
    question: 'a kernel that requires n KMPs, each of which requires the kernel',
    of: (n) => {
      const kernel = pkg(
        'kernel',
        numbered(n, (i) => [`Req: kmp${i} = 1-1`]),
      );
      return offered([...kernel, ...numbered(n, (i) => pkg(`kmp${i}`, ['Req: kernel = 1-1']))], ['kernel']);
    },
  },
  {
    name: 'hub-recommends',
    question: 'a kernel that recommends n KMPs, each of which requires the kernel',
    of: (n) => {
      const kernel = pkg(
        'kernel',
        numbered(n, (i) => [`Rec: kmp${i} = 1-1`]),
      );
      return offered([...kernel, ...numbered(n, (i) => pkg(`kmp${i}`, ['Req: kernel = 1-1']))], ['kernel']);
    },
  },
  {
    name: 'hub-supplements',
    question: 'n KMPs that supplement the kernel, which each of them requires',
    of: (n) => {
      const kmps = numbered(n, (i) => pkg(`kmp${i}`, ['Req: kernel = 1-1', 'Sup: kernel']));
      return offered([...pkg('kernel'), ...kmps], ['kernel']);
    },
  },
  {
    name: 'providers',
    question: 'a capability that n packages provide and one requires',
    of: (n) => offered([...pkg('p', ['Req: cap']), ...numbered(n, (i) => pkg(`q${i}`, ['Prv: cap']))], ['p']),
  },
  {
    name: 'supplements',
    question: 'n packages that each supplement the same one',
    of: (n) => offered([...pkg('base'), ...numbered(n, (i) => pkg(`s${i}`, ['Sup: base']))], ['base']),
  },
  {
    name: 'supplement-pairs',
    question: 'n packages that each supplement one of their own',
    of: (n) =>
      offered(
        numbered(n, (i) => [...pkg(`p${i}`), ...pkg(`s${i}`, [`Sup: p${i}`])]),
        numbered(n, (i) => [`p${i}`]),
      ),
  },
  {
    name: 'rich',
    question: 'n packages with a rich dependency: one part if another',
    of: (n) =>
      offered(
        numbered(n, (i) => [...pkg(`p${i}`, [`Req: a${i} <IF> b${i}`]), ...pkg(`a${i}`), ...pkg(`b${i}`)]),
        numbered(n, (i) => [`p${i}`, `b${i}`]),
      ),
  },
  {
    name: 'versions',
    question: 'n newer versions of an installed package',
    of: (n) => ({
      installed: pkg('p', [], 1),
      offered: numbered(n, (i) => pkg('p', [], i + 2)),
      install: null,
    }),
  },
  {
    name: 'updates',
    question: 'n installed packages, each with a newer version',
    of: (n) => ({
      installed: numbered(n, (i) => pkg(`p${i}`, [], 1)),
      offered: numbered(n, (i) => pkg(`p${i}`, [], 2)),
      install: null,
    }),
  },
  {
    name: 'tied-updates',
    question: 'n installed packages that require the exact version of their base, all updated',
    of: (n) => {
      const build = (version: number) => [
        ...pkg('base', [], version),
        ...numbered(n, (i) => pkg(`p${i}`, [`Req: base = ${version}-1`], version)),
      ];
      return { installed: build(1), offered: build(2), install: null };
    },
  },
  {
    name: 'obsoletes',
    question: 'a package that was renamed n times, each name obsoletes the one before',
    of: (n) => ({
      installed: pkg('p0'),
      offered: numbered(n, (i) => pkg(`p${i + 1}`, [`Obs: p${i}`])),
      install: null,
    }),
  },
];

/** The case as libsolv's testsolv reads it. */
export function testcaseText({ installed, offered: available, install }: ShapedCase): string {
  const repo = (name: string, lines: readonly string[]) => [
    `repo ${name} 0 testtags <inline>`,
    ...['=Ver: 3.0', ...lines].map((line) => `#>${line}`),
  ];
  const jobs = install === null ? ['job update all packages'] : install.map((name) => `job install name ${name}`);
  const lines = [...repo('system', installed), ...repo('available', available), 'system x86_64 rpm system', ...jobs];
  return `${[...lines, 'result order <inline>'].join('\n')}\n`;
}

function offered(lines: readonly string[], install: readonly string[]): ShapedCase {
  return { installed: [], offered: lines, install };
}

function numbered(n: number, each: (index: number) => readonly string[]): string[] {
  return Array.from({ length: n }, (_, index) => each(index)).flat();
}

/** As every RPM does, it provides itself. */
function pkg(name: string, more: readonly string[] = [], version = 1): string[] {
  return [`=Pkg: ${name} ${version} 1 x86_64`, `=Prv: ${name} = ${version}-1`, ...more.map((line) => `=${line}`)];
}
