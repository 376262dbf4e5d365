/* What stands before the data of a .solv document (relations, directories, keys, schemata, a block of ids), and the pages behind it. */
#include <stdio.h>
#include <stdlib.h>

#include "repopage.h"
#include "solv-check.h"
#include "util.h"
#include "wire.h"

/* Relations of relations that one dependency may unfold to. */
#define RELATION_MAX 10000

/* Relations refer to earlier ones, so that a short document can describe an endless dependency. */
void
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

void
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

void
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

void
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
void
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

void
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
