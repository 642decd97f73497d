#include "service/router.h"

#define READ (METHOD_GET | METHOD_HEAD | METHOD_OPTIONS)
#define READ_ALLOW "GET, HEAD, OPTIONS"
#define JSON "application/json"

/* In the order of enum endpoint. */
static const struct route routes[] = {
    {ENDPOINT_NONE, "other", METHOD_OPTIONS, READ_ALLOW, JSON, false},
    {ENDPOINT_EXTRACT, "/v1/extract", READ | METHOD_POST, "GET, HEAD, POST, OPTIONS", JSON, false},
    {ENDPOINT_BATCH, "/v1/extract/batch", METHOD_POST | METHOD_OPTIONS, "POST, OPTIONS", "application/x-ndjson", false},
    {ENDPOINT_HEALTH, "/healthz", READ, READ_ALLOW, JSON, true},
    {ENDPOINT_READY, "/readyz", READ, READ_ALLOW, JSON, true},
    {ENDPOINT_METRICS, "/metrics", READ, READ_ALLOW, "text/plain", true},
    {ENDPOINT_VERSION, "/version", READ, READ_ALLOW, JSON, false},
    {ENDPOINT_OPENAPI, "/openapi.json", READ, READ_ALLOW, JSON, false},
    {ENDPOINT_PAGE, "/", READ, READ_ALLOW, "text/html", false},
    {ENDPOINT_DOCS, "/docs", READ, READ_ALLOW, "text/html", false},
    {ENDPOINT_STYLE, "/style.css", READ, READ_ALLOW, "text/css", false},
    {ENDPOINT_SCRIPT, "/script.js", READ, READ_ALLOW, "text/javascript", false},
};

#define ROUTE_COUNT (sizeof routes / sizeof routes[0])
_Static_assert(ROUTE_COUNT == ENDPOINT_COUNT, "every endpoint has its row");

const struct route *router_table(size_t *count)
{
    *count = ROUTE_COUNT;
    return routes;
}

enum method router_method(struct slice name)
{
    static const struct {
        struct slice name;
        enum method method;
    } methods[] = {
        {{"GET", 3}, METHOD_GET},
        {{"POST", 4}, METHOD_POST},
        {{"HEAD", 4}, METHOD_HEAD},
        {{"OPTIONS", 7}, METHOD_OPTIONS},
    };
    for (size_t i = 0; i < sizeof methods / sizeof methods[0]; i++)
        if (slice_equals(name, methods[i].name))
            return methods[i].method;
    return METHOD_OTHER;
}

enum err router_find(enum method method, struct slice path, const struct route **route)
{
    *route = &routes[ENDPOINT_NONE];
    if (method == METHOD_OPTIONS && slice_equals(path, SLICE("*"))) /* RFC 9110, 9.3.7: the server as a whole */
        return ERR_NONE;
    for (size_t i = ENDPOINT_NONE + 1; i < ROUTE_COUNT; i++)
        if (slice_equals(path, slice_from_cstr(routes[i].path))) {
            *route = &routes[i];
            return routes[i].methods & method ? ERR_NONE : ERR_METHOD_NOT_ALLOWED;
        }
    return ERR_NOT_FOUND;
}

/* ------------------------------------------------------------------- Accept */

static bool is_zero(struct slice number) /* "0", "0.0", "0.000" */
{
    for (size_t i = 0; i < number.len; i++)
        if (number.ptr[i] != '0' && number.ptr[i] != '.')
            return false;
    return number.len > 0;
}

static bool has_zero_quality(struct slice parameters)
{
    struct slice parameter;
    while (slice_split(&parameters, ';', &parameter)) {
        parameter = slice_trim(parameter);
        if (slice_starts_nocase(parameter, SLICE("q=")))
            return is_zero(slice_trim(slice_sub(parameter, 2, parameter.len)));
    }
    return false;
}

/* How closely a range names the type: 3 exactly, 2 by its first half, 1 as any type, 0 not at all. */
static int range_closeness(struct slice range, struct slice type)
{
    size_t half = slice_find_byte(type, '/', 0) + 1;
    if (slice_equals_nocase(range, type))
        return 3;
    if (range.len == half + 1 && range.ptr[half] == '*' && slice_starts_nocase(type, slice_sub(range, 0, half)))
        return 2;
    return slice_equals(range, SLICE("*/*")) ? 1 : 0;
}

bool router_accepts(struct slice accept, const char *media_type)
{
    struct slice type = slice_from_cstr(media_type), element, range;
    if (slice_trim(accept).len == 0)
        return true;
    int closest = 0;
    bool accepted = false;
    while (slice_split(&accept, ',', &element)) {
        if (!slice_split(&element, ';', &range))
            continue;
        int closeness = range_closeness(slice_trim(range), type);
        if (closeness > closest) {
            closest = closeness;
            accepted = !has_zero_quality(element);
        }
    }
    return accepted;
}
