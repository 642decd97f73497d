#include "service/endpoints.h"

#include <assert.h>

#include "base/embedded.h"

/* A file of src/service/www as it stands in the program; that it is there is settled at build time. */
static struct slice embedded(const char *name)
{
    for (size_t i = 0; i < embedded_file_count; i++)
        if (strcmp(embedded_files[i].name, name) == 0)
            return slice_of(embedded_files[i].start, (size_t)(embedded_files[i].end - embedded_files[i].start));
    assert(false && "a page of the service is not embedded");
    return SLICE_NULL;
}

static void answer_health(struct service *service, const struct call *call, struct reply *reply)
{
    (void)service, (void)call;
    reply_set_constant(reply, 200, "application/json", SLICE("{\"status\":\"ok\"}\n"));
}

static void answer_ready(struct service *service, const struct call *call, struct reply *reply)
{
    if (atomic_load(&service->draining))
        reply_set_problem(reply, ERR_DRAINING, SLICE_NULL, call->request_id, 0);
    else
        reply_set_constant(reply, 200, "application/json", SLICE("{\"status\":\"ready\"}\n"));
}

static void answer_metrics(struct service *service, const struct call *call, struct reply *reply)
{
    (void)call;
    struct metrics_gauges gauges = {
        .in_flight = atomic_load(&service->in_flight),
        .bytes_held = atomic_load(&service->bytes_held),
        .connections = connections_count(service->connections),
        .extract_waiting = workers_waiting(service->extractors) + atomic_load(&service->waiting),
        .loops_awake = atomic_load(&service->loops_awake),
        .extract_busy = workers_busy(service->extractors),
        .fetch_waiting = workers_waiting(service->fetchers),
        .fetch_busy = workers_busy(service->fetchers),
        .draining = atomic_load(&service->draining),
    };
    metrics_write(service->metrics, &gauges, &reply->body);
    reply_set_body(reply, 200, "text/plain; version=0.0.4; charset=utf-8");
}

static void answer_version(struct service *service, const struct call *call, struct reply *reply)
{
    (void)service, (void)call;
    const char *comma = "";
    buffer_append_cstr(&reply->body, "{\"name\":\"newsmeta\",\"version\":\"" NEWSMETA_VERSION "\",\"models\":{");
    for (size_t i = 0; i < embedded_file_count; i++)
        if (strcmp(embedded_files[i].folder, "models") == 0) {
            buffer_printf(&reply->body, "%s\"%s\":\"%s\"", comma, embedded_files[i].name, embedded_files[i].digest);
            comma = ",";
        }
    buffer_append_cstr(&reply->body, "}}\n");
    reply_set_body(reply, 200, "application/json");
}

static void answer_file(const struct call *call, struct reply *reply, const char *name, const char *content_type)
{
    reply_set_constant(reply, 200, content_type, embedded(name));
    reply->cache_control = "no-cache"; /* may be kept, but is asked for again: a new version shows at once */
    reply_set_etag(reply);
    reply_apply_if_none_match(reply, call->if_none_match);
}

static void answer_openapi(struct service *service, const struct call *call, struct reply *reply)
{
    (void)service;
    answer_file(call, reply, "openapi.json", "application/json");
}

/* The page needs nothing but its own style and script and this service; neither stands in the page, so that
 * nothing which an article brings along can run in it. */
static void answer_page(struct service *service, const struct call *call, struct reply *reply)
{
    (void)service;
    reply->csp = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; "
                 "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    answer_file(call, reply, "index.html", "text/html; charset=utf-8");
}

/* Made at build time from openapi.json; it has no script. */
static void answer_docs(struct service *service, const struct call *call, struct reply *reply)
{
    (void)service;
    reply->csp = "default-src 'none'; style-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; "
                 "frame-ancestors 'none'";
    answer_file(call, reply, "docs.html", "text/html; charset=utf-8");
}

static void answer_style(struct service *service, const struct call *call, struct reply *reply)
{
    (void)service;
    answer_file(call, reply, "style.css", "text/css; charset=utf-8");
}

static void answer_script(struct service *service, const struct call *call, struct reply *reply)
{
    (void)service;
    answer_file(call, reply, "script.js", "text/javascript; charset=utf-8");
}

void endpoint_answer(struct service *service, const struct call *call, struct reply *reply)
{
    static void (*const answers[ENDPOINT_COUNT])(struct service *, const struct call *, struct reply *) = {
        [ENDPOINT_HEALTH] = answer_health,   [ENDPOINT_READY] = answer_ready,     [ENDPOINT_METRICS] = answer_metrics,
        [ENDPOINT_VERSION] = answer_version, [ENDPOINT_OPENAPI] = answer_openapi, [ENDPOINT_PAGE] = answer_page,
        [ENDPOINT_DOCS] = answer_docs,       [ENDPOINT_STYLE] = answer_style,     [ENDPOINT_SCRIPT] = answer_script,
    };
    assert(answers[call->route->endpoint]);
    answers[call->route->endpoint](service, call, reply);
}

void endpoint_answer_options(const struct route *route, struct reply *reply)
{
    reply->status = 204;
    reply->allow = route->allow;
}
