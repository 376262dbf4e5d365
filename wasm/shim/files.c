/*
 * libsolv's file access without a file system: takes the place of ext/solv_xfopen.c. Testcases are read from and written to files kept
 * in memory.
 */
#include "streams.h"

#include <stdlib.h>
#include <string.h>

#include "solv_xfopen.h"
#include "util.h"
#include "wire.h"

/* ---- files in memory ---- */

struct file {
  char *name;
  char *bytes;
  size_t size;
  int written;
};

static struct file *files;
static int nfiles;

static struct file *
find_file(const char *name)
{
  int i;
  for (i = 0; i < nfiles; i++)
    if (!strcmp(files[i].name, name))
      return files + i;
  return 0;
}

static struct file *
make_file(const char *name)
{
  struct file *f = find_file(name);
  if (!f)
    {
      files = solv_extend(files, nfiles, 1, sizeof(*files), 15);
      f = files + nfiles++;
      memset(f, 0, sizeof(*f));
      f->name = solv_strdup(name);
    }
  f->bytes = solv_free(f->bytes);
  f->size = 0;
  return f;
}

void
SHIM_EXPORT(shim_files_clear)(void)
{
  int i;
  for (i = 0; i < nfiles; i++)
    {
      solv_free(files[i].name);
      solv_free(files[i].bytes);
    }
  files = solv_free(files);
  nfiles = 0;
}

int
SHIM_EXPORT(shim_file_put)(void)
{
  size_t size;
  unsigned char *bytes = in_bytes(&size);
  struct file *f = make_file(in_str());
  f->bytes = solv_memdup(bytes, size);
  f->size = size;
  return 0;
}

int
SHIM_EXPORT(shim_files_written)(void)
{
  int i, count = out_reserve(), n = 0;
  for (i = 0; i < nfiles; i++)
    if (files[i].written)
      {
        out_str(files[i].name);
        n++;
      }
  out_fill(count, n);
  return 0;
}

int
SHIM_EXPORT(shim_file_get)(void)
{
  const char *name = in_str();
  struct file *f = find_file(name);
  if (!f)
    return fail(FAIL_MISUSE, "no file %s", name);
  out_bytes(f->bytes, f->size);
  return 0;
}

/* A file is found again by name: the table may move while it is open. */
struct writer {
  char *name;
  char *bytes;
  size_t size;
};

static ssize_t
writer_write(void *cookie, const char *bytes, size_t n)
{
  struct writer *w = cookie;
  w->bytes = solv_extend(w->bytes, w->size, n, 1, BUFFER_BYTES - 1);
  memcpy(w->bytes + w->size, bytes, n);
  w->size += n;
  return n;
}

static int
writer_close(void *cookie)
{
  struct writer *w = cookie;
  struct file *f = make_file(w->name);
  f->bytes = w->bytes;
  f->size = w->size;
  f->written = 1;
  solv_free(w->name);
  solv_free(w);
  return 0;
}

FILE *
shim_fopen(const char *name, const char *mode)
{
  struct writer *w;
  if (*mode != 'w')
    {
      struct file *f = find_file(name);
      return f ? stream_open((unsigned char *)f->bytes, f->size) : 0;
    }
  w = solv_calloc(1, sizeof(*w));
  w->name = solv_strdup(name);
  return cookie_file(w, "w", (cookie_io_functions_t){ .write = writer_write, .close = writer_close });
}

int
shim_mkdir(const char *dir, unsigned int mode)
{
  return 0;
}

/* ---- what libsolv calls ---- */

FILE *
solv_xfopen(const char *fn, const char *mode)
{
  return shim_fopen(fn, mode);
}

FILE *
solv_xfopen_fd(const char *fn, int fd, const char *mode)
{
  return 0;
}

int
solv_xfopen_iscompressed(const char *fn)
{
  const char *dot = fn ? strrchr(fn, '.') : 0;
  return dot && (!strcmp(dot, ".gz") || !strcmp(dot, ".zst"));
}
