/*
 * Included before each of libsolv's files: of its messages only errors are kept, which the shim hands on. Statistics, rules and
 * decisions have calls of their own, and there is nowhere to print to.
 */
#ifndef SHIM_QUIET_H
#define SHIM_QUIET_H

#include "pool.h"
#include "solverdebug.h"

#undef POOL_DEBUG
#undef IF_POOLDEBUG
#define POOL_DEBUG(type, ...)                        \
  do                                                 \
    {                                                \
      if ((type) & (SOLV_FATAL | SOLV_ERROR))        \
        pool_debug(pool, (type), __VA_ARGS__);       \
    }                                                \
  while (0)
#define IF_POOLDEBUG(type) if ((type) & (SOLV_FATAL | SOLV_ERROR))

#define solver_printruleclass(solver, type, rule) ((void)0)

#endif
