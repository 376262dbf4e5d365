/* How large libsolv's normal forms of a dependency are, without making them. */
#ifndef SHIM_DEPENDENCY_SIZE_H
#define SHIM_DEPENDENCY_SIZE_H

#include "pool.h"

/* Conjunctive and disjunctive: a list of blocks of literals, of which all must hold, or one. */
enum form_kind { CNF, DNF };

struct form {
  float blocks, literals;
  float work; /* literals of every step on the way */
};

/* An endless form is infinite here, or not a number: compare so that both count as too much. */
struct size {
  struct form as[2];
  float providers;
  int complex; /* whether libsolv makes a normal form at all; else it takes the providers as they are */
  int depth;   /* relations in relations; "a or b or c" is two */
};

/* `known`: the sizes of all relations before this one, by their place in the pool, or null. Needs whatprovides. */
struct size size_of(Pool *pool, Id dep, const struct size *known);
struct size size_of_relation(Pool *pool, const Reldep *rd, const struct size *known);

#endif
