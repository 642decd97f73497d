/* reply: what is sent back, as plain data; service/exchange turns it into libmicrohttpd's response. */
#ifndef NEWSMETA_SERVICE_REPLY_H
#define NEWSMETA_SERVICE_REPLY_H

#include <stdint.h>

#include "base/buffer.h"
#include "base/error.h"

/* Bytes of one answer at most: mentions and offsets of the largest input stay far below. */
#define REPLY_MAX_BYTES ((size_t)64 << 20)
#define REQUEST_ID_MAX 64

struct stream;

struct reply {
    int status;               /* 0: there is none yet */
    enum err err;             /* what the problem document says; ERR_NONE otherwise */
    const char *content_type; /* NULL: no body */
    struct buffer body;       /* owned until taken by the exchange */
    struct slice constant;    /* a body that lives as long as the process, instead of `body` */
    struct stream *stream;     /* a body that comes piece by piece, instead of both */
    const char *allow;        /* Allow header, or NULL */
    const char *cache_control; /* or NULL */
    const char *csp;          /* Content-Security-Policy, or NULL */
    char etag[24];            /* with its quotes; "" for none */
    const char *cors_origin;  /* whose pages may read the answer; or NULL */
    bool varies_by_origin;    /* another origin would get other headers */
    bool is_preflight;        /* what is asked is whether one may ask */
    char rate[64], rate_policy[64]; /* RateLimit headers; "" for none */
    int64_t retry_after_s;    /* of ERR_RATE_LIMITED */
    char timing[120];         /* Server-Timing; "" for none */
    bool close;               /* the connection ends after this reply */
};

struct reply reply_make(void);
void reply_free(struct reply *reply);
/* A problem document; Retry-After follows from the error (reply_retry_after). */
void reply_set_problem(struct reply *reply, enum err err, struct slice detail, struct slice request_id,
                       int upstream_status);
/* A body that lives as long as the process. */
void reply_set_constant(struct reply *reply, int status, const char *content_type, struct slice body);
/* Says that `body` has been written. */
void reply_set_body(struct reply *reply, int status, const char *content_type);
/* Computes the ETag of the body. */
void reply_set_etag(struct reply *reply);
/* If-None-Match (RFC 9110, 13.1.2; weak comparison): the reply becomes 304 when it names the ETag. */
void reply_apply_if_none_match(struct reply *reply, struct slice if_none_match);
/* Seconds for Retry-After, 0 for none. */
int reply_retry_after(enum err err);
size_t reply_body_length(const struct reply *reply);

/* A request id that a caller sent and that may be repeated in headers and logs: 1 to 64 of A-Z a-z 0-9 . _ - */
bool request_id_is_sane(struct slice id);
/* A new one, 16 hex digits, different from all others of this process. */
struct slice request_id_make(char room[REQUEST_ID_MAX]);

#endif
