/*
 * Included before the readers of .solv files, which take a document byte by byte: getc and fread of the document that the shim
 * opened last become a step in memory, instead of a call through the C library's buffer for each byte.
 */
#ifndef SHIM_FASTIO_H
#define SHIM_FASTIO_H

#include <stdio.h>

extern FILE *fast_file;
extern const unsigned char *fast_at, *fast_end;

int fast_getc_slow(FILE *fp);
size_t fast_fread(void *to, size_t size, size_t count, FILE *fp);

static inline int
fast_getc(FILE *fp)
{
  return fp == fast_file && fast_at < fast_end ? *fast_at++ : fast_getc_slow(fp);
}

#undef getc
#define getc fast_getc
#define fread fast_fread

#endif
