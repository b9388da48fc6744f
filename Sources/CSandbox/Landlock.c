// What the kernel has of Landlock.
#define _GNU_SOURCE
#include "CSandbox.h"

#include <unistd.h>
#ifdef __linux__
#include <sys/syscall.h>
#endif

int neo_sandbox_landlock_version(void) {
#ifdef __linux__
    // landlock_create_ruleset(NULL, 0, LANDLOCK_CREATE_RULESET_VERSION); the number is the same on all processors.
    long version = syscall(444, NULL, 0, 1u);
    return version > 0 ? (int)version : 0;
#else
    return 0;
#endif
}
