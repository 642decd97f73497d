#include "service/fields.h"

#include <stdio.h>

#define PREFLIGHT_SECONDS "600" /* browsers ask again after this; some cap it there */

static void give(struct fields_sink sink, const char *name, const char *value)
{
    if (value && value[0])
        sink.take(sink.context, name, value);
}

/* What only pages in a browser need: no framing, no guessing of types, nothing about this page to others. */
static void give_security(const struct reply *reply, struct fields_sink sink)
{
    give(sink, "X-Content-Type-Options", "nosniff");
    if (!reply->csp)
        return;
    give(sink, "Content-Security-Policy", reply->csp);
    give(sink, "Referrer-Policy", "no-referrer");
    give(sink, "X-Frame-Options", "DENY");
    give(sink, "Cross-Origin-Opener-Policy", "same-origin");
    give(sink, "Permissions-Policy", "camera=(), geolocation=(), microphone=()");
}

static void give_origin(const struct reply *reply, struct fields_sink sink)
{
    if (reply->varies_by_origin)
        give(sink, "Vary", "Origin");
    if (!reply->cors_origin)
        return;
    give(sink, "Access-Control-Allow-Origin", reply->cors_origin);
    if (reply->is_preflight) {
        give(sink, "Access-Control-Allow-Methods", reply->allow);
        give(sink, "Access-Control-Allow-Headers",
             "Authorization, Content-Type, If-None-Match, Traceparent, X-API-Key, X-Request-Id");
        give(sink, "Access-Control-Max-Age", PREFLIGHT_SECONDS);
    } else {
        give(sink, "Access-Control-Expose-Headers",
             "ETag, RateLimit, RateLimit-Policy, Retry-After, Server-Timing, X-Request-Id");
    }
}

static void give_limits(const struct reply *reply, struct fields_sink sink)
{
    char text[24];
    int64_t seconds = reply->err == ERR_RATE_LIMITED ? reply->retry_after_s : reply_retry_after(reply->err);
    give(sink, "RateLimit-Policy", reply->rate_policy);
    give(sink, "RateLimit", reply->rate);
    if (reply->err == ERR_UNSUPPORTED_MEDIA)
        give(sink, "Accept-Encoding", "identity"); /* RFC 9110, 12.5.3 */
    if (reply->err == ERR_UNAUTHORIZED)
        give(sink, "WWW-Authenticate", "Bearer realm=\"newsmeta\"");
    if (seconds) {
        snprintf(text, sizeof text, "%lld", (long long)seconds);
        give(sink, "Retry-After", text);
    }
}

void fields_give(const struct reply *reply, struct slice request_id, struct fields_sink sink)
{
    char id[REQUEST_ID_MAX + 1] = "";
    if (request_id.len)
        memcpy(id, request_id.ptr, request_id.len);
    give(sink, "X-Request-Id", id);
    give(sink, "Content-Type", reply->content_type);
    give(sink, "Allow", reply->allow);
    give(sink, "Cache-Control", reply->cache_control);
    give(sink, "ETag", reply->etag);
    give(sink, "Server-Timing", reply->timing);
    give_security(reply, sink);
    give_origin(reply, sink);
    give_limits(reply, sink);
}
