/* Included before libsolv's pool.c, where lists of providers are sorted to find equal ones: a third of pool_createwhatprovides. */
#ifndef SHIM_SORT_IDS_H
#define SHIM_SORT_IDS_H

#include "pooltypes.h"
#include "sort.h"

DEFINE_SORT(sort_ids, Id)
DEFINE_SORT_HERE(Id, sort_ids)

#define solv_sort sort_here

#endif
