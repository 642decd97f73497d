#include "base/log.h"

#include <stdatomic.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

#define LINE_MAX_BYTES 4096 /* below PIPE_BUF on Linux: a write to a pipe is not torn */
#define TEXT_MAX_BYTES 300

static const char *const level_names[] = {"error", "warning", "info", "debug"};
static atomic_int level_now = LOG_INFO;

struct line {
    char bytes[LINE_MAX_BYTES];
    size_t len;
};

bool log_level_from_name(const char *name, enum log_level *level)
{
    for (size_t i = 0; i < sizeof level_names / sizeof level_names[0]; i++)
        if (name && strcmp(name, level_names[i]) == 0) {
            *level = (enum log_level)i;
            return true;
        }
    return false;
}

void log_set_level(enum log_level level)
{
    atomic_store_explicit(&level_now, (int)level, memory_order_relaxed);
}

bool log_is_on(enum log_level level)
{
    return (int)level <= atomic_load_explicit(&level_now, memory_order_relaxed);
}

/* Room is kept for the end of the line, so that a cut line is still whole JSON. */
static bool put(struct line *line, const char *bytes, size_t len)
{
    if (len > sizeof line->bytes - 3 - line->len)
        return false;
    memcpy(line->bytes + line->len, bytes, len);
    line->len += len;
    return true;
}

static void put_escaped(struct line *line, struct slice text)
{
    static const char hex[] = "0123456789abcdef";
    for (size_t i = 0; i < text.len && i < TEXT_MAX_BYTES; i++) {
        unsigned char c = (unsigned char)text.ptr[i];
        if (c == '"' || c == '\\') {
            put(line, (char[]){'\\', (char)c}, 2);
        } else if (c < 0x20 || c >= 0x7F) { /* bytes of unknown charset are shown as they were */
            put(line, (char[]){'\\', 'u', '0', '0', hex[c >> 4], hex[c & 15]}, 6);
        } else {
            put(line, (const char *)&text.ptr[i], 1);
        }
    }
}

static void put_quoted(struct line *line, struct slice text)
{
    put(line, "\"", 1);
    put_escaped(line, text);
    put(line, "\"", 1);
}

static void put_field(struct line *line, const struct log_field *field)
{
    if (line->len + 6 * TEXT_MAX_BYTES + 100 > sizeof line->bytes)
        return; /* a field that might not fit whole is left out whole */
    put(line, ",\"", 2);
    put(line, field->name, strlen(field->name));
    put(line, "\":", 2);
    char number[48];
    int len;
    switch (field->type) {
    case LOG_TEXT: put_quoted(line, field->text); return;
    case LOG_NUMBER: len = snprintf(number, sizeof number, "%lld", (long long)field->number); break;
    default:
        len = snprintf(number, sizeof number, "%lld.%03lld", (long long)(field->number / 1000),
                       (long long)(field->number % 1000));
    }
    put(line, number, (size_t)len);
}

static void put_head(struct line *line, enum log_level level, const char *event)
{
    struct timespec now;
    struct tm utc;
    clock_gettime(CLOCK_REALTIME, &now);
    gmtime_r(&now.tv_sec, &utc);
    char stamp[64];
    size_t len = strftime(stamp, sizeof stamp, "{\"ts\":\"%Y-%m-%dT%H:%M:%S", &utc);
    put(line, stamp, len);
    len = (size_t)snprintf(stamp, sizeof stamp, ".%03ldZ\",\"level\":\"%s\",\"event\":", now.tv_nsec / 1000000,
                           level_names[level]);
    put(line, stamp, len);
    put_quoted(line, slice_from_cstr(event));
}

void log_event(enum log_level level, const char *event, const struct log_field *fields, size_t count)
{
    if (!log_is_on(level))
        return;
    struct line line;
    line.len = 0;
    put_head(&line, level, event);
    for (size_t i = 0; i < count; i++)
        put_field(&line, &fields[i]);
    line.bytes[line.len++] = '}';
    line.bytes[line.len++] = '\n';
    ssize_t written = write(STDERR_FILENO, line.bytes, line.len);
    (void)written; /* a log that cannot be written must not end the service */
}
