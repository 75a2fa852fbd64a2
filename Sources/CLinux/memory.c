// What happens to the memory of this process.
#define _GNU_SOURCE
#include "CLinux.h"

#include <stdlib.h>
#include <sys/prctl.h>
// Known once a header of the C library was read.
#ifdef __GLIBC__
#include <malloc.h>
#endif

void cl_keep_memory_private(void) { prctl(PR_SET_DUMPABLE, 0, 0, 0, 0); }

void cl_give_back_from(int size) {
#ifdef __GLIBC__
  mallopt(M_MMAP_THRESHOLD, size);
#else
  (void)size;
#endif
}
