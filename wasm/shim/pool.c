#include <stdlib.h>
#include <string.h>

#include "evr.h"
#include "poolarch.h"
#include "repo.h"
#include "selection.h"
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
  if (pool->considered)
    {
      map_free(pool->considered);
      pool->considered = solv_free(pool->considered);
    }
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

void
SHIM_EXPORT(shim_pool_add_fileprovides)(Pool *pool)
{
  pool_addfileprovides(pool);
}

void
SHIM_EXPORT(shim_pool_create_whatprovides)(Pool *pool)
{
  pool_createwhatprovides(pool);
  shim_of(pool)->stale = 0;
}

static int
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
      const char *text = in_str();
      Id p, pp, dep = shim_str2dep(pool, text);
      if (!dep)
        {
          r = fail(FAIL_INPUT, "not a dependency: %s", text);
          break;
        }
      queue_empty(&ids);
      FOR_PROVIDES(p, pp, dep)
        queue_push(&ids, p);
      out_list(&ids);
    }
  queue_free(&ids);
  return r;
}

int
SHIM_EXPORT(shim_pool_find)(Pool *pool)
{
  int r = require_whatprovides(pool);
  return r < 0 ? r : testcase_str2solvid(pool, in_str());
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
  SOLVABLE_RECOMMENDS, SOLVABLE_SUGGESTS, SOLVABLE_SUPPLEMENTS, SOLVABLE_ENHANCES
};

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
          solvable_lookup_deparray(pool->solvables + p, dependency_keys[kind], &deps, 0);
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

int
SHIM_EXPORT(shim_pool_select)(Pool *pool, int flags)
{
  Queue selection, ids;
  int i, matched, r = require_whatprovides(pool);
  if (r < 0)
    return r;
  queue_init(&selection);
  queue_init(&ids);
  matched = selection_make(pool, &selection, in_str(), flags);
  out_int(matched);
  out_int(selection.count / 2);
  for (i = 0; i < selection.count; i += 2)
    out_select(pool, selection.elements[i], selection.elements[i + 1]);
  selection_solvables(pool, &selection, &ids);
  out_list(&ids);
  queue_free(&selection);
  queue_free(&ids);
  return 0;
}

int
SHIM_EXPORT(shim_pool_statistics)(Pool *pool)
{
  Id p;
  int solvables = 0;
  for (p = 2; p < pool->nsolvables; p++)
    if (pool->solvables[p].repo)
      solvables++;
  out_int(solvables);
  out_int(pool->ss.nstrings);
  out_wide(pool->ss.sstrings);
  out_int(pool->nrels);
  out_int(pool->whatprovidesdataoff);
  out_int(pool->urepos);
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
