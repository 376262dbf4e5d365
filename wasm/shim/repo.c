#include <stdlib.h>
#include <string.h>

#include "repo.h"
#include "repo_helix.h"
#include "repo_rpmmd.h"
#include "repo_solv.h"
#include "repo_susetags.h"
#include "repo_updateinfoxml.h"
#include "repo_write.h"
#include "testcase.h"
#include "util.h"
#include "wire.h"

/* Numbers of src/repo.ts. */
enum reader { PRIMARY, FILELISTS, OTHER, UPDATEINFO, SOLV, TESTCASE, SUSETAGS, HELIX, SUSETAGS_EXTENSION };

static int
read_document(Repo *repo, enum reader reader, FILE *fp)
{
  switch (reader)
    {
    case PRIMARY:
      return repo_add_rpmmd(repo, fp, 0, 0);
    case FILELISTS:
    case OTHER:
      return repo_add_rpmmd(repo, fp, 0, REPO_EXTEND_SOLVABLES);
    case UPDATEINFO:
      return repo_add_updateinfoxml(repo, fp, 0);
    case SOLV:
      return solv_add(repo, fp, SOLV_ADD_NO_STUBS);
    case TESTCASE:
      return testcase_add_testtags(repo, fp, 0);
    case SUSETAGS:
      return repo_add_susetags(repo, fp, 0, 0, 0);
    case SUSETAGS_EXTENSION:
      return repo_add_susetags(repo, fp, 0, 0, SUSETAGS_EXTEND | REPO_EXTEND_SOLVABLES);
    case HELIX:
      return repo_add_helix(repo, fp, 0);
    }
  return -1;
}

int
SHIM_EXPORT(shim_repo_read)(Pool *pool, int repoid, int reader)
{
  Repo *repo = pool_id2repo(pool, repoid);
  const char *why;
  size_t size;
  unsigned char *bytes = in_bytes(&size);
  FILE *fp;
  int r;
  if (size > 5 && !memcmp(bytes, "\xfd" "7zXZ", 5))
    return fail(FAIL_UNSUPPORTED, "%s: this build does not unpack xz: hand over the unpacked document", repo->name);
  if (pool->considered)
    return fail(FAIL_MISUSE, "%s: read every repository before disabling packages", repo->name);
  complaints_clear(pool);
  shim_of(pool)->stale = 1;
  shim_of(pool)->unparsable = 0;
  fp = stream_open(bytes, size);
  r = read_document(repo, reader, fp);
  if (stream_close(fp, &why))
    return fail(strstr(why, "limit") ? FAIL_LIMIT : FAIL_INPUT, "%s: %s", repo->name, why);
  if (r)
    {
      why = complaint(pool, "libsolv cannot read the document");
      return fail(strstr(why, "the limit") ? FAIL_LIMIT : FAIL_INPUT, "%s: %s", repo->name, why);
    }
  if (shim_of(pool)->unparsable)
    return fail(FAIL_LIMIT, "%s: a dependency of more words or parentheses than the limit", repo->name);
  if (shim_of(pool)->complaints)
    return fail(FAIL_INPUT, "%s: %s", repo->name, shim_of(pool)->complaints);
  return 0;
}

int
SHIM_EXPORT(shim_repo_write)(Pool *pool, int repoid)
{
  char *bytes = 0;
  size_t size = 0;
  FILE *fp = open_memstream(&bytes, &size);
  int r = repo_write(pool_id2repo(pool, repoid), fp);
  if (fclose(fp) || r)
    r = fail(FAIL_INPUT, "%s", complaint(pool, "libsolv cannot write the repository"));
  else
    out_bytes(bytes, size);
  free(bytes);
  return r;
}

void
SHIM_EXPORT(shim_repo_internalize)(Pool *pool, int repoid)
{
  repo_internalize(pool_id2repo(pool, repoid));
}

void
SHIM_EXPORT(shim_repo_set_priority)(Pool *pool, int repoid, int priority, int subpriority)
{
  Repo *repo = pool_id2repo(pool, repoid);
  repo->priority = priority;
  repo->subpriority = subpriority;
}
