#include <stdlib.h>
#include <string.h>

#include "pool_parserpmrichdep.h"
#include "testcase.h"
#include "util.h"
#include "wire.h"

int
valid_solvable(Pool *pool, Id p)
{
  return p > 0 && p < pool->nsolvables && (p == SYSTEMSOLVABLE || pool->solvables[p].repo);
}

/* A rich dependency as rpm writes it, or any dependency as libsolv's testcases do. */
int
in_dep(Pool *pool, Id *depp)
{
  const char *text = in_str();
  *depp = 0;
  if (!parsable(text))
    return fail(FAIL_LIMIT, "a dependency of more words or parentheses than the limit: %.200s", text);
  if (*text == '(')
    *depp = pool_parserpmrichdep(pool, text);
  if (!*depp)
    *depp = testcase_str2dep(pool, text);
  return *depp ? 0 : fail(FAIL_INPUT, "not a dependency: %s", text);
}

static int
in_what(Pool *pool, Id how, Id *whatp)
{
  int i, count;
  switch (how & SOLVER_SELECTMASK)
    {
    case SOLVER_SOLVABLE:
      *whatp = in_int();
      return valid_solvable(pool, *whatp) ? 0 : fail(FAIL_MISUSE, "job: no solvable %d", *whatp);
    case SOLVER_SOLVABLE_NAME:
    case SOLVER_SOLVABLE_PROVIDES:
      return in_dep(pool, whatp);
    case SOLVER_SOLVABLE_ONE_OF:
      {
        Queue ids;
        queue_init(&ids);
        for (i = 0, count = in_int(); i < count && in_left(); i++)
          {
            queue_push(&ids, in_int());
            if (!valid_solvable(pool, ids.elements[i]))
              {
                Id p = ids.elements[i];
                queue_free(&ids);
                return fail(FAIL_MISUSE, "job: no solvable %d", p);
              }
          }
        *whatp = pool_queuetowhatprovides(pool, &ids);
        queue_free(&ids);
        return 0;
      }
    case SOLVER_SOLVABLE_REPO:
      *whatp = in_int();
      return pool_id2repo(pool, *whatp) ? 0 : fail(FAIL_MISUSE, "job: no repository %d", *whatp);
    case SOLVER_SOLVABLE_ALL:
      *whatp = 0;
      return 0;
    default:
      return fail(FAIL_MISUSE, "job: selection type %d", how & SOLVER_SELECTMASK);
    }
}

int
in_jobs(Pool *pool, int count, Queue *job)
{
  int i, r;
  queue_empty(job);
  for (i = 0; i < count; i++)
    {
      Id how = in_int(), what = 0;
      if ((r = in_what(pool, how, &what)) < 0)
        return r;
      queue_push2(job, how, what);
    }
  return check_jobs(pool, job);
}

/* A job or selection as the other side packs it. */
void
out_select(Pool *pool, Id how, Id what)
{
  Queue ids;
  out_int(how);
  switch (how & SOLVER_SELECTMASK)
    {
    case SOLVER_SOLVABLE:
    case SOLVER_SOLVABLE_REPO:
      out_int(what);
      break;
    case SOLVER_SOLVABLE_NAME:
    case SOLVER_SOLVABLE_PROVIDES:
      out_str(testcase_dep2str(pool, what));
      break;
    case SOLVER_SOLVABLE_ONE_OF:
      queue_init(&ids);
      for (; pool->whatprovidesdata[what]; what++)
        queue_push(&ids, pool->whatprovidesdata[what]);
      out_list(&ids);
      queue_free(&ids);
      break;
    default:
      break;
    }
}
