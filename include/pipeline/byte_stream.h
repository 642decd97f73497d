/* byte_stream: bytes of a descriptor, read by blocks and gunzipped where gzipped (RFC 1952: any number of
 * members), in constant memory. Waits for no more than there is: what a pipe has so far is given.
 *
 * Damaged gzip data end the bytes with STREAM_DAMAGED; byte_stream_resume goes on at the next member. */
#ifndef NEWSMETA_PIPELINE_BYTE_STREAM_H
#define NEWSMETA_PIPELINE_BYTE_STREAM_H

#include "base/buffer.h"

#define BYTE_STREAM_WINDOW 65536u

enum stream_status {
    STREAM_GOOD,
    STREAM_END,
    STREAM_DAMAGED, /* gzip data broken or cut off */
    STREAM_FAILED,  /* cannot be read; errno is kept */
    STREAM_STOPPED  /* stop_fd became readable */
};

struct byte_stream;

/* Borrows both descriptors; stop_fd ends the reading when it becomes readable (-1: nothing does). */
struct byte_stream *byte_stream_open(int fd, int stop_fd);
/* The same over bytes in memory, which are borrowed. */
struct byte_stream *byte_stream_open_memory(struct slice bytes);
/* NULL is allowed. */
void byte_stream_close(struct byte_stream *stream);

/* The next bytes, at least `want` (at most BYTE_STREAM_WINDOW) unless the stream ends before; valid until
 * the next call. */
struct slice byte_stream_peek(struct byte_stream *stream, size_t want);
/* Takes `count` bytes that were seen. */
void byte_stream_take(struct byte_stream *stream, size_t count);
/* Appends the bytes up to the next line feed, which is taken and left out. False when there are none. What
 * does not fit into `line` is passed over and sets its `overflow`. */
bool byte_stream_read_line(struct byte_stream *stream, struct buffer *line);
/* Appends up to `count` bytes to `out` (NULL: passes over them); returns how many there were. */
uint64_t byte_stream_read(struct byte_stream *stream, uint64_t count, struct buffer *out);
/* Puts bytes (copied) in front of those that come next. */
void byte_stream_push_back(struct byte_stream *stream, struct slice bytes);

/* STREAM_GOOD while bytes may come, otherwise why none come any more. */
enum stream_status byte_stream_status(const struct byte_stream *stream);
/* Bytes that came so far, as they came: gzipped ones are counted before they are unpacked. */
uint64_t byte_stream_raw_count(const struct byte_stream *stream);
/* The errno of STREAM_FAILED. */
int byte_stream_errno(const struct byte_stream *stream);
/* After STREAM_DAMAGED: on to the next gzip member. False if there is none. */
bool byte_stream_resume(struct byte_stream *stream);

#endif
