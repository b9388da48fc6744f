#define _GNU_SOURCE
#include "CSandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#ifndef MSG_NOSIGNAL
#define MSG_NOSIGNAL 0
#endif
#ifndef MSG_CMSG_CLOEXEC
#define MSG_CMSG_CLOEXEC 0
#endif

int neo_sandbox_listen(const char *path) {
    struct sockaddr_un address;
    memset(&address, 0, sizeof address);
    address.sun_family = AF_UNIX;
    if (strlen(path) >= sizeof address.sun_path) {
        errno = ENAMETOOLONG;
        return -1;
    }
    strcpy(address.sun_path, path);
    int made = socket(AF_UNIX, SOCK_STREAM, 0);
    if (made < 0) return -1;
    fcntl(made, F_SETFD, FD_CLOEXEC);
    if (bind(made, (struct sockaddr *)&address, sizeof address) != 0 || listen(made, 4) != 0) {
        int problem = errno;
        close(made);
        errno = problem;
        return -1;
    }
    return made;
}

static int wait_until_readable(int descriptor, int timeout_milliseconds) {
    struct pollfd waiting = {descriptor, POLLIN, 0};
    int ready;
    do ready = poll(&waiting, 1, timeout_milliseconds);
    while (ready < 0 && errno == EINTR);
    return ready;
}

int neo_sandbox_accept(int listener, int timeout_milliseconds, int32_t *process, uint32_t *user) {
    if (wait_until_readable(listener, timeout_milliseconds) <= 0) {
        errno = ETIMEDOUT;
        return -1;
    }
    int connection = accept(listener, NULL, NULL);
    if (connection < 0) return -1;
    fcntl(connection, F_SETFD, FD_CLOEXEC);
#ifdef __linux__
    struct ucred peer;
    socklen_t length = sizeof peer;
    if (getsockopt(connection, SOL_SOCKET, SO_PEERCRED, &peer, &length) == 0) {
        *process = peer.pid;
        *user = peer.uid;
        return connection;
    }
#endif
    close(connection);
    return -1;
}

int neo_sandbox_send(int connection, const void *bytes, size_t count) {
    const char *at = bytes;
    while (count > 0) {
        ssize_t sent = send(connection, at, count, MSG_NOSIGNAL);
        if (sent < 0 && errno == EINTR) continue;
        if (sent <= 0) return -1;
        at += sent;
        count -= (size_t)sent;
    }
    return 0;
}

ssize_t neo_sandbox_receive(
    int connection, void *bytes, size_t count, int timeout_milliseconds, int *descriptors, size_t *most) {
    union {
        char space[CMSG_SPACE(16 * sizeof(int))];
        struct cmsghdr aligned;
    } ancillary;
    struct iovec vector = {bytes, count};
    struct msghdr message = {
        .msg_iov = &vector, .msg_iovlen = 1, .msg_control = &ancillary, .msg_controllen = sizeof ancillary};
    size_t room = *most;
    *most = 0;
    if (wait_until_readable(connection, timeout_milliseconds) <= 0) return -1;
    ssize_t got;
    do got = recvmsg(connection, &message, MSG_CMSG_CLOEXEC);
    while (got < 0 && errno == EINTR);
    if (got < 0) return -2;
    for (struct cmsghdr *header = CMSG_FIRSTHDR(&message); header != NULL; header = CMSG_NXTHDR(&message, header)) {
        if (header->cmsg_level != SOL_SOCKET || header->cmsg_type != SCM_RIGHTS) continue;
        size_t came = (header->cmsg_len - CMSG_LEN(0)) / sizeof(int);
        for (size_t i = 0; i < came; i++) {
            int descriptor;
            memcpy(&descriptor, CMSG_DATA(header) + i * sizeof(int), sizeof descriptor);
            if (*most < room)
                descriptors[(*most)++] = descriptor;
            else
                close(descriptor);
        }
    }
    return got;
}

int neo_sandbox_local_address(int connection, uint8_t address[16], uint16_t *port) {
    struct sockaddr_storage name;
    socklen_t length = sizeof name;
    if (getsockname(connection, (struct sockaddr *)&name, &length) != 0) return -1;
    if (name.ss_family == AF_INET) {
        struct sockaddr_in *four = (struct sockaddr_in *)&name;
        memcpy(address, &four->sin_addr, 4);
        *port = ntohs(four->sin_port);
        return 4;
    }
    if (name.ss_family == AF_INET6) {
        struct sockaddr_in6 *six = (struct sockaddr_in6 *)&name;
        memcpy(address, &six->sin6_addr, 16);
        *port = ntohs(six->sin6_port);
        return 16;
    }
    errno = EAFNOSUPPORT;
    return -1;
}

int neo_sandbox_memory_file(void) {
#ifdef __linux__
    return memfd_create("neo", MFD_CLOEXEC);
#else
    errno = ENOSYS;
    return -1;
#endif
}

#ifdef __linux__
#include <linux/magic.h>
#include <linux/openat2.h>
#include <sys/syscall.h>
#include <sys/vfs.h>
#endif

int64_t neo_sandbox_folder_memory(const char *path) {
#ifdef __linux__
    struct statfs found;
    if (statfs(path, &found) != 0 || found.f_type != TMPFS_MAGIC) return 0;
    return (int64_t)(found.f_blocks - found.f_bfree) * found.f_bsize;
#else
    (void)path;
    return 0;
#endif
}

// Without openat2, every component is opened by itself, and links are refused wherever they lead.
static int open_step_by_step(int folder, const char *path, int flags, unsigned mode) {
    char name[256];
    int here = dup(folder);
    while (here >= 0) {
        while (*path == '/') path++;
        const char *end = strchr(path, '/');
        size_t length = end != NULL ? (size_t)(end - path) : strlen(path);
        if (length >= sizeof name || (length == 2 && path[0] == '.' && path[1] == '.')) {
            close(here);
            errno = length == 2 ? EXDEV : ENAMETOOLONG;
            return -1;
        }
        memcpy(name, path, length);
        name[length] = 0;
        int last = end == NULL;
        int next = openat(here, length == 0 ? "." : name,
            (last ? flags : O_RDONLY | O_DIRECTORY) | O_NOFOLLOW | O_CLOEXEC, mode);
        int problem = errno;
        close(here);
        errno = problem;
        if (last || next < 0) return next;
        here = next;
        path = end + 1;
    }
    return -1;
}

int neo_sandbox_open_beneath(int folder, const char *path, int flags, unsigned mode) {
#ifdef __linux__
    struct open_how how = {.flags = (unsigned)flags | O_CLOEXEC,
        .mode = (flags & O_CREAT) ? mode : 0,
        .resolve = RESOLVE_BENEATH | RESOLVE_NO_MAGICLINKS};
    int opened;
    do opened = (int)syscall(SYS_openat2, folder, path, &how, sizeof how);
    while (opened < 0 && (errno == EINTR || errno == EAGAIN));
    if (opened >= 0 || (errno != ENOSYS && errno != EPERM)) return opened;
#endif
    return open_step_by_step(folder, path, flags, mode);
}
