/*
 * Included before expat's parser, which knows each document only through a table of functions for its encoding. What is plain in UTF-8 is
 * done without them: counting lines, and taking over names and values of attributes, three calls for each attribute. Its hash of names
 * takes whole words instead of bytes, with the same result. All other encodings and cases go the way they went.
 */
#ifndef SHIM_XML_H
#define SHIM_XML_H

#include "internal.h"
#include "siphash.h"
#include "xmltok.h"

#include <string.h>

void update_position(const ENCODING *encoding, const char *at, const char *end, POSITION *position);

/* Where the last byte is ASCII, no character can be incomplete. */
static inline enum XML_Convert_Result
convert(const ENCODING *encoding, const char **fromp, const char *end, char **top, const char *limit)
{
  ptrdiff_t n = end - *fromp;
  if (!encoding->isUtf8 || n <= 0 || n > limit - *top || (end[-1] & 0x80))
    return encoding->utf8Convert(encoding, fromp, end, top, limit);
  memcpy(*top, *fromp, n);
  *fromp = end;
  *top += n;
  return XML_CONVERT_COMPLETED;
}

static inline struct siphash *
hash_words(struct siphash *state, const void *source, size_t n)
{
  const unsigned char *at = source;
  size_t i;
  if (state->p != state->buf)
    return sip24_update(state, source, n);
  for (; n >= sizeof(uint64_t); at += sizeof(uint64_t), n -= sizeof(uint64_t))
    {
      uint64_t word;
      memcpy(&word, at, sizeof(word));
      state->v3 ^= word;
      sip_round(state, 2);
      state->v0 ^= word;
      state->c += sizeof(word);
    }
  for (i = 0; i < n; i++)
    state->buf[i] = at[i];
  state->p = state->buf + n;
  return state;
}

#undef XmlUpdatePosition
#define XmlUpdatePosition update_position
#undef XmlUtf8Convert
#define XmlUtf8Convert convert
#define sip24_update hash_words

#endif
