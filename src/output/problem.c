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

bool problem_write(enum err err, struct slice detail, struct slice request_id, int upstream_status,
                   struct buffer *out)
{
    const struct error_info *info = error_info(err);
    write_type(info->code, out);
    buffer_printf(out, ",\"title\":\"%s\",\"status\":%d", info->title, info->status);
    if (detail.len) {
        buffer_append_cstr(out, ",\"detail\":");
        json_text_write(detail, out);
    }
    buffer_printf(out, ",\"code\":\"%s\",\"retryable\":%s", info->code, info->retryable ? "true" : "false");
    if (upstream_status)
        buffer_printf(out, ",\"upstream_status\":%d", upstream_status);
    if (request_id.len) {
        buffer_append_cstr(out, ",\"request_id\":");
        json_text_write(request_id, out);
    }
    return buffer_append_byte(out, '}');
}
