// A second layer where the kernel has it (Landlock, ABI 6, Linux 6.12): what runs inside can neither signal a process
// outside nor reach its abstract unix sockets, should the namespaces or the filter ever fail to say so.
//
// Rules for files cannot be put on here: who is bound by any may not mount, and mounting is what bubblewrap is about to do.
// Rules for TCP could, and would refuse programs their own servers on their own loopback.
#define _GNU_SOURCE
#include "cell.h"

#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

// linux/landlock.h of the machine that builds may be older than the kernel of the one that runs.
enum { LANDLOCK_CREATE = 444, LANDLOCK_RESTRICT = 446, LANDLOCK_VERSION = 1, LANDLOCK_ABSTRACT_AND_SIGNALS = 3 };

struct ruleset {
    uint64_t files, network, scopes;
};

int cell_landlock(void) {
    struct ruleset ruleset = {.scopes = LANDLOCK_ABSTRACT_AND_SIGNALS};
    long version = syscall(LANDLOCK_CREATE, NULL, 0, LANDLOCK_VERSION);
    if (version < 6) return 0;
    long made = syscall(LANDLOCK_CREATE, &ruleset, sizeof ruleset, 0);
    if (made < 0) return 0;
    // bubblewrap sets it anyway, and in this user namespace no program is another user's.
    int held = prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 && syscall(LANDLOCK_RESTRICT, made, 0) == 0;
    close((int)made);
    return held;
}
