/*
 * How solv.c (around the reader), solv-tables.c (the tables before the data, and the pages after it) and solv-values.c (the data) check one
 * .solv document.
 */
#ifndef SHIM_SOLV_CHECK_H
#define SHIM_SOLV_CHECK_H

#include "pool.h"
#include "repo.h"
#include "repodata.h"

#define FLAG_IDARRAYBLOCK 32

struct key {
  Id name, type;
  unsigned int size, storage;
};

/* One document. Once something is wrong, every further step does nothing, and every number is 0. */
extern struct solv_check {
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

/* Remembers the first reason, and lets every further step find the document at its end. Returns 0. */
int wrong(const char *why);

static inline int
must(int holds, const char *why)
{
  return holds || wrong(why);
}

static inline size_t
left(void)
{
  return check.end - check.at;
}

extern const char ends_early[], bad_id[], bad_size[], bad_key[], too_large[];

static inline unsigned int
take_byte(void)
{
  return check.at < check.end ? *check.at++ : wrong(ends_early);
}

static inline void
skip(size_t bytes)
{
  if (must(bytes <= left(), ends_early))
    check.at += bytes;
}

/* solv-values.c */
unsigned int take_u32(void);
/* Seven bits a byte, the last one without the top bit; at most five bytes, beyond which libsolv's readers disagree. */
unsigned int take_long_id(void);
/* The same with six bits in the last byte, and a flag whether more follow. */
unsigned int take_id_more(unsigned int below, int *more);
/* One value of the data, wherever it lies, and all of them. */
void skip_value(const struct key *key, int of_solvable);
void check_data(void);
int page_unpacks(const unsigned char *at, const unsigned char *end);

static inline unsigned int
take_id(unsigned int below)
{
  unsigned int x = check.at < check.end && *check.at < 128 ? *check.at++ : take_long_id();
  if (below && x >= below)
    wrong(bad_id);
  return check.why ? 0 : x;
}

static inline int
in_solvable(Id name)
{
  return name >= SOLVABLE_NAME && name <= RPM_RPMDBID;
}

/* solv-tables.c */
void check_relations(void);
void check_directories(void);
void check_keys(const Id *idmap);
void check_schemata(void);
void check_idarray_block(void);
void check_pages(void);

#endif
