/* buffer: bytes that grow at the end, up to a maximum given at birth.
 *
 * Ownership: the buffer owns its bytes (malloc); buffer_free gives them back; buffer_slice borrows
 * until the next append. Appending past `max` appends nothing, sets `overflow` and returns false;
 * once set, every later append fails as well, so that a caller may check once at the end. */
#ifndef NEWSMETA_BASE_BUFFER_H
#define NEWSMETA_BASE_BUFFER_H

#include "base/slice.h"

struct buffer {
    char *ptr;
    size_t len, capacity, max;
    bool overflow;
};

/* An empty buffer that holds at most `max` bytes; allocates nothing yet. */
struct buffer buffer_make(size_t max);
void buffer_free(struct buffer *buffer);
/* Empties it, keeps the memory, clears `overflow`. */
void buffer_clear(struct buffer *buffer);
bool buffer_append(struct buffer *buffer, struct slice s);
bool buffer_append_byte(struct buffer *buffer, char byte);
bool buffer_append_cstr(struct buffer *buffer, const char *cstr);
bool buffer_append_number(struct buffer *buffer, size_t number); /* in decimal */
bool buffer_printf(struct buffer *buffer, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Room for `len` more bytes at ptr + len, which the caller fills and counts itself; NULL on overflow. */
char *buffer_reserve(struct buffer *buffer, size_t len);

static inline struct slice buffer_slice(const struct buffer *buffer)
{
    return slice_of(buffer->ptr, buffer->len);
}

#endif
