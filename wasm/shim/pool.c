#include <stdlib.h>
#include <string.h>

#include "evr.h"
#include "poolarch.h"
#include "poolvendor.h"
#include "repo.h"
#include "repodata.h"
#include "testcase.h"
#include "util.h"
#include "wire.h"

static void
keep_complaint(Pool *pool, void *data, int type, const char *text)
{
  ShimPool *sp = data;
  if ((type & (SOLV_ERROR | SOLV_FATAL)) != 0 && (!sp->complaints || strlen(sp->complaints) < 64 * 1024))
    sp->complaints = solv_dupappend(sp->complaints, text, 0);
}

void
complaints_clear(Pool *pool)
{
  ShimPool *sp = shim_of(pool);
  sp->complaints = solv_free(sp->complaints);
}

const char *
complaint(Pool *pool, const char *fallback)
{
  const char *text = pool_errstr(pool);
  return text && *text && strcmp(text, "no error") ? text : fallback;
}

static void
free_considered(Pool *pool)
{
  if (pool->considered)
    map_free(pool->considered);
  pool->considered = solv_free(pool->considered);
}

Pool *
SHIM_EXPORT(shim_pool_create)(int disttype)
{
  Pool *pool = pool_create();
  ShimPool *sp = solv_calloc(1, sizeof(*sp));
  const char *arch;
  pool->appdata = sp;
  pool_setdebugcallback(pool, keep_complaint, sp);
  pool_setdebugmask(pool, SOLV_ERROR | SOLV_FATAL);
  pool_setdisttype(pool, disttype);
  arch = in_str();
  if (*arch)
    pool_setarch(pool, arch);
  sp->stale = 1;
  return pool;
}

void
SHIM_EXPORT(shim_pool_free)(Pool *pool)
{
  ShimPool *sp = shim_of(pool);
  if (sp->testcase)
    fclose(sp->testcase);
  free_considered(pool);
  modaliases_free(sp);
  complaints_clear(pool);
  pool_free(pool);
  solv_free(sp);
}

int
SHIM_EXPORT(shim_pool_add_repo)(Pool *pool, int priority, int subpriority)
{
  Repo *repo = repo_create(pool, in_str());
  repo->priority = priority;
  repo->subpriority = subpriority;
  shim_of(pool)->stale = 1;
  return repo->repoid;
}

void
SHIM_EXPORT(shim_pool_set_installed)(Pool *pool, int repoid)
{
  pool_set_installed(pool, repoid ? pool_id2repo(pool, repoid) : 0);
}

int
SHIM_EXPORT(shim_pool_set_flag)(Pool *pool, int flag, int value)
{
  return pool_set_flag(pool, flag, value);
}

int
SHIM_EXPORT(shim_pool_get_flag)(Pool *pool, int flag)
{
  return pool_get_flag(pool, flag);
}

int
SHIM_EXPORT(shim_pool_compare_versions)(Pool *pool)
{
  const char *left = in_str();
  out_int(pool_evrcmp_str(pool, left, in_str(), EVRCMP_COMPARE));
  return 0;
}

/* The classes, each ended by an empty string. */
int
SHIM_EXPORT(shim_pool_set_vendor_classes)(Pool *pool, int count)
{
  const char **classes = solv_calloc(count + 2, sizeof(*classes));
  int i;
  for (i = 0; i < count; i++)
    {
      const char *vendor = in_str();
      classes[i] = *vendor ? vendor : 0;
    }
  pool_setvendorclasses(pool, classes);
  solv_free(classes);
  return 0;
}

/* As testcases do it: once everything was read, as the map has room for what is there now. */
int
SHIM_EXPORT(shim_pool_set_disabled)(Pool *pool)
{
  free_considered(pool);
  shim_of(pool)->stale = 1;
  if (!in_left())
    return 0;
  pool->considered = solv_calloc(1, sizeof(Map));
  map_init(pool->considered, pool->nsolvables);
  map_setall(pool->considered);
  while (in_left())
    {
      Id p = in_int();
      if (!valid_solvable(pool, p))
        {
          free_considered(pool);
          return fail(FAIL_MISUSE, "no solvable %d", p);
        }
      MAPCLR(pool->considered, p);
    }
  return 0;
}

void
SHIM_EXPORT(shim_pool_add_fileprovides)(Pool *pool)
{
  pool_addfileprovides(pool);
}

int
SHIM_EXPORT(shim_pool_create_whatprovides)(Pool *pool)
{
  int r;
  pool_createwhatprovides(pool);
  r = check_dependencies(pool);
  shim_of(pool)->stale = r < 0;
  return r;
}

int
require_whatprovides(Pool *pool)
{
  if (pool->whatprovides && !shim_of(pool)->stale)
    return 0;
  return fail(FAIL_MISUSE, "call createWhatprovides() after changing repositories and before looking up or solving");
}

int
SHIM_EXPORT(shim_pool_whatprovides)(Pool *pool, int count)
{
  Queue ids;
  int i, r = require_whatprovides(pool);
  if (r < 0)
    return r;
  queue_init(&ids);
  for (i = 0; i < count; i++)
    {
      Id p, pp, dep;
      if ((r = in_dep(pool, &dep)) < 0)
        break;
      queue_empty(&ids);
      FOR_PROVIDES(p, pp, dep)
        queue_push(&ids, p);
      out_list(&ids);
    }
  queue_free(&ids);
  return r;
}

/* In the order of readPoolStatistics in src/statistics.ts. */
int
SHIM_EXPORT(shim_pool_statistics)(Pool *pool)
{
  Id p;
  Repo *repo;
  Repodata *data;
  int i, repoid, solvables = 0;
  unsigned long long dependencies = 0, attributes = 0;
  for (p = 2; p < pool->nsolvables; p++)
    if (pool->solvables[p].repo)
      solvables++;
  FOR_REPOS(repoid, repo)
    {
      dependencies += repo->idarraysize;
      FOR_REPODATAS(repo, i, data)
        attributes += data->incoredatalen + data->vincorelen + data->attrdatalen + data->attriddatalen * sizeof(Id);
    }
  out_int(solvables);
  out_int(pool->ss.nstrings);
  out_int(pool->nrels);
  out_int(pool->whatprovidesdataoff);
  out_int(pool->urepos);
  out_wide(pool->ss.sstrings + (unsigned long long)pool->ss.nstrings * sizeof(Offset));
  out_wide((unsigned long long)pool->nrels * sizeof(Reldep));
  out_wide((unsigned long long)pool->nsolvables * sizeof(Solvable));
  out_wide(((unsigned long long)pool->whatprovidesdataoff + pool->ss.nstrings + pool->nrels) * sizeof(Id));
  out_wide(dependencies * sizeof(Id));
  out_wide(attributes);
  return 0;
}

int
SHIM_EXPORT(shim_pool_repos)(Pool *pool)
{
  Queue ids;
  Repo *repo;
  int repoid;
  queue_init(&ids);
  FOR_REPOS(repoid, repo)
    queue_push(&ids, repoid);
  out_list(&ids);
  queue_free(&ids);
  return 0;
}

int
SHIM_EXPORT(shim_repo_name)(Pool *pool, int repoid)
{
  Repo *repo = pool_id2repo(pool, repoid);
  out_str(repo ? repo->name : "");
  return 0;
}
