/*
 * .solv documents from unknown writers. libsolv's reader (src/repo_solv.c) and what later walks over the result trust the document in
 * ways that a hostile one can use to write outside of tables or to loop for years. Here everything is checked that they trust, by the
 * same rules: the header's counts before the reading begins, the rest as soon as the reader has made its map of strings, which says what
 * the keys mean. Numbers may not promise more than the document can hold, or than the limit for unpacking.
 */
#include <stdlib.h>
#include <string.h>

#include "fastio.h"
#include "repo.h"
#include "repo_solv.h"
#include "repodata.h"
#include "repopage.h"
#include "strpool.h"
#include "util.h"
#include "wire.h"

#define FLAG_PREFIX_POOL 4
#define FLAG_USERDATA 16
#define FLAG_IDARRAYBLOCK 32
#define HEADER_BYTES (9 * 4)
/* Arrays in arrays: the depth of the reader's own stack. */
#define DEPTH_MAX 5
/* Relations of relations that one dependency may unfold to. */
#define RELATION_MAX 10000
/* So much more may the reader take in at once than the document says is the most. */
#define READ_AHEAD 5

struct key {
  Id name, type;
  unsigned int size, storage;
};

/* One document. Once something is wrong, every further step does nothing, and every number is 0. */
static struct check {
  const unsigned char *at, *end;
  const char *why;
  size_t size;
  unsigned int strings, rels, dirs, solvables, nkeys, nschemata, flags;
  struct key *keys;
  unsigned int *schemata, *schemadata;
  unsigned long long idarray_left, vertical, entries;
  const unsigned char *unit;
  size_t unit_max;
  /* Key, offset and length of each vertical value that names directories. */
  Queue in_pages;
} check;

static __attribute__((noinline)) int
wrong(const char *why)
{
  if (!check.why)
    check.why = why;
  check.at = check.end;
  return 0;
}

static inline int
must(int holds, const char *why)
{
  return holds || wrong(why);
}

static size_t
left(void)
{
  return check.end - check.at;
}

/* ---- values ---- */

static const char ends_early[] = "the .solv document ends too early";
static const char bad_id[] = "the .solv document has an id out of range";
static const char bad_size[] = "the .solv document states an impossible size";
static const char bad_key[] = "the .solv document has a key of a wrong kind";
static const char too_large[] = "the .solv document unpacks to more than the limit";

static inline unsigned int
take_byte(void)
{
  return check.at < check.end ? *check.at++ : wrong(ends_early);
}

static __attribute__((noinline)) unsigned int
take_u32(void)
{
  unsigned int high = take_byte() << 24, upper = take_byte() << 16, lower = take_byte() << 8;
  return high | upper | lower | take_byte();
}

static void
skip(size_t bytes)
{
  if (must(bytes <= left(), ends_early))
    check.at += bytes;
}

/* Seven bits a byte, the last one without the top bit; at most five bytes, beyond which libsolv's readers disagree. */
static __attribute__((noinline)) unsigned int
take_long_id(void)
{
  unsigned long long x = 0;
  unsigned int c, n = 0;
  do
    {
      c = take_byte();
      x = x << 7 | (c & 127);
    }
  while (c & 128 && ++n < 5);
  must(x <= 0xffffffffu && !(c & 128), bad_id);
  return x;
}

static unsigned int
take_id(unsigned int below)
{
  unsigned int x = check.at < check.end && *check.at < 128 ? *check.at++ : take_long_id();
  if (below && x >= below)
    wrong(bad_id);
  return check.why ? 0 : x;
}

/* The same with six bits in the last byte, and a flag whether more follow. */
static unsigned int
take_id_more(unsigned int below, int *more)
{
  unsigned long long x = 0;
  unsigned int c;
  while ((c = take_byte()) & 128)
    if ((x = x << 7 | (c & 127)) > 0x7fffffff)
      wrong(bad_id);
  x = x << 6 | (c & 63);
  if (x > 0x7fffffff || (below && x >= below))
    wrong(bad_id);
  *more = !check.why && (c & 64) != 0;
  return check.why ? 0 : x;
}

static void
skip_string(void)
{
  const unsigned char *nul = memchr(check.at, 0, left());
  if (must(nul != 0, ends_early))
    check.at = nul + 1;
}

static void
skip_directories(int type)
{
  int more = 1;
  while (more && !check.why)
    if (type == REPOKEY_TYPE_DIRSTRARRAY)
      {
        must(take_id_more(0, &more) < check.dirs, bad_id);
        skip_string();
      }
    else
      {
        must(take_id(0) < check.dirs, bad_id);
        take_id(0);
        take_id_more(0, &more);
      }
}

/* Dependencies, most of a document: the one place here where a call for each byte would show. */
static void
skip_ids(int type, int of_solvable)
{
  const unsigned char *at = check.at, *end = check.end;
  unsigned int max = check.strings + check.rels, x = 0, last = 0, n = 1, c = 64;
  int relative = type == REPOKEY_TYPE_REL_IDARRAY && of_solvable;
  while (c & 64 && at < end)
    {
      for (c = *at++, x = 0; c & 128 && at < end && x < 1 << 18; c = *at++)
        x = x << 7 | (c & 127);
      x = x << 6 | (c & 63);
      if (relative)
        {
          /* 0 stands for a marker, after which the differences begin anew, or at the end for nothing. */
          n -= !x && !(c & 64);
          last = x ? last + x - 1 : 0;
          x = last;
        }
      if (c & 128 || x >= max)
        {
          wrong(bad_id);
          return;
        }
      n++;
    }
  check.at = at;
  must(!(c & 64), ends_early);
  if (!of_solvable)
    return;
  must(n <= check.idarray_left, bad_size);
  check.idarray_left -= n;
}

static size_t
fixed_bytes(int type)
{
  switch (type)
    {
    case REPOKEY_TYPE_MD5:
      return 16;
    case REPOKEY_TYPE_SHA1:
      return 20;
    case REPOKEY_TYPE_SHA224:
      return 28;
    case REPOKEY_TYPE_SHA256:
      return 32;
    case REPOKEY_TYPE_SHA384:
      return 48;
    case REPOKEY_TYPE_SHA512:
      return 64;
    default:
      return 0;
    }
}

static void
skip_value(const struct key *key, int of_solvable)
{
  switch (key->type)
    {
    case REPOKEY_TYPE_ID:
      /* Name, architecture, version and vendor are strings. */
      must(take_id(0) < check.strings + (of_solvable ? 0 : check.rels), bad_id);
      break;
    case REPOKEY_TYPE_DIR:
      must(take_id(0) < check.dirs, bad_id);
      break;
    case REPOKEY_TYPE_NUM:
      while (take_byte() & 128)
        ;
      break;
    case REPOKEY_TYPE_STR:
      skip_string();
      break;
    case REPOKEY_TYPE_BINARY:
      skip(take_id(0));
      break;
    case REPOKEY_TYPE_IDARRAY:
    case REPOKEY_TYPE_REL_IDARRAY:
      if (key->storage != KEY_STORAGE_IDARRAYBLOCK)
        skip_ids(key->type, of_solvable);
      break;
    case REPOKEY_TYPE_DIRSTRARRAY:
    case REPOKEY_TYPE_DIRNUMNUMARRAY:
      skip_directories(key->type);
      break;
    default:
      skip(fixed_bytes(key->type));
      break;
    }
}

/* A value in the pages: where it begins and how long it is. */
static void
skip_vertical(const struct key *key)
{
  unsigned int offset = take_id(0), length = take_id(0);
  must((unsigned long long)offset + length <= key->size, bad_size);
  if (key->type == REPOKEY_TYPE_DIR || key->type == REPOKEY_TYPE_DIRSTRARRAY || key->type == REPOKEY_TYPE_DIRNUMNUMARRAY)
    {
      queue_push2(&check.in_pages, key - check.keys, offset);
      queue_push(&check.in_pages, length);
    }
}

/* ---- the tree of values ---- */

static int
in_solvable(Id name)
{
  return name >= SOLVABLE_NAME && name <= RPM_RPMDBID;
}

/* What is read between two points at which the reader fetches more of the document. */
static void
next_unit(void)
{
  must(check.at - check.unit <= check.unit_max, bad_size);
  check.unit = check.at;
}

static void skip_array(const struct key *key, int depth);

static void
skip_schema(unsigned int schema, int of_solvable, int depth)
{
  const unsigned int *place = check.schemadata + check.schemata[schema];
  for (; *place && !check.why; place++)
    {
      const struct key *key = check.keys + *place;
      must(of_solvable || !in_solvable(key->name), bad_key);
      if (key->storage == KEY_STORAGE_VERTICAL_OFFSET)
        skip_vertical(key);
      else if (key->type == REPOKEY_TYPE_FIXARRAY || key->type == REPOKEY_TYPE_FLEXARRAY)
        skip_array(key, depth);
      else
        skip_value(key, in_solvable(key->name));
      if (!depth)
        next_unit();
    }
}

static void
skip_array(const struct key *key, int depth)
{
  unsigned int n = take_id(0x7fffffff), schema = 0, i;
  int of_solvables = !depth && key->name == REPOSITORY_SOLVABLES;
  if (!n)
    return;
  must(depth < DEPTH_MAX, "the .solv document is nested too deep");
  check.entries += n;
  must(check.entries <= check.size, bad_size);
  must(!of_solvables || n == check.solvables, bad_size);
  for (i = 0; i < n && !check.why; i++)
    {
      if (!i || key->type == REPOKEY_TYPE_FLEXARRAY)
        schema = take_id(check.nschemata);
      must(key->type == REPOKEY_TYPE_FLEXARRAY || schema, bad_id);
      if (!depth)
        next_unit();
      if (!check.why)
        skip_schema(schema, of_solvables, depth + 1);
    }
}

/* ---- the parts of a document, in their order ---- */

/* Relations refer to earlier ones, so that a short document can describe an endless dependency. */
static void
check_relations(void)
{
  unsigned short *sizes = solv_calloc(check.rels + 1, sizeof(*sizes));
  unsigned int i;
  for (i = 0; i < check.rels && !check.why; i++)
    {
      unsigned int name = take_id(check.strings + i), evr = take_id(check.strings + i), size = 1;
      if (check.why)
        break;
      if (name >= check.strings)
        size += sizes[name - check.strings];
      if (evr >= check.strings)
        size += sizes[evr - check.strings];
      must(size <= RELATION_MAX, "the .solv document has a dependency that is too large");
      sizes[i] = size;
      take_byte();
    }
  solv_free(sizes);
}

static void
check_directories(void)
{
  unsigned int i;
  for (i = 2; i < check.dirs && !check.why; i++)
    if (take_id(check.strings + i) >= check.strings)
      {
        must(++i < check.dirs, bad_size);
        take_id(check.strings);
      }
}

static int
fits(const struct key *key)
{
  int storage = key->storage;
  if (key->type < REPOKEY_TYPE_VOID || key->type > REPOKEY_TYPE_DELETED)
    return 0;
  if (storage == KEY_STORAGE_IDARRAYBLOCK)
    return (check.flags & FLAG_IDARRAYBLOCK) != 0 && key->type == REPOKEY_TYPE_IDARRAY;
  if (storage == KEY_STORAGE_VERTICAL_OFFSET)
    return !in_solvable(key->name) && key->type != REPOKEY_TYPE_FIXARRAY && key->type != REPOKEY_TYPE_FLEXARRAY;
  if (storage != KEY_STORAGE_INCORE && storage != KEY_STORAGE_SOLVABLE)
    return 0;
  if (!in_solvable(key->name))
    return 1;
  if (key->name == RPM_RPMDBID)
    return key->type == REPOKEY_TYPE_NUM;
  if (key->name <= SOLVABLE_VENDOR)
    return key->type == REPOKEY_TYPE_ID;
  return key->type == REPOKEY_TYPE_IDARRAY || key->type == REPOKEY_TYPE_REL_IDARRAY;
}

static void
check_keys(const Id *idmap)
{
  unsigned int i;
  for (i = 1; i < check.nkeys && !check.why; i++)
    {
      struct key *key = check.keys + i;
      unsigned int name = take_id(check.strings), type = take_id(check.strings);
      key->size = take_id(0);
      key->storage = take_id(0);
      if (check.why)
        return;
      key->name = idmap[name];
      key->type = idmap[type];
      must(fits(key), bad_key);
      if (key->type == REPOKEY_TYPE_CONSTANTID)
        must(key->size < check.strings + check.rels, bad_id);
      else if (key->storage == KEY_STORAGE_VERTICAL_OFFSET)
        check.vertical += key->size;
      else if (in_solvable(key->name))
        check.idarray_left += key->size;
    }
  must(check.vertical + check.idarray_left * sizeof(Id) <= shim_unpack_limit() && check.vertical < 0x7fffffff, too_large);
}

static void
check_schemata(void)
{
  unsigned int i, n = take_id(0), used = 1;
  int more;
  must(n <= 2 * left(), bad_size);
  if (check.why)
    return;
  check.schemadata = solv_calloc((size_t)n + 2, sizeof(*check.schemadata));
  for (i = 1; i < check.nschemata; i++)
    {
      check.schemata[i] = used;
      for (more = 1; more; used++)
        {
          unsigned int key = take_id_more(check.nkeys, &more);
          if (!must(used <= n, bad_size))
            return;
          check.schemadata[used] = key;
        }
      if (check.schemadata[used - 1])
        used++;
    }
  must(used <= n + 1, bad_size);
}

/* libsolv checks what it unpacks here, but not how much it was promised. */
static void
check_idarray_block(void)
{
  unsigned long long n = take_id(0), ids = 0;
  int last = !n;
  must(n * sizeof(Id) <= shim_unpack_limit(), too_large);
  while (!last && !check.why)
    {
      unsigned int flags = take_byte(), bytes = take_byte() << 8;
      bytes |= take_byte();
      skip(bytes ? bytes : 65536);
      last = (flags & 0x80) != 0;
      ids += 65536;
    }
  must(n <= 2 * ids, bad_size);
}

static void
check_data(void)
{
  const unsigned char *end = check.end;
  unsigned int most = take_id(0x7fffff00), bytes = take_id(0x7fffff00);
  if (!must(bytes && bytes <= left(), ends_early))
    return;
  check.unit_max = (size_t)most + READ_AHEAD;
  check.end = check.at + bytes;
  check.unit = check.at;
  skip_schema(take_id(check.nschemata), 0, 0);
  must(check.at == check.end, bad_size);
  check.end = end;
}

/*
 * Whether a packed page stays within itself and within the room for it: literals, runs of them, and copies of what came before. The
 * format is told in libsolv's src/repopage.c.
 */
static int
page_unpacks(const unsigned char *at, const unsigned char *end)
{
  unsigned int c, more, offset, length, unpacked = 0;
  for (; at < end && unpacked <= REPOPAGE_BLOBSIZE; at += more, unpacked += length)
    {
      c = *at++;
      offset = more = 0;
      length = 1;
      if (c < 0x80)
        continue;
      more = c < 0xa0 ? (c & 31) + 1 : c < 0xe0 ? 1 : c < 0xf0 ? 2 : c < 0xf8 ? 3 : 4;
      if (end - at < more)
        return 0;
      if (c < 0xa0)
        {
          length = more;
          continue;
        }
      if (c < 0xc0)
        length = (c & 7) + 2, offset = (c & 24) << 5 | at[0];
      else if (c < 0xe0)
        length = (c & 31) + 10, offset = at[0];
      else if (c < 0xf0)
        length = (c & 15) + 3, offset = at[0] | at[1] << 8;
      else
        length = ((c & 7) << 8 | at[0]) + (c < 0xf8 ? 19 : 5), offset = at[1] | at[2] << 8 | (c < 0xf8 ? 0 : at[3] << 16);
      if (offset >= unpacked)
        return 0;
    }
  return unpacked <= REPOPAGE_BLOBSIZE;
}

static void
check_pages(void)
{
  unsigned int i, n = (check.vertical + REPOPAGE_BLOBSIZE - 1) / REPOPAGE_BLOBSIZE;
  if (n)
    take_u32(); /* the size of a page, which libsolv checks */
  for (i = 0; i < n && !check.why; i++)
    {
      unsigned int bytes = take_u32(), packed = bytes & 1;
      const unsigned char *page = check.at;
      bytes >>= 1;
      must(bytes <= REPOPAGE_BLOBSIZE, bad_size);
      skip(bytes);
      if (packed && !check.why)
        must(page_unpacks(page, page + bytes), "the .solv document has a corrupt page");
    }
}

/* ---- around the reader ---- */

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
