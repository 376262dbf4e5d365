/*
 * The size of libsolv's normal forms (src/cplxdeps.c), which can grow exponentially with the length of a dependency. Follows that file
 * function by function; a sum stands where it appends blocks, a product where it distributes them. Never too small: what libsolv
 * finds to be always or never true it leaves out.
 */
#include "dependency-size.h"

/* Providers are counted so far; a longer list stands for all packages. */
#define PROVIDERS_COUNTED 4096

static float
count_providers(Pool *pool, Id id)
{
  int n = 0;
  Offset at = pool->whatprovides[id];
  if (!at && *pool_id2str(pool, id) == '/')
    at = pool_whatprovides(pool, id);
  while (at && n < PROVIDERS_COUNTED && pool->whatprovidesdata[at + n])
    n++;
  return n < PROVIDERS_COUNTED ? n : pool->nsolvables;
}

/* One list of packages: a block of them all, or a block for each. */
static struct size
list_of(float providers)
{
  struct size s = { { { 1, providers + 1, providers + 1 }, { providers, 2 * providers, 2 * providers } }, providers, 0, 0 };
  return s;
}

/* To the blocks of a form those of another one; or, by the distributive law, each with each. */
static void
join(struct form *to, const struct form *other, int distribute)
{
  to->work += other->work;
  to->literals = distribute ? to->literals * other->blocks + other->literals * to->blocks : to->literals + other->literals;
  to->blocks = distribute ? to->blocks * other->blocks : to->blocks + other->blocks;
  to->work += to->literals;
}

/* `distributed`: CNF for "or", DNF for "and". `invert`: the other one negated, which turns one form into the other. */
static void
combine(struct size *to, const struct size *other, enum form_kind distributed, int invert)
{
  join(to->as + CNF, other->as + (invert ? DNF : CNF), distributed == CNF);
  join(to->as + DNF, other->as + (invert ? CNF : DNF), distributed == DNF);
  to->complex = 1;
}

/* A relation that libsolv does not bring into a normal form: a list of packages, no longer than that of its name. */
static struct size
size_of_list(Pool *pool, const Reldep *rd, const struct size *name, const struct size *evr)
{
  float providers = name->providers;
  struct size s;
  if (rd->flags == REL_OR)
    providers += evr->providers;
  else if (rd->flags == REL_NAMESPACE)
    providers = rd->name == NAMESPACE_OTHERPROVIDERS ? evr->providers : 1;
  else if (!rd->name || rd->evr == ARCH_SRC || rd->evr == ARCH_NOSRC)
    providers = pool->nsolvables;
  s = list_of(providers);
  if (rd->flags == REL_WITH || rd->flags == REL_WITHOUT)
    s.as[CNF].work = s.as[DNF].work = s.as[DNF].work + name->providers * evr->providers;
  return s;
}

struct size
size_of_relation(Pool *pool, const Reldep *rd, const struct size *known)
{
  struct size s = size_of(pool, rd->name, known), evr;
  const Reldep *other = ISRELDEP(rd->evr) ? GETRELDEP(pool, rd->evr) : 0;
  /* A if B is "A or not B", A unless B "A and not B". */
  enum form_kind inner = rd->flags == REL_UNLESS ? DNF : CNF, outer = !inner;
  int depth = s.depth, conditional = rd->flags == REL_COND || rd->flags == REL_UNLESS;
  if (conditional && other && other->flags == REL_ELSE)
    {
      /* A if B else C is "(A or not B) and (C or B)", A unless B else C is "(A and not B) or (C and B)". */
      struct size condition = size_of(pool, other->name, known);
      evr = size_of(pool, other->evr, known);
      combine(&s, &condition, inner, 1);
      combine(&evr, &condition, inner, 0);
      combine(&s, &evr, outer, 0);
      s.providers += evr.providers;
      depth = condition.depth > depth ? condition.depth : depth;
    }
  else
    {
      evr = size_of(pool, rd->evr, known);
      if (conditional)
        combine(&s, &evr, inner, 1);
      else if (rd->flags == REL_AND || (rd->flags == REL_OR && (s.complex || evr.complex)))
        {
          combine(&s, &evr, rd->flags == REL_AND ? DNF : CNF, 0);
          s.providers += evr.providers;
        }
      else
        s = size_of_list(pool, rd, &s, &evr);
    }
  s.depth = 1 + (evr.depth > depth ? evr.depth : depth);
  return s;
}

struct size
size_of(Pool *pool, Id dep, const struct size *known)
{
  if (!ISRELDEP(dep))
    return list_of(dep ? count_providers(pool, dep) : 0);
  return known ? known[GETRELID(dep)] : size_of_relation(pool, GETRELDEP(pool, dep), 0);
}
