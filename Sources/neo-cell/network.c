// A network that ends at this process: every address is one's own, so that a connection to anything on the ports that
// are listened on arrives here, and nothing else gets anywhere. `getsockname` of a connection gives the address that
// was asked for.
#define _GNU_SOURCE
#include "cell.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <net/if.h>
#include <netinet/in.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

static int write_file(const char *path, const char *text) {
    int file = open(path, O_WRONLY | O_CLOEXEC);
    if (file < 0) return -1;
    ssize_t written = write(file, text, strlen(text));
    close(file);
    return written == (ssize_t)strlen(text) ? 0 : -1;
}

int cell_bring_loopback_up(void) {
    int any = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (any < 0) return -1;
    struct ifreq request = {.ifr_name = "lo"};
    int result = ioctl(any, SIOCGIFFLAGS, &request);
    request.ifr_flags |= IFF_UP | IFF_RUNNING;
    if (result == 0) result = ioctl(any, SIOCSIFFLAGS, &request);
    close(any);
    return result;
}

// As `ip route add local 0.0.0.0/0 dev lo` and `ip -6 route add local ::/0 dev lo`.
static int route_all_here(int netlink, unsigned char family, uint32_t sequence) {
    struct {
        struct nlmsghdr header;
        struct rtmsg route;
        struct rtattr attribute;
        uint32_t device;
    } message = {
        .header = {sizeof message, RTM_NEWROUTE, NLM_F_REQUEST | NLM_F_CREATE | NLM_F_ACK, sequence, 0},
        .route = {.rtm_family = family, .rtm_table = RT_TABLE_LOCAL, .rtm_protocol = RTPROT_BOOT,
            .rtm_scope = family == AF_INET ? RT_SCOPE_HOST : RT_SCOPE_UNIVERSE, .rtm_type = RTN_LOCAL},
        .attribute = {RTA_LENGTH(sizeof(uint32_t)), RTA_OIF},
        .device = 1,  // lo is the first device of every network namespace
    };
    struct {
        struct nlmsghdr header;
        struct nlmsgerr result;
        char rest[256];
    } reply;
    if (send(netlink, &message, sizeof message, 0) != (ssize_t)sizeof message) return -1;
    if (recv(netlink, &reply, sizeof reply, 0) < (ssize_t)(sizeof reply.header + sizeof reply.result)) return -1;
    return reply.header.nlmsg_type == NLMSG_ERROR && reply.result.error == 0 ? 0 : -1;
}

static int listener(int family, int type, const char *address, uint16_t port) {
    int made = socket(family, type | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (made < 0) return -1;
    int on = 1;
    struct sockaddr_in four = {.sin_family = AF_INET, .sin_port = htons(port)};
    struct sockaddr_in6 six = {.sin6_family = AF_INET6, .sin6_port = htons(port)};
    inet_pton(family, address, family == AF_INET ? (void *)&four.sin_addr : (void *)&six.sin6_addr);
    if (family == AF_INET6) setsockopt(made, IPPROTO_IPV6, IPV6_V6ONLY, &on, sizeof on);
    struct sockaddr *name = family == AF_INET ? (struct sockaddr *)&four : (struct sockaddr *)&six;
    socklen_t length = family == AF_INET ? sizeof four : sizeof six;
    if (bind(made, name, length) != 0 || (type == SOCK_STREAM && listen(made, 1024) != 0)) {
        close(made);
        return -1;
    }
    return made;
}

int cell_send_descriptors(int control, const char *line, const int *descriptors, size_t count) {
    union {
        char space[CMSG_SPACE(8 * sizeof(int))];
        struct cmsghdr aligned;
    } ancillary;
    struct iovec vector = {(char *)line, strlen(line)};
    struct msghdr message = {.msg_iov = &vector, .msg_iovlen = 1, .msg_control = ancillary.space,
        .msg_controllen = CMSG_SPACE(count * sizeof(int))};
    struct cmsghdr *header = CMSG_FIRSTHDR(&message);
    header->cmsg_level = SOL_SOCKET;
    header->cmsg_type = SCM_RIGHTS;
    header->cmsg_len = CMSG_LEN(count * sizeof(int));
    memcpy(CMSG_DATA(header), descriptors, count * sizeof(int));
    return sendmsg(control, &message, MSG_NOSIGNAL) == (ssize_t)vector.iov_len ? 0 : -1;
}

int cell_enter_namespaces(int with_network, const char **problem) {
    char map[64];
    unsigned user = geteuid(), group = getegid();
    if (unshare(CLONE_NEWUSER | (with_network ? CLONE_NEWNET : 0)) != 0) {
        *problem = "user namespaces are not allowed here";
        return -1;
    }
    snprintf(map, sizeof map, "%u %u 1", user, user);
    if (write_file("/proc/self/setgroups", "deny") != 0 || write_file("/proc/self/uid_map", map) != 0) {
        *problem = "the user could not be mapped into a namespace";
        return -1;
    }
    snprintf(map, sizeof map, "%u %u 1", group, group);
    if (write_file("/proc/self/gid_map", map) != 0) {
        *problem = "the group could not be mapped into a namespace";
        return -1;
    }
    return 0;
}

int cell_capture_network(int control, const char **problem) {
    int netlink = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE);
    if (cell_bring_loopback_up() != 0 || netlink < 0 || route_all_here(netlink, AF_INET, 1) != 0) {
        *problem = "the sandbox's network could not be set up";
        return -1;
    }
    // A machine without IPv6 has no route for it, and needs none.
    int has_six = route_all_here(netlink, AF_INET6, 2) == 0;
    close(netlink);
    int made[6] = {listener(AF_INET, SOCK_DGRAM, "127.0.0.1", 53), listener(AF_INET, SOCK_STREAM, "127.0.0.1", 3128),
        listener(AF_INET, SOCK_STREAM, "0.0.0.0", 80), listener(AF_INET, SOCK_STREAM, "0.0.0.0", 443)};
    size_t count = 4;
    if (has_six) {
        made[count++] = listener(AF_INET6, SOCK_STREAM, "::", 80);
        made[count++] = listener(AF_INET6, SOCK_STREAM, "::", 443);
    }
    for (size_t i = 0; i < count; i++) {
        if (made[i] < 0) {
            *problem = "the sandbox's network could not be listened on";
            return -1;
        }
    }
    int result = cell_send_descriptors(control, "network\n", made, count);
    for (size_t i = 0; i < count; i++) close(made[i]);
    if (result != 0) *problem = "the listeners could not be handed over";
    return result;
}
