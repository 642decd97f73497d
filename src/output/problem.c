#include "output/problem.h"

#include "output/json_text.h"

/* "upstream_timeout" -> "/problems/upstream-timeout" */
static void write_type(const char *code, struct buffer *out)
{
    buffer_append_cstr(out, "{\"type\":\"/problems/");
    for (const char *c = code; *c; c++)
        buffer_append_byte(out, *c == '_' ? '-' : *c);
    buffer_append_byte(out, '"');
}

/* Codes and titles hold nothing that JSON escapes. */
static void write_text(const char *key, const char *value, struct buffer *out)
{
    buffer_append_cstr(out, key);
    buffer_append_cstr(out, value);
    buffer_append_byte(out, '"');
}

static void write_number(const char *key, int value, struct buffer *out)
{
    buffer_append_cstr(out, key);
    buffer_append_number(out, (size_t)value);
}

/* Piece by piece: with format strings it took twice as long, and a service that is asked for more than it can do writes
 * little else. */
bool problem_write(enum err err, struct slice detail, struct slice request_id, int upstream_status,
                   struct buffer *out)
{
    const struct error_info *info = error_info(err);
    write_type(info->code, out);
    write_text(",\"title\":\"", info->title, out);
    write_number(",\"status\":", info->status, out);
    if (detail.len) {
        buffer_append_cstr(out, ",\"detail\":");
        json_text_write(detail, out);
    }
    write_text(",\"code\":\"", info->code, out);
    buffer_append_cstr(out, info->retryable ? ",\"retryable\":true" : ",\"retryable\":false");
    if (upstream_status)
        write_number(",\"upstream_status\":", upstream_status, out);
    if (request_id.len) {
        buffer_append_cstr(out, ",\"request_id\":");
        json_text_write(request_id, out);
    }
    return buffer_append_byte(out, '}');
}
