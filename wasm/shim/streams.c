/* Documents, read from memory and unpacked while they are read, up to a limit. */
#include "streams.h"

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

/* The document that getc and fread of fastio.h step through: plain, untouched by the C library, and the last that was opened. */
FILE *fast_file;
const unsigned char *fast_at, *fast_end;

FILE *
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
