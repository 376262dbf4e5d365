#include <stdlib.h>
#include <string.h>

#include "policy.h"
#include "problems.h"
#include "rules.h"
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

static int
require_solved(ShimSolver *s)
{
  return s->solved ? 0 : fail(FAIL_MISUSE, "nothing was solved yet");
}

/* ---- rules and decisions ---- */

/*
 * libsolv uses the same three ids for different things: packages, a job's place, another rule. They are told apart here, so that
 * what leaves the module as a package is one.
 */
struct info {
  Id source, target, dep;
  int job;  /* place in the caller's jobs, or -1 */
  Id basis; /* the rule that this one limits, or 0 */
};

static struct info
classify(Solver *solv, Id type, Id source, Id target, Id dep)
{
  struct info info = { source, target, dep, -1, 0 };
  Id select;
  switch (type)
    {
    case SOLVER_RULE_JOB:
    case SOLVER_RULE_JOB_NOTHING_PROVIDES_DEP:
    case SOLVER_RULE_JOB_PROVIDED_BY_SYSTEM:
    case SOLVER_RULE_JOB_UNKNOWN_PACKAGE:
    case SOLVER_RULE_JOB_UNSUPPORTED:
      select = target & SOLVER_SELECTMASK;
      info.job = source < solv->pooljobcnt ? -1 : (source - solv->pooljobcnt) / 2;
      info.source = info.target = 0;
      if (select != SOLVER_SOLVABLE_NAME && select != SOLVER_SOLVABLE_PROVIDES)
        info.dep = 0;
      break;
    case SOLVER_RULE_BEST:
      if (target > 0)
        {
          int place = solver_rule2jobidx(solv, target);
          info.job = place > solv->pooljobcnt ? (place - 1 - solv->pooljobcnt) / 2 : -1;
          info.target = 0;
        }
      break;
    case SOLVER_RULE_CHOICE:
    case SOLVER_RULE_RECOMMENDS:
      info.basis = source;
      info.source = 0;
      break;
    default:
      break;
    }
  return info;
}

static void
out_info(ShimSolver *s, Id rule, Id type, Id source, Id target, Id dep, const char *text)
{
  /* The sentence may live in the temporary space that the dependency's text will take. */
  char *sentence = solv_strdup(text);
  struct info info = classify(s->solv, type, source, target, dep);
  out_int(type);
  out_int(rule);
  out_int(info.source);
  out_int(info.target);
  out_int(info.job);
  out_int(info.basis);
  out_int(info.dep != 0);
  if (info.dep)
    out_str(pool_dep2str(s->solv->pool, info.dep));
  out_str(sentence);
  solv_free(sentence);
}

static int
out_rule_infos(ShimSolver *s, Id rule)
{
  Queue infos;
  int i, n;
  queue_init(&infos);
  solver_allruleinfos(s->solv, rule, &infos);
  for (i = 0; i + 3 < infos.count; i += 4)
    {
      Id *e = infos.elements + i;
      out_info(s, rule, e[0], e[1], e[2], e[3], solver_problemruleinfo2str(s->solv, e[0], e[1], e[2], e[3]));
    }
  n = infos.count / 4;
  queue_free(&infos);
  return n;
}

/* What made the solver decide so: the infos of a rule, or of the weak dependencies. */
static void
out_decision_infos(ShimSolver *s, Id decision, int reason, Id rule)
{
  Solver *solv = s->solv;
  Queue infos;
  int i, count = out_reserve();
  queue_init(&infos);
  if (reason == SOLVER_REASON_WEAKDEP)
    {
      rule = 0;
      solver_allweakdepinfos(solv, decision, &infos);
    }
  else if (rule > 0)
    solver_allruleinfos(solv, rule, &infos);
  for (i = 0; i + 3 < infos.count; i += 4)
    {
      Id *e = infos.elements + i;
      int bits = solver_calc_decisioninfo_bits(solv, decision, e[0], e[1], e[2], e[3]);
      out_info(s, rule, e[0], e[1], e[2], e[3], solver_decisioninfo2str(solv, bits, e[0], e[1], e[2], e[3]));
    }
  out_fill(count, infos.count / 4);
  queue_free(&infos);
}

/* A queue of decision, reason, rule; as solver_get_decisionlist gives it. */
static int
out_decisions(ShimSolver *s, Queue *list)
{
  int i;
  out_int(list->count / 3);
  for (i = 0; i + 2 < list->count; i += 3)
    {
      Id decision = list->elements[i], reason = list->elements[i + 1], rule = list->elements[i + 2];
      out_int(decision);
      out_int(reason);
      out_decision_infos(s, decision, reason, rule);
      out_str(solver_decisionreason2str(s->solv, decision, reason, rule));
    }
  return 0;
}

int
SHIM_EXPORT(shim_solver_decisions)(ShimSolver *s)
{
  Queue decisions, list;
  int i, r = require_solved(s);
  if (r < 0)
    return r;
  queue_init(&decisions);
  queue_init(&list);
  solver_get_decisionqueue(s->solv, &decisions);
  for (i = 0; i < decisions.count; i++)
    {
      Id decision = decisions.elements[i], rule = 0;
      int reason = solver_describe_decision(s->solv, abs(decision), &rule);
      queue_push(&list, decision);
      queue_push2(&list, reason, rule);
    }
  out_decisions(s, &list);
  queue_free(&list);
  queue_free(&decisions);
  return 0;
}

/* Kinds of src/solver.ts: why packages, proof of a problem, proof of a learnt rule. */
int
SHIM_EXPORT(shim_solver_why)(ShimSolver *s, int kind, int id)
{
  Solver *solv = s->solv;
  Queue list, ids;
  int r = require_solved(s);
  if (r < 0)
    return r;
  if (kind == 1 && (id < 1 || id > (int)solver_problem_count(solv)))
    return fail(FAIL_MISUSE, "no problem %d", id - 1);
  if (kind == 2 && (id < solv->learntrules || id >= solv->nrules))
    return fail(FAIL_MISUSE, "no learnt rule %d", id);
  queue_init(&list);
  queue_init(&ids);
  while (in_left() && !r)
    {
      queue_push(&ids, in_int());
      if (!valid_solvable(solv->pool, ids.elements[ids.count - 1]))
        r = fail(FAIL_MISUSE, "no solvable %d", ids.elements[ids.count - 1]);
    }
  if (!r)
    {
      if (kind == 0)
        solver_get_decisionlist_multiple(solv, &ids, SOLVER_DECISIONLIST_SOLVABLE, &list);
      else
        solver_get_decisionlist(solv, id, kind == 1 ? SOLVER_DECISIONLIST_PROBLEM : SOLVER_DECISIONLIST_LEARNTRULE, &list);
      out_decisions(s, &list);
    }
  queue_free(&ids);
  queue_free(&list);
  return r;
}

int
SHIM_EXPORT(shim_solver_learnt)(ShimSolver *s, int problem)
{
  Queue rules;
  if (!s->solved || problem < 1 || problem > (int)solver_problem_count(s->solv))
    return fail(FAIL_MISUSE, "no problem %d", problem - 1);
  queue_init(&rules);
  solver_get_learnt(s->solv, problem, SOLVER_DECISIONLIST_PROBLEM, &rules);
  out_list(&rules);
  queue_free(&rules);
  return 0;
}

/* ---- problems ---- */

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
      Id type, source, target, dep, rule = solver_findproblemrule(solv, problem);
      type = solver_ruleinfo(solv, rule, &source, &target, &dep);
      out_info(s, rule, type, source, target, dep, solver_problemruleinfo2str(solv, type, source, target, dep));
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

/* ---- alternatives, lists, statistics ---- */

int
SHIM_EXPORT(shim_solver_alternatives)(ShimSolver *s)
{
  Solver *solv = s->solv;
  Queue choices;
  int i, n, count, r = require_solved(s);
  if (r < 0)
    return r;
  queue_init(&choices);
  count = solver_alternatives_count(solv);
  out_int(count);
  for (n = 1; n <= count; n++)
    {
      Id id, from, chosen;
      int infos, type = solver_get_alternative(solv, n, &id, &from, &chosen, &choices, 0);
      out_int(type);
      out_int(from);
      out_int(chosen);
      /* libsolv marks those that it tried and gave up by a minus. */
      for (i = 0; i < choices.count; i++)
        choices.elements[i] = abs(choices.elements[i]);
      out_list(&choices);
      infos = out_reserve();
      if (type == SOLVER_ALTERNATIVE_TYPE_RULE)
        out_fill(infos, out_rule_infos(s, id));
      out_str(solver_alternative2str(solv, type, id, from));
    }
  queue_free(&choices);
  return 0;
}

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
