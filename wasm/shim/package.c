/* Look-ups of packages, in bulk. */
#include "repo.h"
#include "testcase.h"
#include "wire.h"

int
SHIM_EXPORT(shim_pool_find)(Pool *pool, int count)
{
  int i, r = require_whatprovides(pool);
  for (i = 0; i < count && !r; i++)
    out_int(testcase_str2solvid(pool, in_str()));
  return r;
}

int
SHIM_EXPORT(shim_pool_solvables)(Pool *pool, int repoid)
{
  Queue ids;
  Id p;
  queue_init(&ids);
  for (p = 2; p < pool->nsolvables; p++)
    {
      Repo *repo = pool->solvables[p].repo;
      if (repo && (!repoid || repo->repoid == repoid))
        queue_push(&ids, p);
    }
  out_list(&ids);
  queue_free(&ids);
  return 0;
}

int
SHIM_EXPORT(shim_pool_packages)(Pool *pool)
{
  while (in_left())
    {
      Id p = in_int();
      Solvable *s = pool->solvables + p;
      const char *vendor;
      if (!valid_solvable(pool, p) || p == SYSTEMSOLVABLE)
        return fail(FAIL_MISUSE, "no solvable %d", p);
      out_int(s->repo->repoid);
      out_int(s->repo == pool->installed);
      out_wide(solvable_lookup_num(s, SOLVABLE_DOWNLOADSIZE, 0));
      out_wide(solvable_lookup_num(s, SOLVABLE_INSTALLSIZE, 0));
      out_str(pool_id2str(pool, s->name));
      out_str(pool_id2str(pool, s->evr));
      out_str(pool_id2str(pool, s->arch));
      vendor = pool_id2str(pool, s->vendor);
      out_str(s->vendor ? vendor : "");
    }
  return 0;
}

/* In the order of dependencyKinds in src/package-info.ts. */
static const Id dependency_keys[] = {
  SOLVABLE_PROVIDES, SOLVABLE_REQUIRES, SOLVABLE_CONFLICTS, SOLVABLE_OBSOLETES,
  SOLVABLE_RECOMMENDS, SOLVABLE_SUGGESTS, SOLVABLE_SUPPLEMENTS, SOLVABLE_ENHANCES, SOLVABLE_PREREQ_IGNOREINST
};

Id
dependency_key(int kind)
{
  return kind < 0 ? SOLVABLE_NAME : dependency_keys[kind];
}

int
SHIM_EXPORT(shim_pool_dependencies)(Pool *pool, int kind)
{
  Queue deps;
  int i, r = 0;
  queue_init(&deps);
  while (in_left() && !r)
    {
      Id p = in_int();
      if (!valid_solvable(pool, p) || p == SYSTEMSOLVABLE)
        r = fail(FAIL_MISUSE, "no solvable %d", p);
      else
        {
          /* Markers part explicit from file provides, and requires from prerequires: no dependencies themselves. */
          queue_empty(&deps);
          solvable_lookup_deparray(pool->solvables + p, dependency_key(kind), &deps, 0);
          for (i = 0; i < deps.count; i++)
            if (deps.elements[i] == SOLVABLE_PREREQMARKER || deps.elements[i] == SOLVABLE_FILEMARKER)
              queue_delete(&deps, i--);
          out_int(deps.count);
          for (i = 0; i < deps.count; i++)
            out_str(pool_dep2str(pool, deps.elements[i]));
        }
    }
  queue_free(&deps);
  return r;
}
