/* error: the one table of what can go wrong, as the caller sees it.
 *
 * A code is the `code` of the problem document (RFC 9457), the metric label and the word in the log;
 * its HTTP status (RFC 9110), title and whether trying again may help stand beside it. Everything
 * that lists errors (problem writer, OpenAPI file, README) is written from or tested against this
 * table. Bad input is an error; part of an answer missing is a warning (article/article.h); a fault
 * of ours is an assert. */
#ifndef NEWSMETA_BASE_ERROR_H
#define NEWSMETA_BASE_ERROR_H

#include "base/slice.h"

/* X(enumerator, code, status, retryable, title) */
#define ERR_TABLE(X)                                                                                                   \
    X(ERR_NONE, "none", 200, false, "No error")                                                                        \
    X(ERR_BAD_REQUEST, "bad_request", 400, false, "The request is not well-formed HTTP")                               \
    X(ERR_BAD_JSON, "bad_json", 400, false, "The request body is not valid JSON")                                      \
    X(ERR_BAD_PARAMETER, "bad_parameter", 400, false, "A parameter has a value that is not allowed")                   \
    X(ERR_BAD_URL, "bad_url", 400, false, "The URL cannot be used")                                                    \
    X(ERR_EXACTLY_ONE_SOURCE, "exactly_one_source", 400, false, "Exactly one of url, html and text must be given")     \
    X(ERR_UNAUTHORIZED, "unauthorized", 401, false, "A valid API key is needed")                                       \
    X(ERR_ADDRESS_NOT_ALLOWED, "address_not_allowed", 403, false,                                                      \
      "The URL leads to an address that may not be fetched")                                                           \
    X(ERR_ROBOTS_DENIED, "robots_denied", 403, false, "The site's robots.txt does not allow fetching this page")       \
    X(ERR_NOT_FOUND, "not_found", 404, false, "There is nothing at this path")                                         \
    X(ERR_METHOD_NOT_ALLOWED, "method_not_allowed", 405, false, "This path does not answer to this method")            \
    X(ERR_NOT_ACCEPTABLE, "not_acceptable", 406, false, "The answer is JSON, which the Accept header excludes")        \
    X(ERR_REQUEST_TIMEOUT, "request_timeout", 408, true, "The request took too long to arrive")                        \
    X(ERR_BODY_TOO_LARGE, "body_too_large", 413, false, "The request body is too large")                               \
    X(ERR_URI_TOO_LONG, "uri_too_long", 414, false, "The request target is too long")                                  \
    X(ERR_UNSUPPORTED_MEDIA, "unsupported_media", 415, false, "The content type is not one that can be read")          \
    X(ERR_NOT_AN_ARTICLE, "not_an_article", 422, false, "No article was found in the input")                           \
    X(ERR_NO_TEXT, "no_text", 422, false, "The input holds no text")                                                   \
    X(ERR_UNDECODABLE, "undecodable", 422, false, "The input cannot be decoded as text")                               \
    X(ERR_CONSENT_WALL, "consent_wall", 422, false, "The page is a consent dialogue instead of the article")           \
    X(ERR_PAYWALL, "paywall", 422, false, "The page shows a paywall instead of the article")                           \
    X(ERR_RATE_LIMITED, "rate_limited", 429, true, "Too many requests")                                                \
    X(ERR_HEAD_TOO_LARGE, "head_too_large", 431, false, "The head of the request is too long")                         \
    X(ERR_INTERNAL, "internal", 500, false, "The service failed")                                                      \
    X(ERR_UPSTREAM_STATUS, "upstream_status", 502, true, "The origin answered with an error status")                   \
    X(ERR_UPSTREAM_DNS, "upstream_dns", 502, true, "The host name of the URL does not resolve")                        \
    X(ERR_UPSTREAM_TLS, "upstream_tls", 502, false, "No secure connection to the origin could be made")                \
    X(ERR_UPSTREAM_CONNECT, "upstream_connect", 502, true, "The origin cannot be connected to")                        \
    X(ERR_UPSTREAM_BROKEN, "upstream_broken", 502, true, "The origin's answer broke off or is not valid HTTP")         \
    X(ERR_UPSTREAM_REDIRECT, "upstream_redirect", 502, false,                                                          \
      "The origin redirects too often or to a forbidden scheme")                                                       \
    X(ERR_UPSTREAM_TOO_LARGE, "upstream_too_large", 502, false, "The origin's answer is too large")                    \
    X(ERR_QUEUE_FULL, "queue_full", 503, true, "The service is busy")                                                  \
    X(ERR_EXHAUSTED, "resources_exhausted", 503, true, "The service is short of memory or file descriptors")           \
    X(ERR_DRAINING, "draining", 503, true, "The service is shutting down")                                             \
    X(ERR_UPSTREAM_TIMEOUT, "upstream_timeout", 504, true, "The origin took too long to answer")                       \
    X(ERR_DEADLINE, "deadline_exceeded", 504, true, "The work could not be done in the time allowed")

enum err {
#define X(enumerator, code, status, retryable, title) enumerator,
    ERR_TABLE(X)
#undef X
        ERR_COUNT
};

struct error_info {
    const char *code;
    int status;
    bool retryable;
    const char *title;
};

/* The row of the table; asserts that err is one of it. */
const struct error_info *error_info(enum err err);

#endif
