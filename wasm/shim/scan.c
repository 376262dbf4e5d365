/*
 * The two uses that libsolv makes of the C library's scanners, which would bring floating-point parsing and locales along (or,
 * strptime, are missing from emscripten's stand-alone library).
 */
#include <stdarg.h>
#include <stdlib.h>
#include <time.h>

/* A number of exactly `digits` digits; -1 if there is none. */
static int
number(const char **text, int digits)
{
  int value = 0;
  for (; digits > 0; digits--, (*text)++)
    {
      if (**text < '0' || **text > '9')
        return -1;
      value = value * 10 + **text - '0';
    }
  return value;
}

static int
expect(const char **text, char c)
{
  return *(*text)++ == c;
}

/* For the format "%F%T" alone, "2026-11-20 13:37:00": dates of updates. */
char *
strptime(const char *restrict text, const char *restrict format, struct tm *restrict tm)
{
  const char *at = text;
  if ((tm->tm_year = number(&at, 4) - 1900) < -1900 || !expect(&at, '-'))
    return 0;
  if ((tm->tm_mon = number(&at, 2) - 1) < 0 || tm->tm_mon > 11 || !expect(&at, '-'))
    return 0;
  if ((tm->tm_mday = number(&at, 2)) < 1 || tm->tm_mday > 31)
    return 0;
  while (*at == ' ')
    at++;
  if ((tm->tm_hour = number(&at, 2)) < 0 || tm->tm_hour > 23 || !expect(&at, ':'))
    return 0;
  if ((tm->tm_min = number(&at, 2)) < 0 || tm->tm_min > 59 || !expect(&at, ':'))
    return 0;
  if ((tm->tm_sec = number(&at, 2)) < 0 || tm->tm_sec > 60)
    return 0;
  return (char *)at;
}

/* For the format "%d.%d" alone: priorities of repositories in testcases. Returns how many numbers were there. */
int
shim_scan_priority(const char *text, const char *format, ...)
{
  char *end, *end2;
  va_list numbers;
  int *priority, *subpriority;
  va_start(numbers, format);
  priority = va_arg(numbers, int *);
  subpriority = va_arg(numbers, int *);
  va_end(numbers);
  *priority = strtol(text, &end, 10);
  if (end == text)
    return 0;
  if (*end != '.')
    return 1;
  *subpriority = strtol(end + 1, &end2, 10);
  return end2 == end + 1 ? 1 : 2;
}
