// Reads the request. Its length comes first, and every count is checked against what is left.
#define _GNU_SOURCE
#include "cell.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const uint32_t most_bytes = 64u << 20;

struct reader {
    const char *at;
    size_t left;
    int failed;
};

static int read_all(int descriptor, void *buffer, size_t count) {
    char *at = buffer;
    while (count > 0) {
        ssize_t got = TEMP_FAILURE_RETRY(read(descriptor, at, count));
        if (got <= 0) return -1;
        at += got;
        count -= (size_t)got;
    }
    return 0;
}

static void take(struct reader *reader, void *value, size_t count) {
    if (reader->failed || reader->left < count) {
        reader->failed = 1;
        memset(value, 0, count);
        return;
    }
    memcpy(value, reader->at, count);
    reader->at += count;
    reader->left -= count;
}

static uint32_t take_number(struct reader *reader) {
    uint32_t value;
    take(reader, &value, sizeof value);
    return value;
}

static struct bytes take_bytes(struct reader *reader) {
    struct bytes bytes = {reader->at, take_number(reader)};
    bytes.start = reader->at;
    if (reader->failed || reader->left < bytes.count) {
        reader->failed = 1;
        bytes.count = 0;
        return bytes;
    }
    reader->at += bytes.count;
    reader->left -= bytes.count;
    return bytes;
}

// Text that is read as C strings must end with NUL.
static struct bytes take_text(struct reader *reader) {
    struct bytes bytes = take_bytes(reader);
    if (bytes.count == 0 || bytes.start[bytes.count - 1] != 0) reader->failed = 1;
    return bytes;
}

int cell_read_request(int control, struct request *request, const char **problem) {
    uint32_t length;
    if (read_all(control, &length, sizeof length) != 0 || length > most_bytes) {
        *problem = "no request came";
        return -1;
    }
    char *buffer = malloc(length ? length : 1);
    if (buffer == NULL || read_all(control, buffer, length) != 0) {
        *problem = "the request was cut short";
        return -1;
    }
    struct reader reader = {buffer, length, 0};
    if (take_number(&reader) != 3) {
        *problem = "neo and neo-cell are of different versions";
        return -1;
    }
    request->network = take_number(&reader);
    request->user = take_number(&reader);
    request->group = take_number(&reader);
    request->oom_score = (int32_t)take_number(&reader);
    request->limit_count = take_number(&reader);
    if (request->limit_count > CELL_MOST_LIMITS) reader.failed = 1;
    for (uint32_t i = 0; i < request->limit_count && !reader.failed; i++) {
        request->limits[i].resource = take_number(&reader);
        take(&reader, &request->limits[i].value, sizeof(uint64_t));
    }
    request->bubblewrap = take_text(&reader);
    request->options = take_text(&reader);
    request->command = take_text(&reader);
    request->stubs = take_bytes(&reader);
    if (request->stubs.count > 0 && request->stubs.start[request->stubs.count - 1] != 0) reader.failed = 1;
    request->filter = take_bytes(&reader);
    request->data_count = take_number(&reader);
    if (request->data_count > CELL_MOST_DATA) reader.failed = 1;
    for (uint32_t i = 0; i < request->data_count && !reader.failed; i++) request->data[i] = take_bytes(&reader);
    if (reader.failed || reader.left != 0) {
        *problem = "the request could not be read";
        return -1;
    }
    return 0;
}
