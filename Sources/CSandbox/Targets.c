// Listeners of the host that the doctor's attacks try to reach.
#define _GNU_SOURCE
#include "CSandbox.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

static int closed(int descriptor) {
    close(descriptor);
    return -1;
}

int neo_sandbox_listen_abstract(const char *name) {
    struct sockaddr_un address;
    memset(&address, 0, sizeof address);
    address.sun_family = AF_UNIX;
    size_t length = strlen(name);
    if (length > sizeof address.sun_path - 2) return -1;
    memcpy(address.sun_path + 1, name, length);
    socklen_t size = (socklen_t)(offsetof(struct sockaddr_un, sun_path) + 1 + length);
    int made = socket(AF_UNIX, SOCK_STREAM, 0);
    if (made < 0) return -1;
    if (bind(made, (struct sockaddr *)&address, size) != 0 || listen(made, 8) != 0) return closed(made);
    return made;
}

int neo_sandbox_listen_anywhere(uint16_t *port) {
    struct sockaddr_in6 six;
    struct sockaddr_in four;
    memset(&six, 0, sizeof six);
    memset(&four, 0, sizeof four);
    six.sin6_family = AF_INET6;
    four.sin_family = AF_INET;
    socklen_t length = sizeof six;
    int off = 0, made = socket(AF_INET6, SOCK_STREAM, 0);
    if (made >= 0) {
        setsockopt(made, IPPROTO_IPV6, IPV6_V6ONLY, &off, sizeof off);
        if (bind(made, (struct sockaddr *)&six, sizeof six) == 0 && listen(made, 8) == 0
            && getsockname(made, (struct sockaddr *)&six, &length) == 0) {
            *port = ntohs(six.sin6_port);
            return made;
        }
        close(made);
    }
    length = sizeof four;
    made = socket(AF_INET, SOCK_STREAM, 0);
    if (made < 0) return -1;
    if (bind(made, (struct sockaddr *)&four, sizeof four) != 0 || listen(made, 8) != 0
        || getsockname(made, (struct sockaddr *)&four, &length) != 0)
        return closed(made);
    *port = ntohs(four.sin_port);
    return made;
}

int neo_sandbox_datagrams(uint16_t *port) {
    struct sockaddr_in address;
    memset(&address, 0, sizeof address);
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t length = sizeof address;
    int made = socket(AF_INET, SOCK_DGRAM, 0);
    if (made < 0) return -1;
    if (bind(made, (struct sockaddr *)&address, sizeof address) != 0
        || getsockname(made, (struct sockaddr *)&address, &length) != 0)
        return closed(made);
    *port = ntohs(address.sin_port);
    return made;
}

int neo_sandbox_has_datagram(int datagrams) {
    char byte;
    return recv(datagrams, &byte, 1, MSG_DONTWAIT) >= 0;
}

void neo_sandbox_own_address(char *text, size_t count) {
    struct sockaddr_in address;
    memset(&address, 0, sizeof address);
    address.sin_family = AF_INET;
    address.sin_port = htons(53);
    // Of a net for documentation: nothing is sent, the kernel only says from where it would be.
    address.sin_addr.s_addr = htonl(0xC0000201);
    socklen_t length = sizeof address;
    if (count > 0) text[0] = 0;
    int any = socket(AF_INET, SOCK_DGRAM, 0);
    if (any < 0) return;
    if (connect(any, (struct sockaddr *)&address, sizeof address) == 0
        && getsockname(any, (struct sockaddr *)&address, &length) == 0)
        inet_ntop(AF_INET, &address.sin_addr, text, (socklen_t)count);
    close(any);
}
