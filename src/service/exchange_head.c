#include "exchange_internal.h"

#include <stdio.h>

#include "service/endpoints.h"
#include "service/gate.h"
#include "service/head_layout.h"

#define TARGET_MAX_BYTES 8192u /* RFC 9110, 4.1 asks for 8000 at least */

struct reading {
    struct head *head;
    struct head_layout layout;
};

static enum MHD_Result read_field(void *cls, enum MHD_ValueKind kind, const char *key, size_t key_len,
                                  const char *value, size_t value_len)
{
    (void)kind;
    struct reading *reading = cls;
    struct slice name = slice_of(key, key_len), text = value ? slice_of(value, value_len) : SLICE("");
    head_take_field(reading->head, name, text);
    head_layout_take(&reading->layout, name, text);
    return MHD_YES;
}

static void read_fields(struct exchange *exchange, const char *method, const char *version, struct head *head)
{
    struct reading reading = {.head = head};
    *head = (struct head){0};
    head_layout_begin(&reading.layout, slice_from_cstr(method), slice_of(exchange->target, exchange->target_len),
                      slice_from_cstr(version));
    MHD_get_connection_values_n(exchange->connection, MHD_HEADER_KIND, read_field, &reading);
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(exchange->connection, MHD_CONNECTION_INFO_REQUEST_HEADER_SIZE);
    head->bad_target = exchange->bad_target;
    head->bad_layout = !info || !head_layout_is_plain(&reading.layout, info->header_size);
}

static enum MHD_Result read_parameter(void *cls, enum MHD_ValueKind kind, const char *key, size_t key_len,
                                      const char *value, size_t value_len)
{
    (void)kind;
    struct call *call = cls;
    if (call->parameter_count < CALL_MAX_PARAMETERS)
        call->parameters[call->parameter_count] =
            (struct parameter){slice_of(key, key_len), value ? slice_of(value, value_len) : SLICE_NULL};
    if (call->parameter_count <= CALL_MAX_PARAMETERS)
        call->parameter_count++;
    return MHD_YES;
}

void exchange_refuse(struct exchange *exchange, enum err err, const char *detail)
{
    reply_set_problem(&exchange->reply, err, slice_from_cstr(detail), exchange->call.request_id, 0);
    exchange->step = STEP_READY;
}

static void read_head(struct exchange *exchange, const char *method, struct head *head)
{
    struct call *call = &exchange->call;
    call->accept = head->accept;
    call->content_type = head->content_type;
    call->if_none_match = head->if_none_match;
    call->body = SLICE_NULL;
    call->key = NULL;
    call->trace = trace_begin(head->traceparent);
    gate_mark_origin(call->configuration->gate, head, &exchange->reply);
    call->parameter_count = 0;
    call->method = router_method(slice_from_cstr(method));
    snprintf(exchange->method_name, sizeof exchange->method_name, "%s", method);
    exchange->body = buffer_make(0); /* only a POST may have one */
    if (request_id_is_sane(head->request_id)) {
        memcpy(call->request_id_room, head->request_id.ptr, head->request_id.len);
        call->request_id = slice_of(call->request_id_room, head->request_id.len);
    } else {
        call->request_id = request_id_make(call->request_id_room);
    }
}

/* Path and method, and what the caller can take. */
static enum err route_call(struct exchange *exchange)
{
    struct call *call = &exchange->call;
    enum err err = router_find(call->method, slice_of(exchange->path, exchange->path_len), &call->route);
    if (err == ERR_METHOD_NOT_ALLOWED)
        exchange->reply.allow = call->route->allow;
    if (err == ERR_NONE && call->method != METHOD_OPTIONS && !router_accepts(call->accept, call->route->produces))
        return ERR_NOT_ACCEPTABLE;
    return err;
}

/* Takes the request on or refuses it, before its body is sent. */
static enum err admit_body(struct exchange *exchange, const struct head *head)
{
    struct service *service = exchange->service;
    uint64_t length = head->content_length;
    const struct settings *settings = &exchange->call.configuration->settings;
    if (head->is_coded)
        return ERR_UNSUPPORTED_MEDIA;
    if (length > settings->max_body_bytes)
        return ERR_BODY_TOO_LARGE;
    if (exchange_must_refuse(exchange, length) ||
        !service_hold_bytes(service, (size_t)length, settings->max_inflight_bytes))
        return ERR_QUEUE_FULL;
    exchange->held = (size_t)length;
    exchange->body = buffer_make((size_t)settings->max_body_bytes);
    return ERR_NONE;
}

/* What can be said without the body, or STEP_BODY. */
static void decide(struct exchange *exchange, const struct head *head, enum err err)
{
    struct service *service = exchange->service;
    struct call *call = &exchange->call;
    enum endpoint endpoint = call->route->endpoint;
    bool probe = endpoint == ENDPOINT_HEALTH || endpoint == ENDPOINT_READY || endpoint == ENDPOINT_METRICS;
    bool work = endpoint == ENDPOINT_EXTRACT || endpoint == ENDPOINT_BATCH;
    if (exchange->target_len > TARGET_MAX_BYTES)
        err = ERR_URI_TOO_LONG;
    if (err == ERR_NONE && call->method != METHOD_OPTIONS && !probe && atomic_load(&service->draining))
        err = ERR_DRAINING;
    if (err == ERR_NONE && call->method != METHOD_OPTIONS && work)
        err = gate_admit(call->configuration->gate, head, &exchange->peer, call, &exchange->reply);
    if (err == ERR_NONE && call->method == METHOD_POST)
        err = admit_body(exchange, head);
    if (err != ERR_NONE) {
        exchange_refuse(exchange, err,
                        err == ERR_UNSUPPORTED_MEDIA ? "a body is read as it is, without Content-Encoding" : NULL);
    } else if (call->method == METHOD_OPTIONS) {
        endpoint_answer_options(call->route, &exchange->reply);
        exchange->step = STEP_READY;
    } else if (!work) {
        endpoint_answer(service, call, &exchange->reply);
        exchange->step = STEP_READY;
    } else {
        MHD_get_connection_values_n(exchange->connection, MHD_GET_ARGUMENT_KIND, read_parameter, call);
        exchange->step = STEP_BODY;
    }
}

/* Nothing but a POST carries a body here: what would have to be read as one ends the connection. */
static bool refuse_stray_body(struct exchange *exchange, const struct head *head, enum err routing)
{
    if (!head_announces_body(head) || exchange->call.method == METHOD_POST)
        return false;
    if (routing == ERR_METHOD_NOT_ALLOWED)
        exchange_refuse(exchange, routing, NULL);
    else
        exchange_refuse(exchange, ERR_BAD_REQUEST, "only POST requests carry a body here");
    return true;
}

static bool refuse_smuggling(struct exchange *exchange, const struct head *head, const char *version)
{
    const char *smuggling = head_find_smuggling(head, slice_from_cstr(version));
    if (smuggling)
        exchange_refuse(exchange, ERR_BAD_REQUEST, smuggling);
    return smuggling != NULL;
}

bool exchange_take_head(struct exchange *exchange, const char *method, const char *version, struct head *head)
{
    read_fields(exchange, method, version, head);
    read_head(exchange, method, head);
    enum err routing = route_call(exchange);
    exchange->reply.close = refuse_smuggling(exchange, head, version) || refuse_stray_body(exchange, head, routing);
    if (!exchange->reply.close)
        decide(exchange, head, routing);
    return !exchange->reply.close;
}
