/* transfer: one request to an origin and its answer, as libcurl carries it out. What comes is judged while it comes:
 * the address when its socket is opened, the kind and the size of the body as it arrives, decompressed.
 *
 *     transfer_open    once; cookies live from here to transfer_close, for requests that follow a redirect
 *     transfer_ask     what is asked next
 *     transfer_begin, transfer_finish    by the thread that runs it (transfers.h)
 *     transfer_close */
#ifndef NEWSMETA_FETCH_TRANSFER_H
#define NEWSMETA_FETCH_TRANSFER_H

#include <curl/curl.h>
#include <pthread.h>

#include "base/buffer.h"
#include "fetch/fetcher.h"
#include "fetch/netguard.h"

#define TRANSFER_DETAIL_BYTES 300

/* What all transfers of a fetcher share; constant. */
struct transfer_rules {
    struct fetch_settings settings; /* `allow` is in `networks` */
    struct netguard_rule *networks;
    size_t network_count;
};

struct transfer_question {
    const char *url;
    struct slice host;          /* whose turn it takes */
    struct slice etag, last_modified; /* of what is kept: the answer may be that it still holds; null: none */
    struct slice traceparent;   /* to be passed on; null: none */
    bool any_type;              /* whatever its content type says */
    bool may_cut;               /* a body that is too large is cut off instead of refused */
};

struct transfer {
    const struct transfer_rules *rules;
    int64_t deadline_ns;
    bool redirected;            /* it is not the first request of its fetch */
    struct transfer_question question;

    /* libcurl's */
    CURL *easy;
    struct curl_slist *fields;
    char error_text[CURL_ERROR_SIZE];
    struct buffer head;         /* the lines of the last answer's header */
    size_t head_bytes;          /* of all answers */
    size_t passed_over;         /* of the body of a redirect */
    bool checked_head, refused_address;
    enum err stopped;           /* why our own callbacks ended it; ERR_NONE: they did not */

    /* the answer */
    enum err err;               /* ERR_NONE: a 2xx answer, a redirect, or 304 to a question with validators */
    long status;
    struct buffer body;
    const char *redirect;       /* where to; NULL: nowhere. These three live until the next question */
    const char *final_url, *content_type; /* NULL: none */
    char detail[TRANSFER_DETAIL_BYTES];

    /* transfers' own, guarded by its lock */
    struct transfer *next;
    bool done;
    pthread_cond_t is_done;
};

/* The body may have `max_bytes`; false when libcurl cannot be set up (to be closed all the same). */
bool transfer_open(struct transfer *transfer, const struct transfer_rules *rules, size_t max_bytes,
                   int64_t deadline_ns);
void transfer_close(struct transfer *transfer);
void transfer_ask(struct transfer *transfer, const struct transfer_question *question);
/* Cookies came with an answer: what follows is for this visitor alone. */
bool transfer_has_cookies(const struct transfer *transfer);

bool transfer_begin(struct transfer *transfer, CURLM *multi);
void transfer_finish(struct transfer *transfer, CURLM *multi, CURLcode code);
/* Takes it off libcurl's hands before its end. */
void transfer_abandon(struct transfer *transfer, CURLM *multi, enum err err);

#endif
