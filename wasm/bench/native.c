/*
 * The native side of the benchmark: does what bench/round.mjs does through the module, with the same libsolv source.
 *   bench-native INSTALLED.xml AVAILABLE.xml...
 * Each line on standard input starts one round with a fresh pool; one line of JSON answers.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "pool.h"
#include "repo.h"
#include "repo_rpmmd.h"
#include "repo_solv.h"
#include "repo_write.h"
#include "solv_xfopen.h"
#include "solver.h"
#include "transaction.h"

struct document {
  char *bytes;
  size_t size;
};

static struct document
read_file(const char *name)
{
  struct document d = { 0, 0 };
  FILE *fp = fopen(name, "rb");
  if (!fp || fseek(fp, 0, SEEK_END) || (long)(d.size = ftell(fp)) < 0)
    {
      perror(name);
      exit(1);
    }
  rewind(fp);
  d.bytes = malloc(d.size + 1);
  if (fread(d.bytes, 1, d.size, fp) != d.size)
    exit(1);
  fclose(fp);
  return d;
}

/* Time of the processor, not of the clock on the wall: other programs of a busy machine do not count. */
static double
now(void)
{
  struct timespec t;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
  return t.tv_sec * 1e3 + t.tv_nsec / 1e6;
}

static Pool *
new_pool(void)
{
  Pool *pool = pool_create();
  pool_setdisttype(pool, DISTTYPE_RPM);
  pool_setarch(pool, "x86_64");
  return pool;
}

static void
must(int failed)
{
  if (!failed)
    return;
  fprintf(stderr, "bench-native: libsolv refused a document\n");
  exit(1);
}

static double
parse_all(Pool *pool, struct document *documents, int count)
{
  double start = now();
  int i;
  for (i = 0; i < count; i++)
    {
      Repo *repo = repo_create(pool, i ? "available" : "@System");
      FILE *fp = solv_fmemopen(documents[i].bytes, documents[i].size, "r");
      must(repo_add_rpmmd(repo, fp, 0, 0));
      fclose(fp);
    }
  return now() - start;
}

static double
load_all(Pool *pool, struct document *documents, int count)
{
  double start = now();
  int i;
  for (i = 0; i < count; i++)
    {
      Repo *repo = repo_create(pool, i ? "available" : "@System");
      FILE *fp = solv_fmemopen(documents[i].bytes, documents[i].size, "r");
      must(repo_add_solv(repo, fp, SOLV_ADD_NO_STUBS));
      fclose(fp);
    }
  return now() - start;
}

static struct document *
write_all(Pool *pool, int count)
{
  struct document *documents = calloc(count, sizeof(*documents));
  int i, repoid;
  Repo *repo;
  i = 0;
  FOR_REPOS(repoid, repo)
    {
      FILE *fp = open_memstream(&documents[i].bytes, &documents[i].size);
      repo_write(repo, fp);
      fclose(fp);
      i++;
    }
  return documents;
}

static void
round_of(struct document *primaries, int count)
{
  double parse, load, whatprovides, solve, order, t;
  struct document *solvs;
  Pool *pool = new_pool();
  Solver *solv;
  Transaction *trans;
  Queue job;
  Id p, pp;
  int i, rules, problems;

  parse = parse_all(pool, primaries, count);
  solvs = write_all(pool, count);
  pool_free(pool);

  pool = new_pool();
  load = load_all(pool, solvs, count);
  pool_set_installed(pool, pool_id2repo(pool, 1));
  pool_addfileprovides(pool);
  t = now();
  pool_createwhatprovides(pool);
  whatprovides = now() - t;

  t = now();
  queue_init(&job);
  FOR_PROVIDES(p, pp, pool_str2id(pool, "multiversion(kernel)", 1))
    queue_push2(&job, SOLVER_MULTIVERSION | SOLVER_SOLVABLE, p);
  queue_push2(&job, SOLVER_UPDATE | SOLVER_SOLVABLE_ALL, 0);
  solv = solver_create(pool);
  solver_set_flag(solv, SOLVER_FLAG_SPLITPROVIDES, 1);
  problems = solver_solve(solv, &job);
  solve = now() - t;
  trans = solver_create_transaction(solv);
  t = now();
  transaction_order(trans, 0);
  order = now() - t;
  rules = solv->nrules - 1;
  printf("{\"parse\":%.3f,\"load\":%.3f,\"whatprovides\":%.3f,\"solve\":%.3f,\"order\":%.3f,"
         "\"solvables\":%d,\"rules\":%d,\"problems\":%d,\"steps\":%d,\"lastStep\":%d}\n",
         parse, load, whatprovides, solve, order,
         pool->nsolvables - 2, rules, problems, trans->steps.count,
         trans->steps.count ? trans->steps.elements[trans->steps.count - 1] : 0);
  fflush(stdout);
  transaction_free(trans);
  solver_free(solv);
  queue_free(&job);
  pool_free(pool);
  for (i = 0; i < count; i++)
    free(solvs[i].bytes);
  free(solvs);
}

int
main(int argc, char **argv)
{
  struct document *primaries = calloc(argc, sizeof(*primaries));
  char line[64];
  int i;
  for (i = 1; i < argc; i++)
    primaries[i - 1] = read_file(argv[i]);
  while (fgets(line, sizeof(line), stdin))
    round_of(primaries, argc - 1);
  return 0;
}
