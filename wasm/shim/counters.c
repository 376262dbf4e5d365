#include <malloc.h>
#include <unistd.h>

#include "wire.h"

/* Raised at each control-flow edge by code compiled with -fsanitize-coverage=trace-pc; that is, in the counting build. */
static unsigned long long work, work_before_pause;

#ifdef SHIM_COUNTING
__attribute__((no_sanitize("coverage"))) void
__sanitizer_cov_trace_pc(void)
{
  work++;
}
#endif

/* What is done between a pause and its end does not count. */
void
SHIM_EXPORT(shim_pause_work)(int pause)
{
  if (pause)
    work_before_pause = work;
  else
    work = work_before_pause;
}

/* Where the linker lets the heap begin. */
extern unsigned char __heap_base;

int
SHIM_EXPORT(shim_counters)(void)
{
  struct mallinfo info = mallinfo();
  out_wide((unsigned int)info.uordblks);
  out_wide((unsigned int)(size_t)sbrk(0) - (unsigned int)(size_t)&__heap_base);
#ifdef SHIM_COUNTING
  out_int(1);
#else
  out_int(0);
#endif
  out_wide(work);
  return 0;
}
