/* What the solver decided and why, proofs, and where it could have chosen otherwise. */
#include <stdlib.h>

#include "solver.h"
#include "wire.h"

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
      out_info(s, rule, e, solver_decisioninfo2str(solv, bits, e[0], e[1], e[2], e[3]));
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
