/* The data of a .solv document, values one after the other in the order that the schemata name, and the pages that hold some. */
#include <stdio.h>
#include <string.h>

#include "repopage.h"
#include "solv-check.h"

/* Arrays in arrays: the depth of the reader's own stack. */
#define DEPTH_MAX 5
/* So much more may the reader take in at once than the document says is the most. */
#define READ_AHEAD 5

/* ---- values ---- */

unsigned int
take_u32(void)
{
  unsigned int high = take_byte() << 24, upper = take_byte() << 16, lower = take_byte() << 8;
  return high | upper | lower | take_byte();
}

unsigned int
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

unsigned int
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

void
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

void
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

/* ---- pages ---- */

/*
 * Whether a packed page stays within itself and within the room for it: literals, runs of them, and copies of what came before. The
 * format is told in libsolv's src/repopage.c.
 */
int
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
