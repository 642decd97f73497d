/* fetcher: URL -> bytes, over http and https: the cache first (RFC 9111), then robots.txt where it is obeyed, then the
 * origin, hop by hop. The parts: transfers (a thread runs all by libcurl's multi interface; a queue, hosts' turns),
 * transfer (one request), cache, freshness, robots.
 *
 * Every address is checked when its socket is opened, so that redirects and names that resolve anew are
 * seen too (fetch/netguard.h). Size is counted after decompression. Proxy variables of the environment are
 * ignored. */
#ifndef NEWSMETA_FETCH_FETCHER_H
#define NEWSMETA_FETCH_FETCHER_H

#include "article/job.h"

struct fetch_settings {
    const char *user_agent;
    const char *const *allow;  /* "CIDR@port": addresses that may be reached although private; NULL-terminated */
    const char *proxy;         /* URL, or "" for none */
    const char *ca_bundle;     /* path, or "" for the system's */
    uint64_t max_bytes;        /* of a body, decompressed */
    int timeout_ms;            /* the whole fetch, redirects included */
    int connect_timeout_ms;
    int max_redirects;
    int max_concurrent;        /* fetches at once; more wait their turn */
    int max_per_host;          /* of these, of one host */
    int delay_ms;              /* between the beginnings of two fetches of one host */
    bool robots;               /* whether robots.txt is asked for and obeyed */
    uint64_t cache_bytes;      /* of answers kept in memory; 0: none are */
};

struct fetch_request {
    struct slice url;
    int64_t deadline_ns;       /* clock_now_ns() at which the fetch ends; 0: only timeout_ms */
    struct slice traceparent;  /* W3C Trace Context, for the origin; null: none */
};

struct fetch_response {
    int status;
    struct slice body;         /* decompressed */
    struct slice content_type; /* null when the origin sent none */
    struct slice final_url;    /* after redirects */
    struct slice detail;       /* for the caller, when the fetch failed; may be null */
    enum fetched fetched;      /* where the body came from */
};

struct fetcher;

/* Starts the thread; NULL when libcurl or the thread cannot be started, or an allow entry cannot be read
 * (then *bad names it, if bad is not NULL). `settings` is copied. */
struct fetcher *fetcher_create(const struct fetch_settings *settings, const char **bad);
/* One more holder. */
struct fetcher *fetcher_hold(struct fetcher *fetcher);
/* Of the last holder: ends what is under way (those callers get ERR_DRAINING) and the thread. NULL is allowed. */
void fetcher_destroy(struct fetcher *fetcher);
/* Fetches and waits. Results live in `arena`. ERR_NONE: a 2xx answer. Thread-safe. */
enum err fetcher_get(struct fetcher *fetcher, struct arena *arena, const struct fetch_request *request,
                     struct fetch_response *response);
/* The URL is one that may be asked for at all: http or https, a host, no credentials, a port that is
 * allowed. ERR_NONE, ERR_BAD_URL or ERR_ADDRESS_NOT_ALLOWED; *why (static) says what is wrong. */
enum err fetcher_check_url(struct slice url, const char **why);

#endif
