/* libsolv's testcases (ext/testcase.c) over the files in memory. */
#include <stdlib.h>
#include <string.h>

#include "testcase.h"
#include "util.h"
#include "wire.h"

FILE *shim_fopen(const char *name, const char *mode);

int
SHIM_EXPORT(shim_testcase_open)(Pool *pool)
{
  ShimPool *sp = shim_of(pool);
  const char *name = in_str();
  sp->testcase = shim_fopen(name, "r");
  return sp->testcase ? 0 : fail(FAIL_INPUT, "no file %s", name);
}

/* What the next part of a testcase turned out to be; numbers of src/testcase.ts. */
enum part { END, READY, LACKS_FEATURE, BROKEN };

static int
out_part(Pool *pool, enum part part, ShimSolver *s, int flags, const char *result)
{
  const char *complaints = shim_of(pool)->complaints;
  out_int(part);
  out_int((int)(size_t)s);
  out_int(flags);
  out_int(result != 0);
  out_str(result);
  out_str(complaints);
  return 0;
}

/*
 * Reads up to the next `nextjob` or the end. `previous` is the solver of the part before, if that asked to be used again, or null.
 */
int
SHIM_EXPORT(shim_testcase_next)(Pool *pool, ShimSolver *previous)
{
  ShimPool *sp = shim_of(pool);
  ShimSolver *s = previous;
  Solver *solv;
  Queue job;
  const char *why;
  char *result = 0;
  int flags = 0;

  complaints_clear(pool);
  stream_failure();
  if (!sp->testcase || feof(sp->testcase))
    return out_part(pool, END, 0, 0, 0);
  queue_init(&job);
  /* The name serves to find other files beside it: they are kept without a directory. */
  solv = testcase_read(pool, sp->testcase, "testcase.t", &job, &result, &flags);
  sp->stale = 0;
  why = stream_failure();
  /* At an error there is no end of file either: asking on would never end. */
  if (why || ferror(sp->testcase))
    {
      if (solv)
        solver_free(solv);
      fclose(sp->testcase);
      sp->testcase = 0;
      queue_free(&job);
      solv_free(result);
      if (!why)
        why = stream_failure();
      return fail(strstr(why, "limit") ? FAIL_LIMIT : FAIL_INPUT, "a file of the testcase: %s", why);
    }
  if (!solv)
    {
      fclose(sp->testcase);
      sp->testcase = 0;
      out_part(pool, flags == 77 ? LACKS_FEATURE : BROKEN, 0, 0, 0);
      queue_free(&job);
      solv_free(result);
      return 0;
    }
  if (s)
    {
      solver_free(solv);
      queue_free(&s->job);
    }
  else
    {
      s = solv_calloc(1, sizeof(*s));
      s->solv = solv;
    }
  s->job = job;
  s->solved = 0;
  out_part(pool, READY, s, flags, result);
  solv_free(result);
  return 0;
}

/* Solves the jobs that the solver was given last, or by a testcase. */
int
SHIM_EXPORT(shim_solver_solve_again)(ShimSolver *s)
{
  int r = check_dependencies(s->solv->pool);
  if (r < 0 || (r = check_jobs(s->solv->pool, &s->job)) < 0)
    return r;
  s->solved = 1;
  return solver_solve(s->solv, &s->job);
}

int
SHIM_EXPORT(shim_solver_result)(ShimSolver *s, int flags)
{
  char *result;
  if (!s->solved)
    return fail(FAIL_MISUSE, "nothing was solved yet");
  result = testcase_solverresult(s->solv, flags);
  out_str(result);
  solv_free(result);
  return 0;
}

/* Empty if the two results are equal: order does not count. */
int
SHIM_EXPORT(shim_result_difference)(void)
{
  const char *expected = in_str(), *actual = in_str();
  char *difference = testcase_resultdiff(expected, actual);
  out_str(difference);
  solv_free(difference);
  return 0;
}

int
SHIM_EXPORT(shim_testcase_write)(ShimSolver *s, int flags)
{
  if (!s->solved)
    return fail(FAIL_MISUSE, "nothing was solved yet");
  if (!testcase_write(s->solv, "testcase", flags, "testcase.t", "solver.result"))
    return fail(FAIL_INPUT, "%s", complaint(s->solv->pool, "libsolv cannot write the testcase"));
  return 0;
}
