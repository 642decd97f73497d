/* router: the one table of paths: which methods each answers to, what it gives, who handles it. */
#ifndef NEWSMETA_SERVICE_ROUTER_H
#define NEWSMETA_SERVICE_ROUTER_H

#include "base/error.h"
#include "base/slice.h"

enum endpoint {
    ENDPOINT_NONE, /* no such path; the label "other" in metrics */
    ENDPOINT_EXTRACT,
    ENDPOINT_BATCH,
    ENDPOINT_HEALTH,
    ENDPOINT_READY,
    ENDPOINT_METRICS,
    ENDPOINT_VERSION,
    ENDPOINT_OPENAPI,
    ENDPOINT_PAGE,
    ENDPOINT_DOCS,
    ENDPOINT_STYLE,
    ENDPOINT_SCRIPT,
    ENDPOINT_COUNT
};

enum method { METHOD_GET = 1, METHOD_HEAD = 2, METHOD_POST = 4, METHOD_OPTIONS = 8, METHOD_OTHER = 16 };

struct route {
    enum endpoint endpoint;
    const char *path;
    unsigned methods;     /* enum method bits */
    const char *allow;    /* the same as the Allow header has them */
    const char *produces; /* media type of its answers, without parameters */
    bool quiet;           /* probes: logged only at level debug, unless they fail */
};

enum method router_method(struct slice name);
/* Finds the route of a path (percent-encoding as sent). ERR_NOT_FOUND: *route is that of ENDPOINT_NONE;
 * ERR_METHOD_NOT_ALLOWED: *route is the path's, for its Allow. */
enum err router_find(enum method method, struct slice path, const struct route **route);
/* The rows, for metrics and for tests. */
const struct route *router_table(size_t *count);
/* Does this Accept header (null: none was sent) admit the media type? RFC 9110, 12.5.1: q=0 excludes, the
 * most specific range decides. */
bool router_accepts(struct slice accept, const char *media_type);

#endif
