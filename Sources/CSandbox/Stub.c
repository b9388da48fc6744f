// See CSandboxStub.h. neo-cell has the same in cleanup.c, without this library: who changes one changes both.
#define _GNU_SOURCE
#include "CSandboxStub.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

// A second of 1970 that nobody else gives. File systems that keep whole seconds keep it, too.
static const time_t stub_seconds = 86399;

static int is_stub(const struct stat *found) {
    if (found->st_mtime != stub_seconds) return 0;
    return S_ISDIR(found->st_mode) || (S_ISREG(found->st_mode) && found->st_size == 0);
}

int neo_sandbox_make_stub(const char *path, int is_folder) {
    struct timespec times[2] = {{.tv_nsec = UTIME_OMIT}, {.tv_sec = stub_seconds}};
    if (is_folder) {
        if (mkdir(path, 0755) != 0) return -1;
    } else {
        int made = open(path, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC | O_NOFOLLOW, 0644);
        if (made < 0) return -1;
        close(made);
    }
    return utimensat(AT_FDCWD, path, times, AT_SYMLINK_NOFOLLOW);
}

int neo_sandbox_is_stub(const char *path) {
    struct stat found;
    return lstat(path, &found) == 0 && is_stub(&found);
}

int neo_sandbox_hold_stub(const char *path) {
    struct stat held, there;
    int opened = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    if (opened < 0) return -1;
    // Another may have taken it away before it was locked.
    if (flock(opened, LOCK_SH) == 0 && fstat(opened, &held) == 0 && is_stub(&held) && lstat(path, &there) == 0
        && held.st_ino == there.st_ino && held.st_dev == there.st_dev)
        return opened;
    close(opened);
    return -1;
}

void neo_sandbox_drop_stub(const char *path, int held) {
    struct stat found, there;
    if (flock(held, LOCK_EX | LOCK_NB) == 0 && fstat(held, &found) == 0 && is_stub(&found)
        && lstat(path, &there) == 0 && found.st_ino == there.st_ino && found.st_dev == there.st_dev) {
        if (S_ISDIR(found.st_mode))
            rmdir(path);
        else
            unlink(path);
    }
    close(held);
}
