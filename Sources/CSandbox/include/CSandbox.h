// Calls that Swift cannot make itself: sockets that carry descriptors, and who is on their other end.
#ifndef NEO_CSANDBOX_H
#define NEO_CSANDBOX_H

#include "CSandboxStub.h"

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/// Listens on a new unix socket; -1 with errno where it cannot.
int neo_sandbox_listen(const char *path);

/// The next connection, and who opened it; -1 after the time, or with errno.
int neo_sandbox_accept(int listener, int timeout_milliseconds, int32_t *process, uint32_t *user);

/// Writes all of it; -1 with errno where it cannot, without a signal.
int neo_sandbox_send(int connection, const void *bytes, size_t count);

/// Reads what is there, and the descriptors that came with it (at most `*most`, whose number it becomes); the timeout is
/// 0 for not waiting. Returns the bytes read, 0 at the end, -1 where nothing came in time, -2 with errno.
ssize_t neo_sandbox_receive(
    int connection, void *bytes, size_t count, int timeout_milliseconds, int *descriptors, size_t *most);

/// The local address of a connection or socket, as 4 or 16 bytes, and its port; returns the number of bytes, -1 with errno.
int neo_sandbox_local_address(int connection, uint8_t address[16], uint16_t *port);

/// A file that exists in memory only, for reading and writing; -1 with errno.
int neo_sandbox_memory_file(void);

/// The bytes in use of a file system that exists in memory only (tmpfs); 0 where the path is on another one.
int64_t neo_sandbox_folder_memory(const char *path);

/// Opens a path below a folder that is open; links that lead out of it are refused (EXDEV or ELOOP). -1 with errno.
int neo_sandbox_open_beneath(int folder, const char *path, int flags, unsigned mode);

/// Listens on a name that no file stands for; -1 where it cannot.
int neo_sandbox_listen_abstract(const char *name);

/// Listens on all addresses of this machine, on a port that it chooses; -1 where it cannot.
int neo_sandbox_listen_anywhere(uint16_t *port);

/// Takes datagrams on the loopback, on a port that it chooses; -1 where it cannot.
int neo_sandbox_datagrams(uint16_t *port);

/// Whether one has come.
int neo_sandbox_has_datagram(int datagrams);

/// This machine's own address in its network as text, empty where it has none. Sends nothing.
void neo_sandbox_own_address(char *text, size_t count);

/// The version of Landlock that the kernel has; 0 for none.
int neo_sandbox_landlock_version(void);

#endif
