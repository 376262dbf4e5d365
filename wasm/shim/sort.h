/*
 * A merge sort for elements of one type, and solv_sort for one file of libsolv: expanded there, the compiler sees which comparison it is,
 * and calls it directly.
 */
#ifndef SHIM_SORT_H
#define SHIM_SORT_H

#include <string.h>

#include "util.h"

typedef int (*Compare)(const void *, const void *, void *);

/* Runs shorter than this are sorted by insertion. */
#define RUN 8

#define DEFINE_SORT(NAME, TYPE)                                                                                   \
  static void NAME(TYPE *base, TYPE *spare, size_t n, Compare compare, void *data)                                \
  {                                                                                                                \
    size_t half = n / 2, left = 0, right = half, i, j;                                                             \
    if (n <= RUN)                                                                                                  \
      {                                                                                                            \
        for (i = 1; i < n; i++)                                                                                    \
          {                                                                                                        \
            TYPE element = base[i];                                                                                \
            for (j = i; j > 0 && compare(base + j - 1, &element, data) > 0; j--)                                   \
              base[j] = base[j - 1];                                                                               \
            base[j] = element;                                                                                     \
          }                                                                                                        \
        return;                                                                                                    \
      }                                                                                                            \
    NAME(base, spare, half, compare, data);                                                                        \
    NAME(base + half, spare + half, n - half, compare, data);                                                      \
    if (compare(base + half - 1, base + half, data) <= 0)                                                          \
      return;                                                                                                      \
    memcpy(spare, base, half * sizeof(TYPE));                                                                      \
    for (i = 0; left < half && right < n; i++)                                                                     \
      base[i] = compare(base + right, spare + left, data) < 0 ? base[right++] : spare[left++];                     \
    memcpy(base + i, spare + left, (half - left) * sizeof(TYPE));                                                  \
  }

/* Sorts elements of this size by SORT, with as much memory again, all others as everywhere. */
#define DEFINE_SORT_HERE(TYPE, SORT)                                                                               \
  static inline void sort_here(void *base, size_t n, size_t size, Compare compare, void *data)                     \
  {                                                                                                                \
    TYPE *spare;                                                                                                   \
    if (size != sizeof(TYPE) || n < 2)                                                                             \
      {                                                                                                            \
        solv_sort(base, n, size, compare, data);                                                                   \
        return;                                                                                                    \
      }                                                                                                            \
    spare = solv_malloc2(n, sizeof(TYPE));                                                                         \
    SORT(base, spare, n, compare, data);                                                                           \
    solv_free(spare);                                                                                              \
  }

#endif
