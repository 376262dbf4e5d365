/*
 * libsolv's file access without a file system: takes the place of ext/solv_xfopen.c. Documents are read from memory and
 * unpacked while they are read, up to a limit; testcases are read from and written to files kept in memory.
 */
#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>
#include <zstd.h>

#include "solv_xfopen.h"
#include "util.h"
#include "wire.h"

static unsigned long long unpack_limit = 1024 * 1024 * 1024;

void
SHIM_EXPORT(shim_set_unpack_limit)(double bytes)
{
  unpack_limit = (unsigned long long)bytes;
}

unsigned long long
shim_unpack_limit(void)
{
  return unpack_limit;
}

/* ---- reading ---- */

enum packing { PLAIN, GZIP, ZSTD };

struct stream {
  const unsigned char *bytes;
  size_t size, at;
  enum packing packing;
  z_stream gzip;
  ZSTD_DStream *zstd;
  int ended;
  unsigned long long unpacked;
  const char *error;
  void *owned;
};

/* Why one of the streams closed since stream_failure was last asked could not be read to its end; null if all could. */
static const char *stream_error;

const char *
stream_failure(void)
{
  const char *error = stream_error;
  stream_error = 0;
  return error;
}

static ssize_t
broken(struct stream *s, const char *why)
{
  s->error = why;
  return -1;
}

static ssize_t
read_plain(struct stream *s, char *buf, size_t room)
{
  size_t n = s->size - s->at < room ? s->size - s->at : room;
  memcpy(buf, s->bytes + s->at, n);
  s->at += n;
  return n;
}

static ssize_t
read_gzip(struct stream *s, char *buf, size_t room)
{
  s->gzip.next_out = (unsigned char *)buf;
  s->gzip.avail_out = room;
  while (s->gzip.avail_out && !s->ended)
    {
      int r = inflate(&s->gzip, Z_NO_FLUSH);
      if (r == Z_STREAM_END && s->gzip.avail_in > 1 && s->gzip.next_in[0] == 0x1f && s->gzip.next_in[1] == 0x8b)
        inflateReset(&s->gzip); /* gzip members may follow each other */
      else if (r == Z_STREAM_END)
        s->ended = 1;
      else if (r == Z_BUF_ERROR || (r == Z_OK && !s->gzip.avail_in && s->gzip.avail_out))
        return broken(s, "the gzip data ends too early");
      else if (r != Z_OK)
        return broken(s, "the gzip data is corrupt");
    }
  return room - s->gzip.avail_out;
}

static ssize_t
read_zstd(struct stream *s, char *buf, size_t room)
{
  ZSTD_inBuffer in = { s->bytes, s->size, s->at };
  ZSTD_outBuffer out = { buf, room, 0 };
  while (out.pos < out.size && !(s->ended && in.pos == in.size))
    {
      size_t before = in.pos + out.pos;
      size_t r = ZSTD_decompressStream(s->zstd, &out, &in);
      if (ZSTD_isError(r))
        return broken(s, "the zstd data is corrupt");
      s->ended = r == 0;
      if (!s->ended && in.pos == in.size && in.pos + out.pos == before)
        return broken(s, "the zstd data ends too early");
    }
  s->at = in.pos;
  return out.pos;
}

static ssize_t
stream_read(void *cookie, char *buf, size_t room)
{
  struct stream *s = cookie;
  ssize_t n;
  if (s->error)
    return -1;
  if (s->packing == PLAIN)
    return read_plain(s, buf, room);
  n = s->packing == GZIP ? read_gzip(s, buf, room) : read_zstd(s, buf, room);
  if (n > 0 && (s->unpacked += n) > unpack_limit)
    return broken(s, "the document unpacks to more than the limit");
  return n;
}

static int
stream_done(void *cookie)
{
  struct stream *s = cookie;
  if (s->error)
    stream_error = s->error;
  if (s->packing == GZIP)
    inflateEnd(&s->gzip);
  if (s->packing == ZSTD)
    ZSTD_freeDStream(s->zstd);
  solv_free(s->owned);
  solv_free(s);
  return 0;
}

/* 64 KiB at a time: the C library's own buffer is 1 KiB. */
#define BUFFER_BYTES 65536

/* The document that getc and fread of fastio.h step through: plain, untouched by the C library, and the last that was opened. */
FILE *fast_file;
const unsigned char *fast_at, *fast_end;

static FILE *
cookie_file(void *cookie, const char *mode, cookie_io_functions_t io)
{
  FILE *fp = fopencookie(cookie, mode, io);
  fast_file = 0;
  if (fp)
    setvbuf(fp, 0, _IOFBF, BUFFER_BYTES);
  return fp;
}

int
fast_getc_slow(FILE *fp)
{
  return fp == fast_file ? EOF : getc(fp);
}

size_t
fast_fread(void *to, size_t size, size_t count, FILE *fp)
{
  size_t bytes = size * count;
  if (fp != fast_file)
    return fread(to, size, count, fp);
  if (!size)
    return 0;
  if ((size_t)(fast_end - fast_at) / size < count)
    {
      fast_at = fast_end;
      return 0;
    }
  memcpy(to, fast_at, bytes);
  fast_at += bytes;
  return count;
}

FILE *
stream_open(const unsigned char *bytes, size_t size)
{
  FILE *fp;
  struct stream *s = solv_calloc(1, sizeof(*s));
  s->bytes = bytes;
  s->size = size;
  if (size > 1 && bytes[0] == 0x1f && bytes[1] == 0x8b)
    {
      s->packing = GZIP;
      s->gzip.next_in = (unsigned char *)bytes;
      s->gzip.avail_in = size;
      if (inflateInit2(&s->gzip, 15 + 16) != Z_OK)
        s->error = "out of memory for gzip";
    }
  else if (size > 3 && !memcmp(bytes, "\x28\xb5\x2f\xfd", 4))
    {
      s->packing = ZSTD;
      s->zstd = ZSTD_createDStream();
    }
  fp = cookie_file(s, "r", (cookie_io_functions_t){ .read = stream_read, .close = stream_done });
  fast_file = s->packing == PLAIN ? fp : 0;
  fast_at = bytes;
  fast_end = bytes + size;
  return fp;
}

int
stream_close(FILE *fp, const char **why)
{
  /* What follows the document's end still belongs to it: a truncated tail must not go unnoticed. */
  char rest[4096];
  stream_failure();
  while (fread(rest, 1, sizeof(rest), fp) > 0)
    ;
  fclose(fp);
  fast_file = 0;
  *why = stream_failure();
  return *why ? -1 : 0;
}

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

/* With an "f" in the mode, the buffer is freed on closing. */
FILE *
solv_fmemopen(const char *buf, size_t size, const char *mode)
{
  struct stream *s = solv_calloc(1, sizeof(*s));
  s->bytes = (const unsigned char *)buf;
  s->size = size;
  s->owned = strchr(mode, 'f') ? (void *)buf : 0;
  return cookie_file(s, "r", (cookie_io_functions_t){ .read = stream_read, .close = stream_done });
}
