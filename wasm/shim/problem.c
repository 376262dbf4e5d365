#include "policy.h"
#include "problems.h"
#include "solver.h"
#include "older.h"
#include "wire.h"

static void
out_element(ShimSolver *s, Id p, Id rp)
{
  Solver *solv = s->solv;
  int type = p > 0 ? (rp ? SOLVER_SOLUTION_REPLACE : SOLVER_SOLUTION_ERASE) : p;
  out_int(type);
  out_str(solver_solutionelement2str(solv, p, rp));
  switch (type)
    {
    case SOLVER_SOLUTION_JOB:
      out_int((rp - 1) / 2);
      out_select(solv->pool, solv->job.elements[solv->pooljobcnt + rp - 1], solv->job.elements[solv->pooljobcnt + rp]);
      break;
    case SOLVER_SOLUTION_POOLJOB:
      out_int((rp - 1) / 2);
      break;
    case SOLVER_SOLUTION_ERASE:
      out_int(p);
      break;
    case SOLVER_SOLUTION_REPLACE:
      out_int(p);
      out_int(rp);
      out_int(policy_is_illegal(solv, solv->pool->solvables + p, solv->pool->solvables + rp, 0));
      break;
    case SOLVER_SOLUTION_DISTUPGRADE:
    case SOLVER_SOLUTION_INFARCH:
    case SOLVER_SOLUTION_BEST:
    case SOLVER_SOLUTION_BLACK:
    case SOLVER_SOLUTION_STRICTREPOPRIORITY:
      out_int(rp);
      break;
    default:
      break;
    }
}

static void
out_solutions(ShimSolver *s, Id problem)
{
  int solution, count = solver_solution_count(s->solv, problem);
  out_int(count);
  for (solution = 1; solution <= count; solution++)
    {
      Id p, rp, element = 0;
      int place = out_reserve(), n = 0;
      while ((element = solver_next_solutionelement(s->solv, problem, solution, element, &p, &rp)) != 0)
        {
          out_element(s, p, rp);
          n++;
        }
      out_fill(place, n);
    }
}

int
SHIM_EXPORT(shim_solver_problems)(ShimSolver *s)
{
  Solver *solv = s->solv;
  int problem, count, i, n, place, r = require_solved(s);
  Queue rules;
  if (r < 0)
    return r;
  count = solver_problem_count(solv);
  out_int(count);
  queue_init(&rules);
  for (problem = 1; problem <= count; problem++)
    {
      Id e[4], rule = solver_findproblemrule(solv, problem);
      e[0] = solver_ruleinfo(solv, rule, &e[1], &e[2], &e[3]);
      out_info(s, rule, e, solver_problemruleinfo2str(solv, e[0], e[1], e[2], e[3]));
      queue_empty(&rules);
      solver_findallproblemrules(solv, problem, &rules);
      place = out_reserve();
      for (i = n = 0; i < rules.count; i++)
        n += out_rule_infos(s, rules.elements[i]);
      out_fill(place, n);
      out_solutions(s, problem);
    }
  queue_free(&rules);
  return 0;
}

int
SHIM_EXPORT(shim_solver_take_solution)(ShimSolver *s, int problem, int solution)
{
  Solver *solv = s->solv;
  Queue job;
  int i;
  if (!s->solved || problem < 1 || problem > (int)solver_problem_count(solv))
    return fail(FAIL_MISUSE, "no problem %d", problem - 1);
  if (solution < 1 || solution > (int)solver_solution_count(solv, problem))
    return fail(FAIL_MISUSE, "problem %d has no solution %d", problem - 1, solution - 1);
  queue_init_clone(&job, &s->job);
  solver_take_solution(solv, problem, solution, &job);
  out_int(job.count / 2);
  for (i = 0; i < job.count; i += 2)
    out_select(solv->pool, job.elements[i] == SOLVER_NOOP ? SOLVER_NOOP | SOLVER_SOLVABLE_ALL : job.elements[i], job.elements[i + 1]);
  queue_free(&job);
  return 0;
}
