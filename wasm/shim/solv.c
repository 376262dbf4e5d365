/*
 * .solv documents from unknown writers. libsolv's reader (src/repo_solv.c) and what later walks over the result trust the document in
 * ways that a hostile one can use to write outside of tables or to loop for years. Here everything is checked that they trust, by the
 * same rules: the header's counts before the reading begins, the rest as soon as the reader has made its map of strings, which says what
 * the keys mean. Numbers may not promise more than the document can hold, or than the limit for unpacking.
 */
#include <stdlib.h>
#include <string.h>

#include "fastio.h"
#include "repo_solv.h"
#include "solv-check.h"
#include "strpool.h"
#include "util.h"
#include "wire.h"

#define FLAG_PREFIX_POOL 4
#define FLAG_USERDATA 16

struct solv_check check;

const char ends_early[] = "the .solv document ends too early";
const char bad_id[] = "the .solv document has an id out of range";
const char bad_size[] = "the .solv document states an impossible size";
const char bad_key[] = "the .solv document has a key of a wrong kind";
const char too_large[] = "the .solv document unpacks to more than the limit";

int
wrong(const char *why)
{
  if (!check.why)
    check.why = why;
  check.at = check.end;
  return 0;
}

/* Each string is how much it shares with the one before, and the rest of it; the first one is not there. */
static void
check_prefixes(unsigned int bytes)
{
  const unsigned char *at = check.at, *end = at + bytes;
  unsigned int n;
  if (bytes && end[-1])
    wrong(ends_early);
  for (n = check.strings - 1; n && !check.why; n--)
    if (must(end - at >= 2, ends_early))
      at += strlen((const char *)at + 1) + 2;
}

static void
check_header(void)
{
  unsigned int text, bytes;
  take_u32();
  take_u32();
  check.strings = take_u32();
  check.rels = take_u32();
  check.dirs = take_u32();
  check.solvables = take_u32();
  check.nkeys = take_u32();
  check.nschemata = take_u32();
  check.flags = take_u32();
  if (check.flags & FLAG_USERDATA)
    skip(take_u32());
  text = bytes = take_u32();
  if (check.flags & FLAG_PREFIX_POOL)
    bytes = take_u32();
  must(bytes <= left(), ends_early);
  must(text <= shim_unpack_limit() && text <= 256ull * left(), too_large);
  must(check.strings && check.strings <= check.size && check.rels <= check.size && check.dirs <= check.size, bad_size);
  must(check.nkeys && check.nkeys <= check.size && check.nschemata && check.nschemata <= check.size, bad_size);
  must(check.solvables <= check.size, bad_size);
  if (check.flags & FLAG_PREFIX_POOL && !check.why)
    check_prefixes(bytes);
}

static void
check_body(const Id *idmap)
{
  check.keys = solv_calloc(check.nkeys, sizeof(*check.keys));
  check.schemata = solv_calloc(check.nschemata, sizeof(*check.schemata));
  check_relations();
  check_directories();
  check_keys(idmap);
  check_schemata();
  if (!check.why && check.flags & FLAG_IDARRAYBLOCK)
    check_idarray_block();
  if (!check.why)
    check_data();
  if (!check.why)
    check_pages();
}

/* Takes the place of stringpool_integrate in repo_solv.c, which says no more of a document when this returns 0. */
int
solv_integrate(Stringpool *pool, int strings, unsigned int bytes, Id *idmap)
{
  if (!stringpool_integrate(pool, strings, bytes, idmap))
    return 0;
  check.at = fast_at;
  check_body(idmap);
  return !check.why;
}

/* Directories that values in the pages name, once the pages are there. */
static void
check_in_pages(Repodata *data)
{
  int i;
  for (i = 0; i < check.in_pages.count && !check.why; i += 3)
    {
      const Id *value = check.in_pages.elements + i;
      const struct key *key = check.keys + value[0];
      check.at = data->store.blob_store + data->verticaloffset[value[0]] + (unsigned int)value[1];
      check.end = check.at + (unsigned int)value[2];
      if (value[2])
        skip_value(key, 0);
    }
}

int
solv_add(Repo *repo, FILE *fp, int flags)
{
  int r, nrepodata = repo->nrepodata;
  if (fp != fast_file)
    return pool_error(repo->pool, -1, "a .solv document may not be compressed");
  memset(&check, 0, sizeof(check));
  check.at = fast_at;
  check.end = fast_end;
  check.size = left();
  check_header();
  r = check.why ? -1 : repo_add_solv(repo, fp, flags);
  if (!r)
    {
      Repodata *data = repo_id2repodata(repo, repo->nrepodata - 1);
      check_in_pages(data);
      if (check.why && repo->nrepodata > nrepodata)
        {
          repo_free_solvable_block(repo, data->start, data->end - data->start, 1);
          repodata_free(data);
        }
    }
  queue_free(&check.in_pages);
  solv_free(check.keys);
  solv_free(check.schemata);
  solv_free(check.schemadata);
  return check.why ? pool_error(repo->pool, -1, "%s", check.why) : r;
}
