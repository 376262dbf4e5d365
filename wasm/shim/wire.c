#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "util.h"
#include "wire.h"

/* ---- request ---- */

/* A request bigger than this is not kept for the next one. */
#define KEEP_BYTES (256 * 1024)

static unsigned char *request;
static size_t request_size;
static int nints, nextint;
static size_t text_size, text_next;
static size_t blob_size;

static unsigned char *reply_text;
static size_t reply_text_size, reply_text_room;
static Queue reply_ints;

void *
SHIM_EXPORT(shim_input)(int ints, unsigned int text, unsigned int blob)
{
  size_t size = (size_t)ints * sizeof(int) + text + blob;
  if (size > request_size || request_size > KEEP_BYTES)
    {
      solv_free(request);
      request_size = size < 4096 ? 4096 : size;
      request = solv_malloc(request_size);
    }
  nints = ints;
  nextint = 0;
  text_size = text;
  text_next = 0;
  blob_size = blob;
  queue_empty(&reply_ints);
  if (reply_text_room > KEEP_BYTES)
    {
      reply_text = solv_free(reply_text);
      reply_text_room = 0;
    }
  reply_text_size = 0;
  return request;
}

int
in_left(void)
{
  return nints - nextint;
}

int
in_int(void)
{
  return nextint < nints ? ((int *)request)[nextint++] : 0;
}

const char *
in_str(void)
{
  const char *text = (char *)request + (size_t)nints * sizeof(int) + text_next;
  if (text_next >= text_size)
    return "";
  text_next += strlen(text) + 1;
  return text;
}

unsigned char *
in_bytes(size_t *sizep)
{
  *sizep = blob_size;
  return request + (size_t)nints * sizeof(int) + text_size;
}

/* ---- reply ---- */

static struct reply_header {
  unsigned int ints;
  unsigned int nints;
  unsigned int text;
  unsigned int text_size;
} reply_header;

void *
SHIM_EXPORT(shim_reply)(void)
{
  reply_header.ints = (unsigned int)(size_t)reply_ints.elements;
  reply_header.nints = reply_ints.count;
  reply_header.text = (unsigned int)(size_t)reply_text;
  reply_header.text_size = reply_text_size;
  return &reply_header;
}

void
out_int(int value)
{
  queue_push(&reply_ints, value);
}

void
out_wide(unsigned long long value)
{
  queue_push2(&reply_ints, (int)(unsigned int)value, (int)(unsigned int)(value >> 32));
}

void
out_list(const Queue *q)
{
  queue_push(&reply_ints, q->count);
  queue_insertn(&reply_ints, reply_ints.count, q->count, q->elements);
}

int
out_reserve(void)
{
  queue_push(&reply_ints, 0);
  return reply_ints.count - 1;
}

void
out_fill(int place, int value)
{
  reply_ints.elements[place] = value;
}

void
out_bytes(const char *bytes, size_t size)
{
  if (size > reply_text_room - reply_text_size)
    {
      reply_text_room = reply_text_size + size + reply_text_room / 2 + 4096;
      reply_text = solv_realloc(reply_text, reply_text_room);
    }
  if (size)
    memcpy(reply_text + reply_text_size, bytes, size);
  reply_text_size += size;
}

void
out_str(const char *text)
{
  if (!text)
    text = "";
  out_bytes(text, strlen(text) + 1);
}

int
fail(int code, const char *format, ...)
{
  char text[1024];
  va_list args;
  va_start(args, format);
  vsnprintf(text, sizeof(text), format, args);
  va_end(args);
  queue_empty(&reply_ints);
  reply_text_size = 0;
  out_str(text);
  return code;
}
