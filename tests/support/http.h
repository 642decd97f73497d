/* http: a client for end-to-end tests: libcurl for what is HTTP, a plain socket for what is not quite. */
#ifndef NEWSMETA_TESTS_HTTP_H
#define NEWSMETA_TESTS_HTTP_H

#include <jansson.h>

#include "base/buffer.h"

struct http_answer {
    int code;              /* CURLcode; 0: an answer came */
    long status;
    struct buffer headers; /* as they came */
    struct buffer body;
    double seconds;
};

struct http_request {
    const char *method;    /* NULL: GET, or POST with a body */
    const char *const *headers; /* NULL-terminated; may be NULL */
    struct slice body;     /* null: none */
    bool chunked;          /* the body without a Content-Length */
    unsigned port;
    const char *path;      /* with the query, percent-encoded */
};

struct http_answer http_ask(const struct http_request *request);
struct http_answer http_get(unsigned port, const char *path);
struct http_answer http_post(unsigned port, const char *path, const char *content_type, struct slice body);
void http_free(struct http_answer *answer);
/* The value of a header, or null. */
struct slice http_header(const struct http_answer *answer, const char *name);
/* The body as JSON; fails the test if it is none. To be given back with json_decref. */
json_t *http_json(const struct http_answer *answer);
/* Fails the test unless the answer is a problem with this status and code; then frees the answer. */
void http_expect_problem(struct http_answer *answer, long status, const char *code);

/* Sends bytes as they are, reads until the peer closes or nothing comes for `patience_ms`. NUL-terminated. */
struct buffer http_raw(unsigned port, struct slice bytes, int patience_ms);
/* A connected socket. */
int http_connect(unsigned port);

#endif
