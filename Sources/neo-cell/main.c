// neo-cell: the only thing that Neo starts for a run inside walls.
//
// Its one argument is a socket in a folder that only Neo may enter. It receives there what to run (bubblewrap's
// arguments, a filter of system calls, limits), puts the limits on itself, opens a network of its own where one is
// asked for, and executes bubblewrap as its child. It says on the socket, a line each: "network" with the listeners'
// descriptors, "door" with a socket on which Neo asks for connections to ports inside, what bubblewrap reports, "error …", and at the end {"usage": …}. Nothing of it is inside the walls.
#define _GNU_SOURCE
#include "cell.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

// What a shell gives for a command that cannot be run.
enum { CELL_FAILED = 126 };

static void fail(int control, const char *problem) {
    char line[512];
    int count = snprintf(line, sizeof line, "error %s (%s)\n", problem, strerror(errno));
    if (count > 0) send(control, line, (size_t)count, MSG_NOSIGNAL);
    exit(CELL_FAILED);
}

// Speaks only with the process that started this one, and only as the same user.
static int connect_to_neo(const char *path) {
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    if (strlen(path) >= sizeof address.sun_path) return -1;
    strcpy(address.sun_path, path);
    int made = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    struct ucred peer;
    socklen_t length = sizeof peer;
    if (made < 0 || connect(made, (struct sockaddr *)&address, sizeof address) != 0) return -1;
    if (getsockopt(made, SOL_SOCKET, SO_PEERCRED, &peer, &length) != 0) return -1;
    return peer.pid == getppid() && peer.uid == geteuid() ? made : -1;
}

// The bytes as a file without a name, open at a number that bubblewrap's arguments name.
static int offer(struct bytes bytes, int number) {
    int file = memfd_create("neo-cell", 0);
    const char *at = bytes.start;
    size_t left = bytes.count;
    if (file < 0) return -1;
    while (left > 0) {
        ssize_t written = TEMP_FAILURE_RETRY(write(file, at, left));
        if (written < 0) return -1;
        at += written;
        left -= (size_t)written;
    }
    if (lseek(file, 0, SEEK_SET) != 0) return -1;
    if (file == number) return 0;
    return dup2(file, number) == number && close(file) == 0 ? 0 : -1;
}

static int write_number(const char *path, long number) {
    char text[32];
    int count = snprintf(text, sizeof text, "%ld", number);
    int file = open(path, O_WRONLY | O_CLOEXEC);
    if (file < 0) return -1;
    ssize_t written = write(file, text, (size_t)count);
    close(file);
    return written == count ? 0 : -1;
}

static void become(int control, const struct request *request) {
    write_number("/proc/self/oom_score_adj", request->oom_score);
    if (request->user == 0) return;
    uid_t user = request->user - 1;
    gid_t group = request->group;
    if (setgroups(0, NULL) != 0 || setresgid(group, group, group) != 0 || setresuid(user, user, user) != 0)
        fail(control, "another user could not be become");
    // Writes to the files of the own process need this after another user was become.
    prctl(PR_SET_DUMPABLE, 1);
}

static void limit_myself(int control, const struct request *request) {
    for (uint32_t i = 0; i < request->limit_count; i++) {
        struct rlimit now, limit = {request->limits[i].value, request->limits[i].value};
        if (getrlimit((int)request->limits[i].resource, &now) != 0) fail(control, "a limit is not known here");
        // What is already stricter stays.
        if (now.rlim_max < limit.rlim_max) limit.rlim_cur = limit.rlim_max = now.rlim_max;
        if (setrlimit((int)request->limits[i].resource, &limit) != 0) fail(control, "a limit could not be set");
    }
}

// Where Neo ends, this ends; and with it, bubblewrap and all that is inside.
static void end_with(int control, pid_t parent) {
    if (prctl(PR_SET_PDEATHSIG, SIGKILL) != 0 || getppid() != parent) fail(control, "the starter is gone");
}

// The arguments `bwrap --args N -- COMMAND…`, which point into the request.
static char **arguments(struct bytes bubblewrap, struct bytes command) {
    static char options[] = "--args", number[8], end[] = "--";
    size_t count = 0;
    for (uint32_t i = 0; i < command.count; i++) count += command.start[i] == 0;
    char **made = calloc(count + 5, sizeof *made);
    if (made == NULL) return NULL;
    snprintf(number, sizeof number, "%d", CELL_OPTIONS);
    made[0] = (char *)bubblewrap.start;
    made[1] = options;
    made[2] = number;
    made[3] = end;
    const char *at = command.start;
    for (size_t i = 0; i < count; i++, at += strlen(at) + 1) made[4 + i] = (char *)at;
    return made;
}

static int wait_for(int control, pid_t child, const struct request *request) {
    int status = 0;
    struct rusage usage;
    memset(&usage, 0, sizeof usage);
    if (TEMP_FAILURE_RETRY(wait4(child, &status, 0, &usage)) != child) fail(control, "bubblewrap got lost");
    cell_runs(0);
    cell_clean_up(request);
    char line[256];
    int count = snprintf(line, sizeof line, "{\"usage\":{\"cpu_seconds\":%.6f,\"resident_bytes\":%lld}}\n",
        (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec)
            + (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6,
        (long long)usage.ru_maxrss * 1024);
    send(control, line, (size_t)count, MSG_NOSIGNAL);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

int main(int count, char **values) {
    struct request request = {0};
    const char *problem = NULL;
    pid_t neo = getppid();
    int control = count == 2 ? connect_to_neo(values[1]) : -1;
    if (control < 0) {
        fputs("neo-cell is started by neo, and by nobody else.\n", stderr);
        return CELL_FAILED;
    }
    // Above the numbers that are given away.
    int moved = fcntl(control, F_DUPFD_CLOEXEC, CELL_DATA + CELL_MOST_DATA);
    if (moved < 0) fail(control, "there are too few descriptors");
    close(control);
    control = moved;
    if (cell_read_request(control, &request, &problem) != 0) fail(control, problem);
    if (offer(request.options, CELL_OPTIONS) != 0
        || (request.filter.count > 0 && offer(request.filter, CELL_FILTER) != 0))
        fail(control, "the arguments could not be kept");
    for (uint32_t i = 0; i < request.data_count; i++) {
        if (offer(request.data[i], CELL_DATA + (int)i) != 0) fail(control, "the files could not be kept");
    }
    become(control, &request);
    // In a namespace of its own, the number of processes is counted for this run alone.
    if (cell_enter_namespaces(request.network != 0, &problem) != 0) fail(control, problem);
    limit_myself(control, &request);
    if ((request.network & CELL_CAPTURE) && cell_capture_network(control, &problem) != 0) fail(control, problem);
    if ((request.network & CELL_DOOR) && cell_open_door(control, &problem) != 0) fail(control, problem);
    if (cell_outlive_neo() != 0 || getppid() != neo) fail(control, "the starter is gone");
    char **line = arguments(request.bubblewrap, request.command);
    if (line == NULL) fail(control, "there is no memory left");
    pid_t cell = getpid(), child = fork();
    if (child < 0) fail(control, "no process could be started");
    if (child == 0) {
        signal(SIGTERM, SIG_DFL);
        end_with(control, cell);
        static const char held[] = "{\"landlock\":true}\n";
        if (cell_landlock()) send(control, held, sizeof held - 1, MSG_NOSIGNAL);
        if (dup2(control, CELL_STATUS) < 0) fail(control, "the report could not be opened");
        execv(request.bubblewrap.start, line);
        fail(control, "bubblewrap could not be run");
    }
    cell_runs(child);
    // The pipes belong to what runs inside, and end with it.
    for (int i = 0; i < 3; i++) close(i);
    return wait_for(control, child, &request);
}
