/*
 * solv_sort as a merge sort. Where the C library has no qsort_r, libsolv brings a quicksort that turns quadratic on some
 * package sets; and as glibc's qsort_r was a merge sort for decades, results that depend on the order of equal elements were
 * made with a stable sort. util.c is compiled with its own solv_sort renamed.
 */
#include <string.h>

#include "sort.h"
#include "util.h"

typedef struct { unsigned int part[2]; } Pair;
typedef struct { unsigned int part[3]; } Triple;
typedef struct { unsigned int part[4]; } Quad;

DEFINE_SORT(sort_word, unsigned int)
DEFINE_SORT(sort_pair, Pair)
DEFINE_SORT(sort_triple, Triple)
DEFINE_SORT(sort_quad, Quad)

/* Any other size: sort pointers, then bring the elements into their order. */
struct indirect {
  Compare compare;
  void *data;
};

static int
compare_indirect(const void *a, const void *b, void *data)
{
  struct indirect *indirect = data;
  return indirect->compare(*(void **)a, *(void **)b, indirect->data);
}

static void
sort_other(char *base, size_t n, size_t size, Compare compare, void *data)
{
  struct indirect indirect = { compare, data };
  char **pointers = solv_malloc2(n, 2 * sizeof(char *));
  char *sorted = solv_malloc2(n, size);
  size_t i;
  for (i = 0; i < n; i++)
    pointers[i] = base + i * size;
  solv_sort(pointers, n, sizeof(char *), compare_indirect, &indirect);
  for (i = 0; i < n; i++)
    memcpy(sorted + i * size, pointers[i], size);
  memcpy(base, sorted, n * size);
  solv_free(sorted);
  solv_free(pointers);
}

#define SPARE_WORDS 256

void
solv_sort(void *base, size_t n, size_t size, Compare compare, void *data)
{
  unsigned int some[SPARE_WORDS];
  void *spare = some;
  if (n < 2)
    return;
  if (size % sizeof(unsigned int) || size > sizeof(Quad))
    {
      sort_other(base, n, size, compare, data);
      return;
    }
  if (n * size > sizeof(some))
    spare = solv_malloc2(n, size);
  switch (size / sizeof(unsigned int))
    {
    case 1: sort_word(base, spare, n, compare, data); break;
    case 2: sort_pair(base, spare, n, compare, data); break;
    case 3: sort_triple(base, spare, n, compare, data); break;
    default: sort_quad(base, spare, n, compare, data); break;
    }
  if (spare != some)
    solv_free(spare);
}
