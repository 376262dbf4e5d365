/*
 * Included before libsolv's rules.c, for solver_unifyrules: sorting the rules is a quarter of a solve. Its comparison looks at a rule's first
 * literal, p, before all else, and p is a small number. So the rules are put into their order by p without any comparison, and only those
 * of one p are merge sorted. Both steps are stable: the result is that of one stable sort.
 */
#ifndef SHIM_SORT_RULES_H
#define SHIM_SORT_RULES_H

#include "pool.h"
#include "rules.h"
#include "sort.h"

DEFINE_SORT(sort_rules, Rule)

/* One count for each p between the least and the most. */
static void
sort_rules_by_p(Rule *rules, Rule *spare, size_t n, Compare compare, void *data)
{
  Id least = rules[0].p, most = rules[0].p;
  size_t i, range, start = 0, *ends;
  for (i = 1; i < n; i++)
    {
      least = rules[i].p < least ? rules[i].p : least;
      most = rules[i].p > most ? rules[i].p : most;
    }
  range = (size_t)most - least + 1;
  /* Few rules in a large pool. */
  if (range / 4 > n)
    {
      sort_rules(rules, spare, n, compare, data);
      return;
    }
  ends = solv_calloc(range + 1, sizeof(*ends));
  for (i = 0; i < n; i++)
    ends[rules[i].p - least + 1]++;
  for (i = 1; i < range; i++)
    ends[i] += ends[i - 1];
  for (i = 0; i < n; i++)
    spare[ends[rules[i].p - least]++] = rules[i];
  memcpy(rules, spare, n * sizeof(Rule));
  for (i = 0; i < range; start = ends[i++])
    sort_rules(rules + start, spare, ends[i] - start, compare, data);
  solv_free(ends);
}

DEFINE_SORT_HERE(Rule, sort_rules_by_p)

#define solv_sort sort_here

#endif
