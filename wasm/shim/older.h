/* What older versions of libsolv lack; 0.7.23 is the oldest that is built. */
#ifndef SHIM_OLDER_H
#define SHIM_OLDER_H

/* Newer versions have these numbers for the two elements of a solution that are about installed packages. */
#ifndef SOLVER_SOLUTION_ERASE
#define SOLVER_SOLUTION_ERASE (-100)
#define SOLVER_SOLUTION_REPLACE (-101)
#endif

#endif
