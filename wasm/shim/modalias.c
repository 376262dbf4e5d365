/*
 * Hardware dependencies, as libzypp's Modalias.cc evaluates them: the pattern's %XX escapes are decoded, then fnmatch without
 * flags is tried on every modalias of the machine.
 */
#include <fnmatch.h>
#include <string.h>

#include "knownid.h"
#include "util.h"
#include "wire.h"

static int
nibble(int c)
{
  if (c >= '0' && c <= '9')
    return c - '0';
  c |= 0x20;
  return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* A % without two hexadecimal digits after it stands for itself. */
static char *
hexdecode(const char *text)
{
  char *decoded = solv_malloc(strlen(text) + 1), *to = decoded;
  while (*text)
    {
      int high = *text == '%' ? nibble(text[1]) : -1;
      int low = high >= 0 ? nibble(text[2]) : -1;
      *to++ = low >= 0 ? (char)(high << 4 | low) : *text;
      text += low >= 0 ? 3 : 1;
    }
  *to = 0;
  return decoded;
}

static int
hardware_matches(ShimPool *sp, const char *text)
{
  char *pattern = hexdecode(text);
  int i, found = 0;
  for (i = 0; i < sp->nmodaliases && !found; i++)
    found = fnmatch(pattern, sp->modaliases[i], 0) == 0;
  solv_free(pattern);
  return found;
}

Id
shim_namespace(Pool *pool, void *data, Id name, Id evr)
{
  if (name == NAMESPACE_MODALIAS && hardware_matches(data, pool_id2str(pool, evr)))
    return SYSTEMSOLVABLE;
  return 0;
}

void
modaliases_free(ShimPool *sp)
{
  int i;
  for (i = 0; i < sp->nmodaliases; i++)
    solv_free(sp->modaliases[i]);
  sp->modaliases = solv_free(sp->modaliases);
  sp->nmodaliases = 0;
}

int
SHIM_EXPORT(shim_pool_set_hardware)(Pool *pool, int count)
{
  ShimPool *sp = shim_of(pool);
  int i;
  modaliases_free(sp);
  sp->modaliases = solv_calloc(count, sizeof(char *));
  for (i = 0; i < count; i++)
    sp->modaliases[sp->nmodaliases++] = solv_strdup(in_str());
  pool->nscallback = shim_namespace;
  pool->nscallbackdata = sp;
  /* Answers that libsolv has kept were about the old hardware. */
  if (pool->whatprovides)
    pool_flush_namespaceproviders(pool, NAMESPACE_MODALIAS, 0);
  return 0;
}

/* What provides a dependency of a namespace, as testcases say it: kept where libsolv keeps what the callback answered. */
int
SHIM_EXPORT(shim_pool_set_namespace)(Pool *pool)
{
  const char *name = in_str(), *value = in_str();
  int r = require_whatprovides(pool);
  Queue ids;
  Id dep;
  if (r < 0)
    return r;
  queue_init(&ids);
  while (in_left() && !r)
    {
      Id p = in_int();
      queue_push(&ids, p);
      if (!valid_solvable(pool, p))
        r = fail(FAIL_MISUSE, "no solvable %d", p);
    }
  if (!r)
    {
      dep = pool_rel2id(pool, pool_str2id(pool, name, 1), pool_str2id(pool, value, 1), REL_NAMESPACE, 1);
      pool->whatprovides_rel[GETRELID(dep)] = pool_queuetowhatprovides(pool, &ids);
    }
  queue_free(&ids);
  return r;
}
