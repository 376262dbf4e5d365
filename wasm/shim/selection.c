#include "selection.h"
#include "testcase.h"
#include "wire.h"

/* Numbers of src/selection.ts: what a step's text is compared with. */
enum match { NAMES, DEPENDENCY_TEXTS, DEPENDENCIES, PACKAGES };

/* One step, as libsolv's testcases make them. Returns how the text was understood, or the failure. */
static int
in_step(Pool *pool, Queue *selection)
{
  int flags = in_int();
  enum match match = in_int();
  Id key = dependency_key(in_int()), what;
  const char *text;
  int r;
  switch (match)
    {
    case NAMES:
      return selection_make(pool, selection, in_str(), flags);
    case DEPENDENCY_TEXTS:
      return selection_make_matchdeps(pool, selection, in_str(), flags, key, 0);
    case DEPENDENCIES:
      r = in_dep(pool, &what);
      return r < 0 ? r : selection_make_matchdepid(pool, selection, what, flags, key, 0);
    case PACKAGES:
      text = in_str();
      what = testcase_str2solvid(pool, text);
      return what ? selection_make_matchsolvable(pool, selection, what, flags, key, 0) : fail(FAIL_INPUT, "no package %s", text);
    }
  return fail(FAIL_MISUSE, "selection: match %d", match);
}

int
SHIM_EXPORT(shim_pool_select)(Pool *pool, int steps)
{
  Queue selection, ids;
  int i, matched, r = require_whatprovides(pool);
  if (r < 0)
    return r;
  queue_init(&selection);
  queue_init(&ids);
  matched = out_reserve();
  for (i = 0; i < steps && r >= 0; i++)
    r = in_step(pool, &selection);
  if (r >= 0)
    {
      out_fill(matched, r);
      out_int(selection.count / 2);
      for (i = 0; i < selection.count; i += 2)
        out_select(pool, selection.elements[i], selection.elements[i + 1]);
      selection_solvables(pool, &selection, &ids);
      out_list(&ids);
    }
  queue_free(&selection);
  queue_free(&ids);
  return r < 0 ? r : 0;
}
