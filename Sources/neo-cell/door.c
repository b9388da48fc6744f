// The way from Neo to a server inside: its ports are in a network namespace that nobody outside is in. A process that is
// in it, and outside of all other walls, connects where Neo says and hands the connection over. Nothing inside can ask it
// for anything.
#define _GNU_SOURCE
#include "cell.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

static int connect_inside(uint16_t port) {
    struct timeval most = {.tv_sec = 5};
    struct sockaddr_in address = {
        .sin_family = AF_INET, .sin_port = htons(port), .sin_addr = {.s_addr = htonl(INADDR_LOOPBACK)}};
    int made = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (made < 0) return -1;
    // A server that takes nobody in must not hold up the door.
    setsockopt(made, SOL_SOCKET, SO_SNDTIMEO, &most, sizeof most);
    if (connect(made, (struct sockaddr *)&address, sizeof address) == 0) return made;
    int problem = errno;
    close(made);
    errno = problem;
    return -1;
}

// One question at a time: the port as the machine writes it; the answer is a byte, with the connection where it is a 1.
static void serve(int door) {
    uint16_t port;
    while (TEMP_FAILURE_RETRY(read(door, &port, sizeof port)) == (ssize_t)sizeof port) {
        int made = connect_inside(port);
        if (made < 0) {
            if (send(door, "\0", 1, MSG_NOSIGNAL) != 1) return;
            continue;
        }
        int sent = cell_send_descriptors(door, "\1", &made, 1);
        close(made);
        if (sent != 0) return;
    }
}

int cell_open_door(int control, const char **problem) {
    int ends[2];
    pid_t cell = getpid();
    *problem = "no door to the sandbox's network could be opened";
    if (cell_bring_loopback_up() != 0) return -1;
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) != 0) return -1;
    pid_t keeper = fork();
    if (keeper < 0) return -1;
    if (keeper == 0) {
        if (prctl(PR_SET_PDEATHSIG, SIGKILL) != 0 || getppid() != cell) _exit(0);
        // The pipes belong to what runs inside, and end with it.
        for (int i = 0; i < 3; i++) close(i);
        close(control);
        close(ends[1]);
        serve(ends[0]);
        _exit(0);
    }
    int sent = cell_send_descriptors(control, "door\n", &ends[1], 1);
    close(ends[0]);
    close(ends[1]);
    return sent;
}
