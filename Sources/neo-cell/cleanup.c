// What is left to do when bubblewrap is gone: what it left is ended; and where Neo was killed, the run is ended, and the
// stubs that were made for it are taken away. The same as in CSandbox's Stub.c, which is not linked here: who changes one
// changes both.
#define _GNU_SOURCE
#include "cell.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static const time_t stub_seconds = 86399;
static volatile sig_atomic_t neo_is_gone;
static volatile pid_t running;

static void on_death(int number) {
    (void)number;
    neo_is_gone = 1;
    if (running > 0) kill(running, SIGKILL);
}

int cell_outlive_neo(void) {
    struct sigaction action = {.sa_handler = on_death};
    sigemptyset(&action.sa_mask);
    // What bubblewrap leaves behind becomes this process's child, so that its end can be waited for.
    return sigaction(SIGTERM, &action, NULL) == 0 && prctl(PR_SET_CHILD_SUBREAPER, 1) == 0
            && prctl(PR_SET_PDEATHSIG, SIGTERM) == 0
        ? 0
        : -1;
}

void cell_runs(pid_t child) {
    running = child;
    if (neo_is_gone && child > 0) kill(child, SIGKILL);
}

static int is_stub(const struct stat *found) {
    if (found->st_mtime != stub_seconds) return 0;
    return S_ISDIR(found->st_mode) || (S_ISREG(found->st_mode) && found->st_size == 0);
}

// Neo's own locks last until its last thread is gone, which on a busy machine is later than the signal of its death. Who
// holds one for longer is another run. The patience is for all stubs together.
static int lock_alone(int opened, int *patience) {
    const struct timespec pause = {.tv_nsec = 10 * 1000 * 1000};
    while (flock(opened, LOCK_EX | LOCK_NB) != 0) {
        if (errno != EWOULDBLOCK || *patience <= 0) return -1;
        *patience -= 1;
        nanosleep(&pause, NULL);
    }
    return 0;
}

static void drop(const char *path, int *patience) {
    struct stat held, there;
    int opened = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    if (opened < 0) return;
    // Another run may still need it.
    if (lock_alone(opened, patience) == 0 && fstat(opened, &held) == 0 && is_stub(&held)
        && lstat(path, &there) == 0 && held.st_ino == there.st_ino && held.st_dev == there.st_dev) {
        if (S_ISDIR(held.st_mode))
            rmdir(path);
        else
            unlink(path);
    }
    close(opened);
}

// bubblewrap that is killed while it starts, by whomever, leaves a child that waits for it, and would for ever, or that goes
// on to run the command: it is this process's now. The keeper of a door is one as well.
//
// Returns how many there were; -1 where the kernel does not say.
static int kill_children(void) {
    char text[4096];
    int found = 0;
    snprintf(text, sizeof text, "/proc/self/task/%ld/children", (long)getpid());
    int file = open(text, O_RDONLY | O_CLOEXEC);
    if (file < 0) return -1;
    ssize_t count = TEMP_FAILURE_RETRY(read(file, text, sizeof text - 1));
    close(file);
    text[count > 0 ? count : 0] = 0;
    char *at = text, *end;
    // Each number ends with a space, so that half of one is none.
    for (long number; (number = strtol(at, &end, 10)) > 0 && *end == ' '; at = end, found++)
        kill((pid_t)number, SIGKILL);
    return found;
}

void cell_clean_up(const struct request *request) {
    while (kill_children() > 0 && TEMP_FAILURE_RETRY(waitpid(-1, NULL, 0)) > 0) {}
    if (!neo_is_gone) return;
    // Nothing inside may find a name free before it is gone itself.
    while (TEMP_FAILURE_RETRY(waitpid(-1, NULL, 0)) > 0) {}
    const char *at = request->stubs.start, *end = at + request->stubs.count;
    int patience = 300;
    for (; at < end; at += strlen(at) + 1) drop(at, &patience);
}
