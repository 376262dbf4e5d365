#include "transaction.h"
#include "wire.h"

Transaction *
SHIM_EXPORT(shim_transaction_create)(ShimSolver *s)
{
  if (!s->solved)
    return (Transaction *)(size_t)fail(FAIL_MISUSE, "nothing was solved yet");
  return solver_create_transaction(s->solv);
}

void
SHIM_EXPORT(shim_transaction_free)(Transaction *trans)
{
  transaction_free(trans);
}

void
SHIM_EXPORT(shim_transaction_order)(Transaction *trans)
{
  transaction_order(trans, 0);
}

int
SHIM_EXPORT(shim_transaction_steps)(Transaction *trans, int mode)
{
  Queue others;
  int i, count = out_reserve(), n = 0;
  queue_init(&others);
  for (i = 0; i < trans->steps.count; i++)
    {
      Id p = trans->steps.elements[i];
      Id type = transaction_type(trans, p, mode);
      if (type == SOLVER_TRANSACTION_IGNORE)
        continue;
      transaction_all_obs_pkgs(trans, p, &others);
      out_int(p);
      out_int(type);
      out_list(&others);
      n++;
    }
  out_fill(count, n);
  queue_free(&others);
  return 0;
}

/* Each class with its packages; from and to are vendors or architectures, for the two types that are about them. */
int
SHIM_EXPORT(shim_transaction_classify)(Transaction *trans, int mode)
{
  Pool *pool = trans->pool;
  Queue classes, ids;
  int i;
  queue_init(&classes);
  queue_init(&ids);
  transaction_classify(trans, mode, &classes);
  out_int(classes.count / 4);
  for (i = 0; i < classes.count; i += 4)
    {
      Id type = classes.elements[i], from = classes.elements[i + 2], to = classes.elements[i + 3];
      out_int(type);
      out_str(from ? pool_id2str(pool, from) : "");
      out_str(to ? pool_id2str(pool, to) : "");
      transaction_classify_pkgs(trans, mode, type, from, to, &ids);
      out_list(&ids);
    }
  queue_free(&classes);
  queue_free(&ids);
  return 0;
}

int
SHIM_EXPORT(shim_transaction_installed)(Transaction *trans)
{
  Queue ids;
  queue_init(&ids);
  transaction_installedresult(trans, &ids);
  out_list(&ids);
  queue_free(&ids);
  return 0;
}

/* libsolv counts in KiB. */
double
SHIM_EXPORT(shim_transaction_size_change)(Transaction *trans)
{
  return (double)transaction_calc_installsizechange(trans) * 1024;
}
