/*
 * The calling convention between the module and src/memory.ts: a call takes plain numbers and, laid out by shim_input, a
 * request of ints, strings and bytes; it leaves a reply of ints and text. Change it together with src/memory.ts and raise
 * SHIM_WIRE, which the build puts into the module's record.
 */
#ifndef SHIM_WIRE_H
#define SHIM_WIRE_H

#define SHIM_WIRE 1

#include "pool.h"
#include "queue.h"
#include "solver.h"

#define SHIM_EXPORT(name) __attribute__((export_name(#name))) name

/* Error codes of src/instance.ts. */
#define FAIL_INPUT (-1)
#define FAIL_LIMIT (-2)
#define FAIL_UNSUPPORTED (-3)
#define FAIL_MISUSE (-4)

/* The request. Ints and strings are taken from front to back; one too many is 0 or an empty string. */
int in_left(void);
int in_int(void);
const char *in_str(void);
unsigned char *in_bytes(size_t *sizep);

/* The reply. */
void out_int(int value);
void out_wide(unsigned long long value);
void out_list(const Queue *q);
void out_str(const char *text);
void out_bytes(const char *bytes, size_t size);
/* Places an int that is filled in later, such as a count; returns its place. */
int out_reserve(void);
void out_fill(int place, int value);

/* Replaces the reply by an error text and returns the code. */
int fail(int code, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* What the shim keeps for a pool, at pool->appdata. */
typedef struct ShimPool {
  char **modaliases;
  int nmodaliases;
  /* Repositories changed since the last pool_createwhatprovides: libsolv would read beyond its tables. */
  int stale;
  /* A dependency of the document being read was too long for libsolv's parser. */
  int unparsable;
  /* What libsolv reported through the debug callback since complaints_clear. */
  char *complaints;
  FILE *testcase;
} ShimPool;

static inline ShimPool *shim_of(Pool *pool) { return pool->appdata; }

/* A solver with the jobs it was last given. */
typedef struct ShimSolver {
  Solver *solv;
  Queue job;
  int solved;
} ShimSolver;

void complaints_clear(Pool *pool);
/* The first line that libsolv reported, or the fallback. */
const char *complaint(Pool *pool, const char *fallback);

/* solver.c */
int require_solved(ShimSolver *s);

/* rule-info.c: why a rule exists. `info`: type, source, target and dependency as libsolv gives them, `text`: its sentence for them. */
void out_info(ShimSolver *s, Id rule, const Id *info, const char *text);
int out_rule_infos(ShimSolver *s, Id rule);

/* job.c */
/* The dependency that the request's next string is: 0, or the failure. */
int in_dep(Pool *pool, Id *depp);
int in_jobs(Pool *pool, int count, Queue *job);
void out_select(Pool *pool, Id how, Id what);
int valid_solvable(Pool *pool, Id p);

/* pool.c */
int require_whatprovides(Pool *pool);

/* package.c: libsolv's key of a dependency kind of src/package-info.ts; -1 stands for the name */
Id dependency_key(int kind);

/* dependency-limit.c: 0, or the failure */
int check_dependencies(Pool *pool);
int check_jobs(Pool *pool, const Queue *job);
/* Whether a dependency's text is short enough for libsolv's parsers, which recurse. */
int parsable(const char *text);

/* modalias.c */
void modaliases_free(ShimPool *sp);
Id shim_namespace(Pool *pool, void *data, Id name, Id evr);

/* streams.c: documents in memory, read as files */
FILE *stream_open(const unsigned char *bytes, size_t size);
/* Closes it; 0 or the error that reading ran into, with the reason. */
int stream_close(FILE *fp, const char **why);
/* Why one of the files that were closed since the last call could not be read to its end, or null. */
const char *stream_failure(void);
/* The most bytes that one document may unpack to. */
unsigned long long shim_unpack_limit(void);

/* solv.c: repo_add_solv for documents from unknown writers */
int solv_add(Repo *repo, FILE *fp, int flags);

#endif
