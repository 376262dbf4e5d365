/*
 * Refuses dependencies that would take libsolv time or stack without end: it makes normal forms of rich ones and walks over their
 * nesting by recursion. One pass over the relations of a pool tells whether there is any such; only then packages are looked at.
 */
#include <stdio.h>
#include <string.h>

#include "dependency-size.h"
#include "pool_parserpmrichdep.h"
#include "util.h"
#include "wire.h"

/*
 * Literals that the normal forms of all dependencies of a pool may have together, those of every step on the way included. The solver
 * takes about a microsecond for each.
 */
#define LITERALS_MAX 1000000
/* A dependency with no more of them does not count: time stays linear in the document's length. Real ones have some tens. */
#define LITERALS_FREE 500
/* Two lists of so many make no more than that, whatever joins them. */
#define FEW_PROVIDERS 9
#define DEPTH_MAX 500
/* Words of a rich dependency's text, and opening parentheses: libsolv's parser recurses for most of them. */
#define WORDS_MAX 2000
#define PARENTHESES_MAX 500

struct text {
  char *at;
  size_t room;
};

static void
put(struct text *to, const char *text)
{
  size_t n = strlen(text);
  if (n > to->room)
    n = to->room;
  memcpy(to->at, text, n);
  to->at += n;
  to->room -= n;
  *to->at = 0;
}

/* The beginning of a dependency: all of it could be longer than the memory. */
static void
put_dependency(Pool *pool, Id dep, struct text *to, int depth)
{
  Reldep *rd = ISRELDEP(dep) ? GETRELDEP(pool, dep) : 0;
  if (!to->room)
    return;
  if (!rd || depth > 20)
    {
      put(to, rd ? "..." : pool_id2str(pool, dep));
      return;
    }
  put(to, "(");
  put_dependency(pool, rd->name, to, depth + 1);
  put(to, pool_id2rel(pool, dep));
  put_dependency(pool, rd->evr, to, depth + 1);
  put(to, ")");
}

static int
refuse(Pool *pool, Solvable *s, Id dep, const char *why)
{
  char name[200], text[160];
  struct text to = { text, sizeof(text) - 1 };
  put_dependency(pool, dep, &to, 0);
  snprintf(name, sizeof(name), "%s", s ? pool_id2str(pool, s->name) : "job");
  return fail(FAIL_LIMIT, "%s: a dependency %s: %s", name, why, text);
}

static const char too_deep[] = "is nested deeper than 500 levels";
static const char too_large[] = "unfolds, alone or with those before it, to more than a million literals";

/* In which form libsolv needs which dependencies (rules.c, policy.c, cleandeps.c); the others it only walks over. */
static int
check_packages(Pool *pool, const struct size *known)
{
  double sum = 0;
  Id p;
  int kind;
  for (p = 2; p < pool->nsolvables; p++)
    {
      Solvable *s = pool->solvables + p;
      Offset deps[] = { s->requires, s->recommends, s->suggests, s->conflicts, s->provides, s->obsoletes, s->supplements, s->enhances };
      for (kind = 0; s->repo && kind < 8; kind++)
        {
          const Id *dp = deps[kind] ? s->repo->idarraydata + deps[kind] : 0;
          for (; dp && *dp; dp++)
            if (ISRELDEP(*dp))
              {
                struct size size = size_of(pool, *dp, known);
                double work = kind < 4 ? size.as[kind < 3 ? CNF : DNF].work : 0;
                if (size.depth > DEPTH_MAX)
                  return refuse(pool, s, *dp, too_deep);
                if (size.complex && !(work <= LITERALS_FREE))
                  sum += work;
                if (!(sum <= LITERALS_MAX))
                  return refuse(pool, s, *dp, too_large);
              }
        }
    }
  return 0;
}

static int
has_relation(Pool *pool, Id dep)
{
  return ISRELDEP(dep) && (ISRELDEP(GETRELDEP(pool, dep)->name) || ISRELDEP(GETRELDEP(pool, dep)->evr));
}

/* Whether so few packages provide it that two of these make no normal form worth to look at. */
static int
has_few_providers(Pool *pool, Id dep)
{
  const Id *p;
  if (ISRELDEP(dep))
    {
      const Reldep *rd = GETRELDEP(pool, dep);
      if (rd->flags == REL_NAMESPACE && rd->name != NAMESPACE_OTHERPROVIDERS)
        return 1;
      if (rd->flags > 7 || ISRELDEP(rd->name))
        return 0;
      dep = rd->name;
    }
  if (!pool->whatprovides[dep])
    return *pool_id2str(pool, dep) != '/';
  for (p = pool->whatprovidesdata + pool->whatprovides[dep]; *p; p++)
    if (p - (pool->whatprovidesdata + pool->whatprovides[dep]) >= FEW_PROVIDERS)
      return 0;
  return 1;
}

static int
is_heavy(struct size size)
{
  return size.depth > DEPTH_MAX ||
         (size.complex && !(size.as[CNF].work <= LITERALS_FREE && size.as[DNF].work <= LITERALS_FREE));
}

/* Whether libsolv may solve over this pool: 0, or the failure. Needs whatprovides. */
int
check_dependencies(Pool *pool)
{
  struct size *known = 0;
  const Reldep *rd, *end = pool->rels + pool->nrels;
  int i, r, heavy = 0, deep = 0;
  for (rd = pool->rels + 1; rd < end && !deep; rd++)
    {
      if (ISRELDEP(rd->name | rd->evr))
        deep = has_relation(pool, rd->name) || has_relation(pool, rd->evr);
      if (rd->flags > 7 && rd->flags != REL_NAMESPACE && !heavy && !deep)
        if (!has_few_providers(pool, rd->name) || !has_few_providers(pool, rd->evr))
          heavy = is_heavy(size_of_relation(pool, rd, 0));
    }
  /* Where relations lie three deep, all sizes are kept: up to there they are computed faster. */
  if (deep)
    {
      known = solv_calloc(pool->nrels, sizeof(*known));
      for (i = 1, heavy = 0; i < pool->nrels; i++)
        heavy |= is_heavy(known[i] = size_of_relation(pool, pool->rels + i, known));
    }
  r = heavy ? check_packages(pool, known) : 0;
  solv_free(known);
  return r;
}

/* The same for what jobs name, which may be installed or erased. */
int
check_jobs(Pool *pool, const Queue *job)
{
  int i;
  for (i = 0; i < job->count; i += 2)
    {
      Id select = job->elements[i] & SOLVER_SELECTMASK, what = job->elements[i + 1];
      struct size size;
      if ((select != SOLVER_SOLVABLE_NAME && select != SOLVER_SOLVABLE_PROVIDES) || !ISRELDEP(what))
        continue;
      size = size_of(pool, what, 0);
      if (size.depth > DEPTH_MAX)
        return refuse(pool, 0, what, too_deep);
      if (size.complex && !(size.as[CNF].work <= LITERALS_MAX && size.as[DNF].work <= LITERALS_MAX))
        return refuse(pool, 0, what, too_large);
    }
  return 0;
}

/* ---- texts ---- */

int
parsable(const char *text)
{
  int words = 1, parentheses = 0;
  for (; *text && words <= WORDS_MAX && parentheses <= PARENTHESES_MAX; text++)
    {
      words += *text == ' ';
      parentheses += *text == '(';
    }
  return !*text;
}

/* Takes the place of pool_parserpmrichdep in the readers of repositories. */
Id
shim_parserichdep(Pool *pool, const char *text)
{
  if (parsable(text))
    return pool_parserpmrichdep(pool, text);
  shim_of(pool)->unparsable = 1;
  return 0;
}
