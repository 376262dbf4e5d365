import { z } from 'zod';

/** Who wants something done. */
export const askerSchema = z.discriminatedUnion('kind', [
  /** `zypper VERB NAME`; no name where the verb means everything. */
  z.strictObject({ kind: z.literal('request'), verb: z.string(), name: z.string().nullable() }),
  /** The question why a package is not there: it is supposed on top of the request. */
  z.strictObject({ kind: z.literal('question') }),
  z.strictObject({ kind: z.literal('lock') }),
]);
export type Asker = z.infer<typeof askerSchema>;

/** Dependencies as libsolv prints them: the first ones of `dependenciesTotal` with the same packages behind them. */
const dependencies = { dependencies: z.array(z.string()), dependenciesTotal: z.int().nonnegative() };

/** By what another version of a package was preferred. */
const preferenceSchema = z.discriminatedUnion('kind', [
  /** The lower number wins. */
  z.strictObject({
    kind: z.literal('priority'),
    repository: z.string(),
    priority: z.number(),
    overRepository: z.string(),
    overPriority: z.number(),
  }),
  z.strictObject({ kind: z.literal('version') }),
  /** Vendors are not changed unasked; empty where a package states none. */
  z.strictObject({ kind: z.literal('vendor'), vendor: z.string(), overVendor: z.string() }),
  /** Versions are installed beside each other, so that nothing is replaced. */
  z.strictObject({ kind: z.literal('parallel') }),
  /** The installed one stays because the request does not update it. */
  z.strictObject({ kind: z.literal('notUpdated') }),
  z.strictObject({ kind: z.literal('unknown') }),
]);
export type Preference = z.infer<typeof preferenceSchema>;

function statement<Kind extends string, Facts extends z.ZodRawShape>(kind: Kind, facts: Facts) {
  return z.strictObject({ kind: z.literal(kind), ...facts });
}

const text = z.string();
const some = text.nullable();

/** Set where only the architecture stands in the way: packages of the name are there for these, and the machine is another. */
const foreign = z.strictObject({ architectures: z.array(text).min(1), machine: text }).exactOptional();

/** Relations that libsolv's rules and decisions come from. `by` is the package that brings the dependency, packages are NEVRAs. */
const ofTheSolver = [
  /** `what` is a package, or a capability that several would do for. */
  statement('asked', { asker: askerSchema, action: z.enum(['install', 'erase']), what: text }),
  /** A lock keeps what is installed, or keeps out what is not. */
  statement('locked', { holds: z.enum(['in', 'out']), what: text }),
  /** An installed package stays: `rule`, it must stay or be updated; `free`, nothing speaks against it; `unsolvable`, nothing was decided. */
  statement('kept', { package: text, why: z.enum(['rule', 'free', 'unsolvable']) }),
  /** `provider` is the only one, or the one that was taken; null where several of `providers` would do. */
  statement('requires', { by: text, ...dependencies, providers: z.int().nonnegative(), provider: some }),
  statement('recommends', { by: text, ...dependencies }),
  statement('supplements', { by: text, ...dependencies }),
  statement('hardware', { modalias: text }),
  /** No package in reach provides one of the dependencies, which a package requires (`by`) or somebody asks for (`asker`). */
  statement('nothingProvides', { by: some, asker: askerSchema.nullable(), ...dependencies, foreign }),
  /** No package has the name that somebody asks for. */
  statement('unknownName', { asker: askerSchema, name: text, foreign }),
  /** Its architecture does not run on this machine. */
  statement('notInstallable', { package: text, arch: text, machine: text }),
  /** `with` is `by` where a package conflicts with what it provides itself; null where libsolv names no other. */
  statement('conflicts', { by: text, with: some, ...dependencies }),
  /** Only one version of a name at a time. */
  statement('sameName', { by: text, with: text }),
  statement('obsoletes', { by: text, with: some, ...dependencies }),
  /** One of libsolv's rules that are no dependency, by libsolv's name: `best`, `distupgrade`, `infarch`, … */
  statement('policy', { rule: text, by: some, with: some, dependency: some }),
  /** One of several that would do, or nothing forced it; by libsolv's name of the reason. Null: the system itself. */
  statement('chosen', { package: some, installed: z.boolean(), reason: text }),
  /** A consequence that the solver found while it searched; what it follows from is below it. */
  statement('learnt', {}),
  /** Told with its reasons elsewhere in the same explanation. */
  statement('above', { package: text, installed: z.boolean() }),
] as const;

/** What was found about a package that is there, or is not, apart from libsolv's decisions. */
const ofTheLab = [
  /** In reach and not installed in the end. */
  statement('absent', { package: text }),
  /** `byInstalled`: it was there before. `others`: packages that require it as well and are not listed. */
  statement('needed', {
    by: text,
    byInstalled: z.boolean(),
    package: text,
    dependency: text,
    others: z.int().nonnegative(),
  }),
  /** Of the packages that require it, none is there: their first names of `namesTotal`, which may be 0. */
  statement('unneeded', { package: text, names: z.array(text), namesTotal: z.int().nonnegative() }),
  /** What a package that is there requires of it, another one provides already. */
  statement('providedAlready', { by: text, dependency: text, provider: some }),
  /** The packages that it supplements are not there. */
  statement('notSupplemented', { package: text, ...dependencies }),
  /** It supplements hardware alone, by so many patterns, and this machine has none of it. */
  statement('noHardware', { package: text, patterns: z.int().positive() }),
  /**
   * What it supplements is there, and libsolv leaves it out: `otherVersion`, `other` is there; `before`, what it supplements was there
   * before the request, where only `inr` looks.
   */
  statement('withheld', {
    package: text,
    ...dependencies,
    why: z.enum(['otherVersion', 'before', 'unknown']),
    other: some,
  }),
  /** Recommendations, of `others` too, that are not followed: the request is made without any, or they are old ones or met otherwise. */
  statement('notFollowed', {
    by: text,
    dependency: text,
    others: z.int().nonnegative(),
    why: z.enum(['noRecommends', 'oldOrMet']),
  }),
  /** Another version, `by`, is there in its place. */
  statement('outranked', { package: text, by: text, byInstalled: z.boolean(), preference: preferenceSchema }),
  /** Nothing stands against it: asked for besides, it would come with the first of `stepsTotal` other packages. */
  statement('possible', { package: text, steps: z.array(text), stepsTotal: z.int().nonnegative() }),
  /** So many statements, at least, that are not told. */
  statement('leftOut', { statements: z.int().positive() }),
] as const;

/** One true relation of packages, requests or hardware that a reader can look up. */
export const statementSchema = z.discriminatedUnion('kind', [...ofTheSolver, ...ofTheLab]);
export type Statement = z.infer<typeof statementSchema>;
export type StatementKind = Statement['kind'];
export type StatementOf<Kind extends StatementKind> = Extract<Statement, { readonly kind: Kind }>;

/** How deep an explanation may be; what is deeper is left out and counted. */
export const depthMax = 50;

/**
 * One line of an explanation. It follows from the lines after it that are one deeper, up to the next one that is not: a tree whose leaves are
 * requests, locks, installed packages, hardware and gaps, written from its root without nesting.
 */
export const reasonSchema = z.strictObject({
  depth: z.int().nonnegative().max(depthMax),
  statement: statementSchema,
  /** The package that is there for it, or is not; null at a contradiction. */
  decides: z.strictObject({ package: text, installed: z.boolean() }).nullable(),
});
export type Reason = z.infer<typeof reasonSchema>;
