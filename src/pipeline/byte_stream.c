#include "pipeline/byte_stream.h"

#include <assert.h>
#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <unistd.h>
#include <zlib.h>

struct byte_stream {
    int fd, stop_fd, error;
    struct slice memory; /* where fd is -1 */
    enum stream_status status;
    bool started, gzip, in_member;
    z_stream inflater;
    size_t raw_at, raw_len;    /* bytes as they came that are not used yet */
    uint64_t raw_count;        /* all that came so far */
    size_t at, len;            /* bytes of the window that are not taken yet */
    struct buffer pushed;      /* bytes put back, from pushed_at on */
    size_t pushed_at;
    char raw[BYTE_STREAM_WINDOW], window[BYTE_STREAM_WINDOW];
};

static struct byte_stream *make(int fd, int stop_fd, struct slice memory)
{
    struct byte_stream *stream = malloc(sizeof *stream);
    if (!stream)
        abort();
    memset(stream, 0, offsetof(struct byte_stream, raw));
    stream->fd = fd;
    stream->stop_fd = stop_fd;
    stream->memory = memory;
    stream->pushed = buffer_make(SIZE_MAX / 2);
    return stream;
}

struct byte_stream *byte_stream_open(int fd, int stop_fd)
{
    return make(fd, stop_fd, SLICE_NULL);
}

struct byte_stream *byte_stream_open_memory(struct slice bytes)
{
    return make(-1, -1, bytes);
}

void byte_stream_close(struct byte_stream *stream)
{
    if (!stream)
        return;
    if (stream->gzip)
        inflateEnd(&stream->inflater);
    buffer_free(&stream->pushed);
    free(stream);
}

enum stream_status byte_stream_status(const struct byte_stream *stream)
{
    return stream->status;
}

uint64_t byte_stream_raw_count(const struct byte_stream *stream)
{
    return stream->raw_count;
}

int byte_stream_errno(const struct byte_stream *stream)
{
    return stream->error;
}

/* ------------------------------------------------------------------ raw bytes */

static enum stream_status read_memory(struct byte_stream *stream, size_t room, size_t *got)
{
    *got = stream->memory.len < room ? stream->memory.len : room;
    if (*got)
        memcpy(stream->raw + stream->raw_len, stream->memory.ptr, *got);
    stream->memory = slice_sub(stream->memory, *got, stream->memory.len);
    return *got ? STREAM_GOOD : STREAM_END;
}

static enum stream_status read_descriptor(struct byte_stream *stream, size_t room, size_t *got)
{
    *got = 0;
    for (;;) {
        struct pollfd waited[2] = {{.fd = stream->stop_fd, .events = POLLIN}, {.fd = stream->fd, .events = POLLIN}};
        if (stream->stop_fd >= 0 && poll(waited, 2, -1) > 0 && waited[0].revents)
            return STREAM_STOPPED;
        ssize_t count = read(stream->fd, stream->raw + stream->raw_len, room);
        if (count > 0)
            *got = (size_t)count;
        if (count >= 0)
            return count ? STREAM_GOOD : STREAM_END;
        if (errno != EINTR && errno != EAGAIN) {
            stream->error = errno;
            return STREAM_FAILED;
        }
    }
}

/* More raw bytes behind those that are there; false, with the status set, where none come. */
static bool read_raw(struct byte_stream *stream)
{
    size_t got, rest = stream->raw_len - stream->raw_at;
    memmove(stream->raw, stream->raw + stream->raw_at, rest);
    stream->raw_at = 0;
    stream->raw_len = rest;
    enum stream_status status = stream->fd < 0 ? read_memory(stream, sizeof stream->raw - rest, &got)
                                               : read_descriptor(stream, sizeof stream->raw - rest, &got);
    stream->raw_len += got;
    stream->raw_count += got;
    if (status != STREAM_GOOD)
        stream->status = status;
    return status == STREAM_GOOD;
}

static bool is_member_start(const char *bytes) /* four of them: magic number, method, flags */
{
    return memcmp(bytes, "\x1f\x8b\x08", 3) == 0 && ((unsigned char)bytes[3] & 0xE0) == 0;
}

/* An end within the first bytes is an end all the same, but those bytes come first. */
static void start(struct byte_stream *stream)
{
    stream->started = true;
    while (stream->raw_len < 2 && read_raw(stream))
        ;
    if (stream->status == STREAM_END && stream->raw_len)
        stream->status = STREAM_GOOD;
    stream->gzip = stream->raw_len >= 2 && memcmp(stream->raw, "\x1f\x8b", 2) == 0;
    if (stream->gzip && inflateInit2(&stream->inflater, 15 + 16) != Z_OK)
        abort(); /* out of memory */
}

/* ----------------------------------------------------------- into the window */

static void fill_plain(struct byte_stream *stream, size_t room)
{
    if (stream->raw_at == stream->raw_len && !read_raw(stream))
        return;
    size_t count = stream->raw_len - stream->raw_at;
    count = count < room ? count : room;
    memcpy(stream->window + stream->len, stream->raw + stream->raw_at, count);
    stream->raw_at += count;
    stream->len += count;
}

static void fill_pushed(struct byte_stream *stream, size_t room)
{
    size_t count = stream->pushed.len - stream->pushed_at;
    count = count < room ? count : room;
    memcpy(stream->window + stream->len, stream->pushed.ptr + stream->pushed_at, count);
    stream->pushed_at += count;
    stream->len += count;
    if (stream->pushed_at == stream->pushed.len)
        buffer_free(&stream->pushed);
}

static void fill_gzip(struct byte_stream *stream, size_t room)
{
    if (stream->raw_at == stream->raw_len && !read_raw(stream)) {
        if (stream->status == STREAM_END && stream->in_member)
            stream->status = STREAM_DAMAGED;
        return;
    }
    if (!stream->in_member)
        inflateReset(&stream->inflater);
    stream->in_member = true;
    stream->inflater.next_in = (Bytef *)(stream->raw + stream->raw_at);
    stream->inflater.avail_in = (uInt)(stream->raw_len - stream->raw_at);
    stream->inflater.next_out = (Bytef *)(stream->window + stream->len);
    stream->inflater.avail_out = (uInt)room;
    int result = inflate(&stream->inflater, Z_NO_FLUSH);
    stream->raw_at = stream->raw_len - stream->inflater.avail_in;
    stream->len += room - stream->inflater.avail_out;
    if (result == Z_STREAM_END)
        stream->in_member = false;
    else if (result != Z_OK && result != Z_BUF_ERROR)
        stream->status = STREAM_DAMAGED;
}

static void fill(struct byte_stream *stream)
{
    if (!stream->started)
        start(stream);
    memmove(stream->window, stream->window + stream->at, stream->len - stream->at);
    stream->len -= stream->at;
    stream->at = 0;
    size_t room = sizeof stream->window - stream->len;
    if (stream->pushed.len)
        fill_pushed(stream, room);
    else if (stream->status == STREAM_GOOD && stream->gzip)
        fill_gzip(stream, room);
    else if (stream->status == STREAM_GOOD)
        fill_plain(stream, room);
}

bool byte_stream_resume(struct byte_stream *stream)
{
    if (stream->status != STREAM_DAMAGED)
        return false;
    stream->in_member = false;
    stream->status = STREAM_GOOD;
    for (;;) {
        for (; stream->raw_len - stream->raw_at >= 4; stream->raw_at++)
            if (is_member_start(stream->raw + stream->raw_at))
                return true;
        if (!read_raw(stream))
            return false;
    }
}

/* ------------------------------------------------------------------- for use */

struct slice byte_stream_peek(struct byte_stream *stream, size_t want)
{
    assert(want <= BYTE_STREAM_WINDOW);
    while (stream->len - stream->at < want && (stream->status == STREAM_GOOD || stream->pushed.len))
        fill(stream);
    return slice_of(stream->window + stream->at, stream->len - stream->at);
}

void byte_stream_take(struct byte_stream *stream, size_t count)
{
    assert(count <= stream->len - stream->at);
    stream->at += count;
}

bool byte_stream_read_line(struct byte_stream *stream, struct buffer *line)
{
    bool any = false;
    for (struct slice seen; (seen = byte_stream_peek(stream, 1)).len;) {
        size_t end = slice_find_byte(seen, '\n', 0);
        bool found = end != SLICE_NOT_FOUND;
        buffer_append(line, slice_sub(seen, 0, found ? end : seen.len));
        byte_stream_take(stream, found ? end + 1 : seen.len);
        any = true;
        if (found)
            break;
    }
    return any;
}

uint64_t byte_stream_read(struct byte_stream *stream, uint64_t count, struct buffer *out)
{
    uint64_t done = 0;
    for (struct slice seen; done < count && (seen = byte_stream_peek(stream, 1)).len;) {
        seen = slice_sub(seen, 0, count - done < seen.len ? (size_t)(count - done) : seen.len);
        if (out)
            buffer_append(out, seen);
        byte_stream_take(stream, seen.len);
        done += seen.len;
    }
    return done;
}

void byte_stream_push_back(struct byte_stream *stream, struct slice bytes)
{
    struct buffer all = buffer_make(SIZE_MAX / 2);
    buffer_append(&all, bytes);
    buffer_append(&all, slice_of(stream->window + stream->at, stream->len - stream->at));
    if (stream->pushed.len)
        buffer_append(&all, slice_sub(buffer_slice(&stream->pushed), stream->pushed_at, stream->pushed.len));
    buffer_free(&stream->pushed);
    stream->pushed = all;
    stream->pushed_at = stream->at = stream->len = 0;
}
