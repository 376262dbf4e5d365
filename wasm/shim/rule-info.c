/*
 * Why a rule exists. libsolv uses the same three ids for different things: packages, a job's place, another rule. They are told apart
 * here, so that what leaves the module as a package is one.
 */
#include "pool.h"
#include "rules.h"
#include "solver.h"
#include "util.h"
#include "wire.h"

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

void
out_info(ShimSolver *s, Id rule, const Id *e, const char *text)
{
  /* The sentence may live in the temporary space that the dependency's text will take. */
  char *sentence = solv_strdup(text);
  struct info info = classify(s->solv, e[0], e[1], e[2], e[3]);
  out_int(e[0]);
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

int
out_rule_infos(ShimSolver *s, Id rule)
{
  Queue infos;
  int i, n;
  queue_init(&infos);
  solver_allruleinfos(s->solv, rule, &infos);
  for (i = 0; i + 3 < infos.count; i += 4)
    {
      Id *e = infos.elements + i;
      out_info(s, rule, e, solver_problemruleinfo2str(s->solv, e[0], e[1], e[2], e[3]));
    }
  n = infos.count / 4;
  queue_free(&infos);
  return n;
}

int
SHIM_EXPORT(shim_solver_rule)(ShimSolver *s, int rule)
{
  Queue literals;
  int infos;
  if (!s->solved || rule < 1 || rule >= s->solv->nrules)
    return fail(FAIL_MISUSE, "no rule %d", rule);
  queue_init(&literals);
  solver_ruleliterals(s->solv, rule, &literals);
  out_list(&literals);
  queue_free(&literals);
  infos = out_reserve();
  out_fill(infos, out_rule_infos(s, rule));
  return 0;
}
