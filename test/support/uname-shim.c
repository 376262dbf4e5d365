/* A preloaded uname() that names the kernel of KMPLAB_UNAME_R: libzypp's purge-kernels asks the real one which kernel runs. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>

int uname(struct utsname *name)
{
  int (*real)(struct utsname *) = (int (*)(struct utsname *))dlsym(RTLD_NEXT, "uname");
  const char *release = getenv("KMPLAB_UNAME_R");
  int failed = real(name);
  if (!failed && release && strlen(release) < sizeof name->release)
    strcpy(name->release, release);
  return failed;
}
