/*
 * Regular expressions, which libsolv offers to those who search attributes with SEARCH_REGEX: no function of the shim does, so the
 * C library's implementation, a thirtieth of the module, is left out. Globs do not need it.
 */
#include <regex.h>

int
regcomp(regex_t *restrict regex, const char *restrict pattern, int flags)
{
  return REG_BADPAT;
}

int
regexec(const regex_t *restrict regex, const char *restrict text, size_t n, regmatch_t *restrict matches, int flags)
{
  return REG_NOMATCH;
}

void
regfree(regex_t *regex)
{
}
