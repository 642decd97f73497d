#include "service/reply.h"

#include <stdatomic.h>
#include <stdio.h>
#include <sys/random.h>

#include "base/clock.h"
#include "output/problem.h"

struct reply reply_make(void)
{
    return (struct reply){.body = buffer_make(REPLY_MAX_BYTES)};
}

void reply_free(struct reply *reply)
{
    buffer_free(&reply->body);
    *reply = reply_make();
}

int reply_retry_after(enum err err)
{
    switch (err) {
    case ERR_QUEUE_FULL: return 1;    /* the queue turns over within a second */
    case ERR_RATE_LIMITED: return 1;
    case ERR_EXHAUSTED: return 1;     /* until what is under way has ended */
    case ERR_DRAINING: return 5;      /* until whoever shares out requests has taken us off the list */
    default: return 0;
    }
}

void reply_set_problem(struct reply *reply, enum err err, struct slice detail, struct slice request_id,
                       int upstream_status)
{
    buffer_clear(&reply->body);
    reply->constant = SLICE_NULL;
    reply->etag[0] = '\0';
    reply->err = err;
    reply->status = error_info(err)->status;
    reply->content_type = "application/problem+json";
    reply->cache_control = "no-store";
    /* A detail that quotes far too much must not cost the caller the answer. */
    if (!problem_write(err, slice_sub(detail, 0, 1000), request_id, upstream_status, &reply->body)) {
        buffer_clear(&reply->body);
        problem_write(err, SLICE_NULL, request_id, upstream_status, &reply->body);
    }
}

void reply_set_constant(struct reply *reply, int status, const char *content_type, struct slice body)
{
    reply->status = status;
    reply->content_type = content_type;
    reply->constant = body;
}

void reply_set_body(struct reply *reply, int status, const char *content_type)
{
    reply->status = status;
    reply->content_type = content_type;
}

size_t reply_body_length(const struct reply *reply)
{
    return reply->constant.ptr ? reply->constant.len : reply->body.len;
}

void reply_set_etag(struct reply *reply)
{
    struct slice body = reply->constant.ptr ? reply->constant : buffer_slice(&reply->body);
    snprintf(reply->etag, sizeof reply->etag, "\"%016llx\"", (unsigned long long)slice_hash(body));
}

static bool names_etag(struct slice if_none_match, struct slice etag)
{
    struct slice tag;
    while (slice_split(&if_none_match, ',', &tag)) {
        tag = slice_trim(tag);
        if (slice_starts(tag, SLICE("W/")))
            tag = slice_sub(tag, 2, tag.len);
        if (slice_equals(tag, etag) || slice_equals(tag, SLICE("*")))
            return true;
    }
    return false;
}

void reply_apply_if_none_match(struct reply *reply, struct slice if_none_match)
{
    if (reply->status != 200 || !reply->etag[0] || !names_etag(if_none_match, slice_from_cstr(reply->etag)))
        return;
    buffer_clear(&reply->body);
    reply->constant = SLICE_NULL;
    reply->content_type = NULL;
    reply->status = 304;
}

/* -------------------------------------------------------------- request ids */

bool request_id_is_sane(struct slice id)
{
    if (id.len == 0 || id.len > REQUEST_ID_MAX)
        return false;
    for (size_t i = 0; i < id.len; i++) {
        char c = id.ptr[i];
        if (!ascii_is_alpha(c) && !ascii_is_digit(c) && c != '-' && c != '_' && c != '.')
            return false;
    }
    return true;
}

/* A bijection of 64-bit numbers (splitmix64's finisher, Steele et al. 2014): ids look random and are
 * different as long as the counter is. */
static uint64_t mix(uint64_t x)
{
    x = (x ^ (x >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    x = (x ^ (x >> 27)) * UINT64_C(0x94d049bb133111eb);
    return x ^ (x >> 31);
}

static uint64_t first_id(void)
{
    uint64_t seed = 0;
    ssize_t got = getrandom(&seed, sizeof seed, GRND_NONBLOCK);
    return got == (ssize_t)sizeof seed ? seed : (uint64_t)clock_now_ns();
}

struct slice request_id_make(char room[REQUEST_ID_MAX])
{
    static _Atomic uint64_t counter;
    static const char hex[] = "0123456789abcdef";
    if (atomic_load_explicit(&counter, memory_order_relaxed) == 0) {
        uint64_t none = 0;
        atomic_compare_exchange_strong(&counter, &none, first_id() | 1);
    }
    uint64_t id = mix(atomic_fetch_add_explicit(&counter, 1, memory_order_relaxed));
    for (int i = 0; i < 16; i++)
        room[i] = hex[(id >> (60 - 4 * i)) & 15];
    return slice_of(room, 16);
}
