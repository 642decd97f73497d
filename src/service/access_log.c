#include "service/access_log.h"

#include "base/log.h"

static enum log_level level_of(const struct access *access)
{
    if (access->reply->err == ERR_INTERNAL)
        return LOG_ERROR;
    return access->call->route->quiet && access->reply->err == ERR_NONE ? LOG_DEBUG : LOG_INFO;
}

void access_log_write(const struct access *access)
{
    enum log_level level = level_of(access);
    enum err err = access->reply->err;
    if (!log_is_on(level))
        return;
    const struct log_field fields[] = {
        log_text("request_id", access->call->request_id),
        log_text("method", access->method),
        log_text("path", access->path),
        log_number("status", access->status),
        log_decimal("ms", access->ns / 1000),
        log_number("bytes_in", (int64_t)access->call->body.len),
        log_number("bytes", (int64_t)access->sent_bytes),
        log_text("error", slice_from_cstr(error_info(err)->code)),
    };
    size_t count = sizeof fields / sizeof fields[0];
    log_event(level, "request", fields, err == ERR_NONE ? count - 1 : count);
}
