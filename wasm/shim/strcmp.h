/*
 * Included before the readers of XML, which search an attribute or an element by comparing its name with each that it may be: nine in ten
 * differ in the first byte, which is not worth a call.
 */
#ifndef SHIM_STRCMP_H
#define SHIM_STRCMP_H

#include <string.h>

static inline __attribute__((always_inline)) int
compare_first(const char *left, const char *right)
{
  unsigned char a = *left, b = *right;
  return a != b ? a - b : strcmp(left, right);
}

#define strcmp compare_first

#endif
