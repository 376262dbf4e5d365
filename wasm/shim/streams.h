/* A FILE of one's own functions; include it before any other header, which would fix what stdio.h declares. */
#ifndef SHIM_STREAMS_H
#define SHIM_STREAMS_H

#define _GNU_SOURCE
#include <stdio.h>

/* 64 KiB at a time: the C library's own buffer is 1 KiB. */
#define BUFFER_BYTES 65536

FILE *cookie_file(void *cookie, const char *mode, cookie_io_functions_t io);

#endif
