#include "base/buffer.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

struct buffer buffer_make(size_t max)
{
    return (struct buffer){.max = max};
}

void buffer_free(struct buffer *buffer)
{
    free(buffer->ptr);
    *buffer = (struct buffer){.max = buffer->max};
}

void buffer_clear(struct buffer *buffer)
{
    buffer->len = 0;
    buffer->overflow = false;
}

char *buffer_reserve(struct buffer *buffer, size_t len)
{
    if (buffer->overflow || len > buffer->max - buffer->len) {
        buffer->overflow = true;
        return NULL;
    }
    size_t needed = buffer->len + len;
    if (needed > buffer->capacity || !buffer->ptr) {
        size_t capacity = buffer->capacity ? buffer->capacity : 256;
        while (capacity < needed)
            capacity *= 2;
        char *grown = realloc(buffer->ptr, capacity);
        if (!grown) {
            buffer->overflow = true;
            return NULL;
        }
        buffer->ptr = grown;
        buffer->capacity = capacity;
    }
    return buffer->ptr + buffer->len;
}

bool buffer_append(struct buffer *buffer, struct slice s)
{
    char *room = buffer_reserve(buffer, s.len);
    if (!room)
        return false;
    if (s.len)
        memcpy(room, s.ptr, s.len);
    buffer->len += s.len;
    return true;
}

bool buffer_append_byte(struct buffer *buffer, char byte)
{
    return buffer_append(buffer, slice_of(&byte, 1));
}

bool buffer_append_cstr(struct buffer *buffer, const char *cstr)
{
    return buffer_append(buffer, slice_from_cstr(cstr));
}

bool buffer_append_number(struct buffer *buffer, size_t number)
{
    char digits[24];
    size_t at = sizeof digits;
    do
        digits[--at] = (char)('0' + number % 10);
    while (number /= 10);
    return buffer_append(buffer, slice_of(digits + at, sizeof digits - at));
}

/* vsnprintf wants room for its NUL, which is not counted: one byte more is reserved than is appended. */
static bool print_long(struct buffer *buffer, size_t len, const char *format, va_list args)
{
    char *room = buffer_reserve(buffer, len + 1);
    if (!room)
        return false;
    vsnprintf(room, len + 1, format, args);
    buffer->len += len;
    return true;
}

bool buffer_printf(struct buffer *buffer, const char *format, ...)
{
    char text[128]; /* nearly all that is printed is shorter */
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int len = vsnprintf(text, sizeof text, format, args);
    va_end(args);
    bool printed = len >= 0;
    if (printed)
        printed = (size_t)len < sizeof text ? buffer_append(buffer, slice_of(text, (size_t)len))
                                            : print_long(buffer, (size_t)len, format, again);
    va_end(again);
    return printed;
}
