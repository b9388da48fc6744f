// What the files of neo-cell share. See main.c for what the program does.
#ifndef NEO_CELL_H
#define NEO_CELL_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

// Where bubblewrap finds what it is given. Neo writes these numbers into bubblewrap's arguments.
enum { CELL_OPTIONS = 10, CELL_FILTER = 11, CELL_STATUS = 12, CELL_DATA = 20 };

// What of a network the run gets: one that ends at Neo's listeners; a door to the ports that are listened on inside.
enum { CELL_CAPTURE = 1, CELL_DOOR = 2 };

enum { CELL_MOST_LIMITS = 16, CELL_MOST_DATA = 64 };

// A run of bytes inside the request.
struct bytes {
    const char *start;
    uint32_t count;
};

struct limit {
    uint32_t resource;
    uint64_t value;
};

// What Neo asks for; all of it points into one buffer.
struct request {
    uint32_t network;  // CELL_CAPTURE, CELL_DOOR
    uint32_t user;  // the user to become, plus one; 0 keeps the user
    uint32_t group;
    int32_t oom_score;
    uint32_t limit_count;
    struct limit limits[CELL_MOST_LIMITS];
    struct bytes bubblewrap;  // its path, with a closing NUL
    struct bytes options;     // its arguments, each closed by NUL
    struct bytes command;     // what runs inside, each closed by NUL
    struct bytes stubs;       // paths to clear where Neo is killed, each closed by NUL; may be empty
    struct bytes filter;      // a seccomp program
    uint32_t data_count;
    struct bytes data[CELL_MOST_DATA];  // files that bubblewrap makes
};

// request.c: 0, or -1 with a sentence in *problem.
int cell_read_request(int control, struct request *request, const char **problem);

// network.c: a user namespace, and a network namespace where one is wanted.
int cell_enter_namespaces(int with_network, const char **problem);

// network.c: in the network namespace, all addresses on lo, and listeners whose descriptors go to Neo.
int cell_capture_network(int control, const char **problem);

// door.c: a process in the network namespace that connects to ports inside where Neo asks for it, and hands the
// connections over.
int cell_open_door(int control, const char **problem);

// network.c: sends a line with descriptors.
int cell_send_descriptors(int control, const char *line, const int *descriptors, size_t count);

// network.c: the loopback of the network namespace; may be brought up twice.
int cell_bring_loopback_up(void);

// landlock.c: whether a second layer was put on.
int cell_landlock(void);

// cleanup.c: where Neo ends, the run is ended, and then this process goes on to clear up; -1 with errno.
int cell_outlive_neo(void);

// cleanup.c: which process is to be ended then.
void cell_runs(pid_t child);

// cleanup.c: ends what bubblewrap left; where Neo is gone, waits for the end of all that runs and takes stubs away.
void cell_clean_up(const struct request *request);

#endif
