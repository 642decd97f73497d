#include "service/access_log.h"

#include "base/log.h"

#define LOG_FIELDS 11 /* seven of every request, four of some */

static enum log_level level_of(const struct access *access)
{
    if (access->reply->err == ERR_INTERNAL || access->reply->err == ERR_EXHAUSTED)
        return LOG_ERROR;
    return access->call->route->quiet && access->reply->err == ERR_NONE ? LOG_DEBUG : LOG_INFO;
}

void access_log_write(const struct access *access)
{
    enum log_level level = level_of(access);
    enum err err = access->reply->err;
    if (!log_is_on(level))
        return;
    struct log_field fields[LOG_FIELDS] = {
        log_text("request_id", access->call->request_id),
        log_text("method", access->method),
        log_text("path", access->path),
        log_number("status", access->status),
        log_decimal("ms", access->ns / 1000),
        log_number("bytes_in", (int64_t)access->call->body.len),
        log_number("bytes", (int64_t)access->sent_bytes),
    };
    size_t count = LOG_FIELDS - 4;
    if (err != ERR_NONE)
        fields[count++] = log_text("error", slice_from_cstr(error_info(err)->code));
    if (access->call->key)
        fields[count++] = log_text("key", slice_of(access->call->key->name, access->call->key->name_len));
    if (access->call->trace.trace_id[0]) {
        fields[count++] = log_text("trace_id", slice_from_cstr(access->call->trace.trace_id));
        fields[count++] = log_text("span_id", slice_from_cstr(access->call->trace.span_id));
    }
    log_event(level, "request", fields, count);
}
