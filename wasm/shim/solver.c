#include <stdlib.h>

#include "solver.h"
#include "util.h"
#include "wire.h"

ShimSolver *
SHIM_EXPORT(shim_solver_create)(Pool *pool)
{
  ShimSolver *s;
  if (!pool->whatprovides || shim_of(pool)->stale)
    return (ShimSolver *)(size_t)fail(FAIL_MISUSE, "call createWhatprovides() before createSolver()");
  s = solv_calloc(1, sizeof(*s));
  s->solv = solver_create(pool);
  queue_init(&s->job);
  return s;
}

void
SHIM_EXPORT(shim_solver_free)(ShimSolver *s)
{
  solver_free(s->solv);
  queue_free(&s->job);
  solv_free(s);
}

int
SHIM_EXPORT(shim_solver_set_flag)(ShimSolver *s, int flag, int value)
{
  return solver_set_flag(s->solv, flag, value);
}

int
SHIM_EXPORT(shim_solver_get_flag)(ShimSolver *s, int flag)
{
  return solver_get_flag(s->solv, flag);
}

int
SHIM_EXPORT(shim_solver_solve)(ShimSolver *s, int count)
{
  Pool *pool = s->solv->pool;
  int r;
  if (!pool->whatprovides || shim_of(pool)->stale)
    return fail(FAIL_MISUSE, "call createWhatprovides() after changing repositories and before solving");
  if ((r = in_jobs(pool, count, &s->job)) < 0)
    return r;
  s->solved = 1;
  return solver_solve(s->solv, &s->job);
}

int
require_solved(ShimSolver *s)
{
  return s->solved ? 0 : fail(FAIL_MISUSE, "nothing was solved yet");
}

/* ---- lists and statistics ---- */

/* Numbers of src/solver.ts. */
enum list { RECOMMENDED, SUGGESTED, ORPHANED, UNNEEDED, CLEANDEPS, USERINSTALLED };

int
SHIM_EXPORT(shim_solver_list)(ShimSolver *s, int which, int option)
{
  Queue ids;
  int r = require_solved(s);
  if (r < 0)
    return r;
  queue_init(&ids);
  switch ((enum list)which)
    {
    case RECOMMENDED: solver_get_recommendations(s->solv, &ids, 0, option); break;
    case SUGGESTED: solver_get_recommendations(s->solv, 0, &ids, option); break;
    case ORPHANED: solver_get_orphaned(s->solv, &ids); break;
    case UNNEEDED: solver_get_unneeded(s->solv, &ids, option); break;
    case CLEANDEPS: solver_get_cleandeps(s->solv, &ids); break;
    case USERINSTALLED: solver_get_userinstalled(s->solv, &ids, option); break;
    }
  out_list(&ids);
  queue_free(&ids);
  return 0;
}

/* Packages that a package rule is about, at either end. */
static int
count_considered(Solver *solv)
{
  Map seen;
  Queue literals;
  int i, n = 0;
  Id rule;
  map_init(&seen, solv->pool->nsolvables);
  queue_init(&literals);
  for (rule = 1; rule < solv->pkgrules_end; rule++)
    {
      solver_ruleliterals(solv, rule, &literals);
      for (i = 0; i < literals.count; i++)
        {
          Id p = abs(literals.elements[i]);
          if (p != SYSTEMSOLVABLE && !MAPTST(&seen, p))
            {
              MAPSET(&seen, p);
              n++;
            }
        }
    }
  queue_free(&literals);
  map_free(&seen);
  return n;
}

/* In the order of src/solver-statistics.ts. Rule 0 is not a rule; ends are exclusive. */
int
SHIM_EXPORT(shim_solver_statistics)(ShimSolver *s)
{
  Solver *solv = s->solv;
  int r = require_solved(s);
  if (r < 0)
    return r;
  out_int(solv->nrules - 1);
  out_int(solv->pkgrules_end - 1);
  out_int(solv->featurerules_end - solv->featurerules);
  out_int(solv->updaterules_end - solv->updaterules);
  out_int(solv->jobrules_end - solv->jobrules);
  out_int(solv->infarchrules_end - solv->infarchrules);
  out_int(solv->duprules_end - solv->duprules);
  out_int(solv->bestrules_end - solv->bestrules);
  out_int(solv->yumobsrules_end - solv->yumobsrules);
  out_int(solv->blackrules_end - solv->blackrules);
  out_int(solv->strictrepopriorules_end - solv->strictrepopriorules);
  out_int(solv->choicerules_end - solv->choicerules);
  out_int(solv->recommendsrules_end - solv->recommendsrules);
  out_int(solv->nrules - solv->learntrules);
  out_int(solv->decisionq.count);
  out_int(solv->stats_learned);
  out_int(solv->stats_unsolvable);
  out_int(solver_problem_count(solv));
  out_int(count_considered(solv));
  out_wide((unsigned long long)solv->nrules * sizeof(Rule));
  return 0;
}
