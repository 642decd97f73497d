#include "exchange.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/clock.h"
#include "service/access_log.h"
#include "service/endpoints.h"
#include "service/extract.h"
#include "service/fields.h"
#include "service/gate.h"
#include "service/head.h"
#include "service/stream.h"

#define TARGET_MAX_BYTES 8192u /* RFC 9110, 4.1 asks for 8000 at least */
#define PATH_ROOM 200          /* of a path, for the log */
#define STREAM_BLOCK_BYTES ((size_t)32 << 10)
#define SMALL_BODY_BYTES 65536u /* of a refused request: read, so that the connection can stay */

enum step {
    STEP_BEGUN,
    STEP_BODY,
    STEP_WORKING,
    STEP_READY,    /* the reply is there */
    STEP_SENT,     /* it has been queued */
    STEP_SKIPPING, /* the reply is there, but the body is still coming */
    STEP_REFUSED   /* the reply has gone past the library; the body is let go by */
};

struct exchange {
    struct service *service;
    struct connection *deadlines;
    struct client_address peer;
    struct MHD_Connection *connection;

    /* of the request at hand */
    enum step step;
    bool ended;             /* out of time: no answer is to be given */
    bool counted;           /* in service->in_flight */
    int64_t begun_ns;
    char path[PATH_ROOM];   /* as sent, without the query */
    size_t path_len;
    size_t target_len;
    char method_name[16];   /* for the log */
    struct call call;
    struct reply reply;
    struct buffer body;
    size_t held;            /* bytes counted in service->bytes_held */
    uint64_t sent_bytes;
    uint64_t let_by;        /* bytes of a refused body */
    struct extraction extraction;
};

/* --------------------------------------------------------------- connections */

static void read_peer(struct exchange *exchange)
{
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(exchange->connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
    if (info && info->client_addr)
        client_address_from_socket(info->client_addr, &exchange->peer);
}

static struct exchange *exchange_create(struct service *service, struct MHD_Connection *connection)
{
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
    struct exchange *exchange = info ? calloc(1, sizeof *exchange) : NULL;
    if (!exchange)
        return NULL;
    exchange->service = service;
    exchange->connection = connection;
    read_peer(exchange);
    exchange->reply = reply_make();
    exchange->deadlines = connection_open(service->connections, info->connect_fd);
    if (!exchange->deadlines) {
        free(exchange);
        return NULL;
    }
    return exchange;
}

void exchange_notify_connection(void *cls, struct MHD_Connection *connection, void **socket_context,
                                enum MHD_ConnectionNotificationCode code)
{
    struct service *service = cls;
    if (code == MHD_CONNECTION_NOTIFY_STARTED) {
        *socket_context = exchange_create(service, connection);
    } else if (*socket_context) {
        struct exchange *exchange = *socket_context;
        connection_close(service->connections, exchange->deadlines);
        free(exchange);
        *socket_context = NULL;
    }
}

/* -------------------------------------------------------------- the first line */

void *exchange_begin(void *cls, const char *uri, struct MHD_Connection *connection)
{
    (void)cls;
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
    struct exchange *exchange = info ? info->socket_context : NULL;
    if (!exchange)
        return NULL;
    exchange->begun_ns = clock_now_ns();
    exchange->ended = !connection_enter(exchange->deadlines, PHASE_HEAD, exchange->begun_ns);
    exchange->step = STEP_BEGUN;
    exchange->method_name[0] = '\0';
    exchange->target_len = strlen(uri);
    size_t path_len = strcspn(uri, "?");
    exchange->path_len = path_len < PATH_ROOM ? path_len : PATH_ROOM;
    memcpy(exchange->path, uri, exchange->path_len);
    exchange->sent_bytes = exchange->let_by = 0;
    return exchange;
}

/* --------------------------------------------------------------------- the head */

static enum MHD_Result read_field(void *cls, enum MHD_ValueKind kind, const char *key, size_t key_len,
                                  const char *value, size_t value_len)
{
    (void)kind;
    head_take_field(cls, slice_of(key, key_len), value ? slice_of(value, value_len) : SLICE(""));
    return MHD_YES;
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

static void refuse(struct exchange *exchange, enum err err, const char *detail)
{
    reply_set_problem(&exchange->reply, err, slice_from_cstr(detail), exchange->call.request_id, 0);
    exchange->step = STEP_READY;
}

static void read_head(struct exchange *exchange, const char *method, struct head *head)
{
    struct call *call = &exchange->call;
    *head = (struct head){0};
    MHD_get_connection_values_n(exchange->connection, MHD_HEADER_KIND, read_field, head);
    call->accept = head->accept;
    call->content_type = head->content_type;
    call->if_none_match = head->if_none_match;
    call->body = SLICE_NULL;
    call->key = NULL;
    snprintf(call->trace_id, sizeof call->trace_id, "%.*s", SLICE_ARG(head_find_trace_id(head)));
    gate_mark_origin(exchange->service->gate, head, &exchange->reply);
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
    if (length > service->settings->max_body_bytes)
        return ERR_BODY_TOO_LARGE;
    if (workers_are_full(service->extractors) || !service_hold_bytes(service, (size_t)length))
        return ERR_QUEUE_FULL;
    exchange->held = (size_t)length;
    exchange->body = buffer_make((size_t)service->settings->max_body_bytes);
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
        err = gate_admit(service->gate, head, &exchange->peer, call, &exchange->reply);
    if (err == ERR_NONE && call->method == METHOD_POST)
        err = admit_body(exchange, head);
    if (err != ERR_NONE) {
        refuse(exchange, err, NULL);
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

/* What comes after the head is not to be trusted: the connection ends with the answer. */
static bool refuse_smuggling(struct exchange *exchange, const struct head *head, const char *version)
{
    const char *smuggling = head_find_smuggling(head, slice_from_cstr(version));
    if (!smuggling && head_announces_body(head) && exchange->call.method != METHOD_POST)
        smuggling = "only POST requests carry a body here";
    if (smuggling) {
        refuse(exchange, ERR_BAD_REQUEST, smuggling);
        exchange->reply.close = true;
    }
    return smuggling != NULL;
}

/* --------------------------------------------------------------------- the body */

/* Chunked bodies say their length only by ending: what a Content-Length has not reserved is counted as it
 * comes. */
static enum err take_body(struct exchange *exchange, const char *upload, size_t size)
{
    size_t needed = exchange->body.len + size;
    if (needed > exchange->body.max)
        return ERR_BODY_TOO_LARGE;
    if (needed > exchange->held) {
        if (!service_hold_bytes(exchange->service, needed - exchange->held))
            return ERR_QUEUE_FULL;
        exchange->held = needed;
    }
    return buffer_append(&exchange->body, slice_of(upload, size)) ? ERR_NONE : ERR_INTERNAL;
}

/* --------------------------------------------------------------------- the work */

/* On a worker's thread. */
static void resume(void *context)
{
    struct exchange *exchange = context;
    exchange->step = STEP_READY;
    MHD_resume_connection(exchange->connection);
}

static void hold_stream(void *context)
{
    MHD_suspend_connection(((struct exchange *)context)->connection);
}

static void wake_stream(void *context)
{
    MHD_resume_connection(((struct exchange *)context)->connection);
}

static void start_batch(struct exchange *exchange)
{
    const char *detail = NULL;
    gate_charge(exchange->service->gate, &exchange->call, buffer_slice(&exchange->body));
    struct stream_reader reader = {hold_stream, wake_stream, exchange};
    enum err err = stream_create(exchange->service, &exchange->call, &exchange->body, exchange->held, reader,
                                &exchange->reply.stream, &detail);
    if (err != ERR_NONE) {
        refuse(exchange, err, detail);
        return;
    }
    exchange->held = 0; /* the batch's now */
    reply_set_body(&exchange->reply, 200, "application/x-ndjson");
    exchange->step = STEP_READY;
}

/* Suspended first, handed over second: the worker may be done before this returns, so that nothing of the
 * exchange may be touched afterwards. */
static void start_extraction(struct exchange *exchange)
{
    exchange->extraction.service = exchange->service;
    exchange->extraction.call = &exchange->call;
    exchange->extraction.reply = &exchange->reply;
    exchange->extraction.done = resume;
    exchange->extraction.context = exchange;
    exchange->step = STEP_WORKING;
    MHD_suspend_connection(exchange->connection);
    if (!extract_start(&exchange->extraction)) {
        refuse(exchange, ERR_QUEUE_FULL, NULL);
        MHD_resume_connection(exchange->connection);
    }
}

/* -------------------------------------------------------------------- the reply */

static ssize_t read_stream(void *cls, uint64_t position, char *to, size_t room)
{
    (void)position;
    struct exchange *exchange = cls;
    ssize_t len = stream_read(exchange->reply.stream, to, room);
    if (len < 0)
        return MHD_CONTENT_READER_END_OF_STREAM;
    exchange->sent_bytes += (uint64_t)len;
    return len;
}

static struct MHD_Response *make_response(struct exchange *exchange)
{
    struct reply *reply = &exchange->reply;
    if (reply->stream)
        return MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, STREAM_BLOCK_BYTES, read_stream, exchange, NULL);
    exchange->sent_bytes = reply_body_length(reply);
    if (reply->constant.ptr)
        return MHD_create_response_from_buffer(reply->constant.len, (void *)(uintptr_t)reply->constant.ptr,
                                               MHD_RESPMEM_PERSISTENT);
    if (reply->body.len == 0)
        return MHD_create_response_from_buffer(0, NULL, MHD_RESPMEM_PERSISTENT);
    struct MHD_Response *response =
        MHD_create_response_from_buffer(reply->body.len, reply->body.ptr, MHD_RESPMEM_MUST_FREE);
    if (response)
        reply->body = buffer_make(REPLY_MAX_BYTES); /* the response's now */
    return response;
}

static void add_header(void *response, const char *name, const char *value)
{
    MHD_add_response_header(response, name, value);
}

static void add_headers(const struct exchange *exchange, struct MHD_Response *response)
{
    fields_give(&exchange->reply, exchange->call.request_id, (struct fields_sink){add_header, response});
    if (exchange->reply.close || atomic_load(&exchange->service->draining))
        add_header(response, "Connection", "close");
}

static enum MHD_Result respond(struct exchange *exchange)
{
    enum phase phase = exchange->reply.stream ? PHASE_STREAM : PHASE_REPLY;
    if (!connection_enter(exchange->deadlines, phase, clock_now_ns()))
        return MHD_NO;
    struct MHD_Response *response = make_response(exchange);
    if (!response)
        return MHD_NO;
    add_headers(exchange, response);
    exchange->step = STEP_SENT;
    enum MHD_Result queued = MHD_queue_response(exchange->connection, (unsigned)exchange->reply.status, response);
    MHD_destroy_response(response);
    return queued;
}

/* ------------------------------------------------------------------ the callback */

/* The library queues no reply while a body is coming, so the refusal goes straight to the socket. The rest
 * of the body is let go by, within bounds: closing now would make the kernel take the refusal back before
 * the client has read it. */
static enum MHD_Result refuse_upload(struct exchange *exchange)
{
    exchange->step = STEP_REFUSED;
    exchange->sent_bytes = exchange->reply.body.len;
    connection_send(exchange->deadlines, &exchange->reply, exchange->call.request_id);
    buffer_free(&exchange->body);
    return MHD_YES;
}

/* A reply to a request whose body is still to come. Where the client waits for 100 Continue, it is sent
 * now and the body never; else a small body is read first, and a large one let go by. */
static enum MHD_Result respond_before_body(struct exchange *exchange, const struct head *head, bool trusted)
{
    if (!trusted || head->expects_continue)
        return respond(exchange); /* the library closes the connection afterwards */
    if (!connection_enter(exchange->deadlines, PHASE_BODY, clock_now_ns()))
        return MHD_NO;
    if (!head_has_body_within(head, SMALL_BODY_BYTES))
        return refuse_upload(exchange);
    exchange->step = STEP_SKIPPING;
    return MHD_YES;
}

/* The head is there. A GET is answered or begun, a POST admitted or refused. */
static enum MHD_Result handle_head(struct exchange *exchange, const char *method, const char *version)
{
    /* Counted first, draining looked at second: whoever drains sees this request or is seen by it. */
    atomic_fetch_add(&exchange->service->in_flight, 1);
    exchange->counted = true;
    struct head head;
    read_head(exchange, method, &head);
    enum err err = route_call(exchange);
    bool trusted = !refuse_smuggling(exchange, &head, version);
    if (trusted)
        decide(exchange, &head, err);
    if (exchange->step == STEP_READY && head_announces_body(&head))
        return respond_before_body(exchange, &head, trusted);
    if (exchange->step == STEP_READY)
        return MHD_YES; /* replied to at the next call: replied to now, the library would close the connection */
    return connection_enter(exchange->deadlines, PHASE_BODY, clock_now_ns()) ? MHD_YES : MHD_NO;
}

static enum MHD_Result handle_upload(struct exchange *exchange, const char *upload, size_t *size)
{
    enum err err = take_body(exchange, upload, *size);
    *size = 0;
    if (err == ERR_NONE)
        return MHD_YES;
    refuse(exchange, err, NULL);
    return refuse_upload(exchange);
}

static enum MHD_Result skip_upload(struct exchange *exchange, size_t *size)
{
    if (*size == 0)
        return respond(exchange);
    *size = 0;
    return MHD_YES;
}

static enum MHD_Result let_go_by(struct exchange *exchange, size_t *size)
{
    exchange->let_by += *size;
    bool more = *size > 0 && exchange->let_by <= exchange->service->settings->max_body_bytes;
    *size = 0;
    return more ? MHD_YES : MHD_NO;
}

static enum MHD_Result handle_whole(struct exchange *exchange)
{
    int64_t now_ns = clock_now_ns();
    if (!connection_enter(exchange->deadlines, PHASE_WORK, now_ns))
        return MHD_NO;
    exchange->call.received_ns = now_ns;
    exchange->call.body = buffer_slice(&exchange->body);
    if (exchange->call.route->endpoint == ENDPOINT_BATCH) {
        start_batch(exchange);
        return respond(exchange);
    }
    start_extraction(exchange);
    return MHD_YES;
}

enum MHD_Result exchange_handle(void *cls, struct MHD_Connection *connection, const char *url, const char *method,
                                const char *version, const char *upload, size_t *upload_size, void **context)
{
    (void)cls, (void)connection, (void)url;
    struct exchange *exchange = *context;
    if (!exchange || exchange->ended)
        return MHD_NO;
    switch (exchange->step) {
    case STEP_BEGUN: return handle_head(exchange, method, version);
    case STEP_BODY: return *upload_size ? handle_upload(exchange, upload, upload_size) : handle_whole(exchange);
    case STEP_READY: return respond(exchange);
    case STEP_SKIPPING: return skip_upload(exchange, upload_size);
    case STEP_REFUSED: return let_go_by(exchange, upload_size);
    default: return MHD_NO;
    }
}

/* ----------------------------------------------------------------------- the end */

static void note(const struct exchange *exchange, enum MHD_RequestTerminationCode code)
{
    bool sent = exchange->step == STEP_SENT && code == MHD_REQUEST_TERMINATED_COMPLETED_OK;
    struct access access = {
        .call = &exchange->call,
        .reply = &exchange->reply,
        .method = slice_from_cstr(exchange->method_name),
        .path = slice_of(exchange->path, exchange->path_len),
        .status = sent || exchange->step == STEP_REFUSED ? exchange->reply.status : 0,
        .ns = clock_now_ns() - exchange->begun_ns,
        .sent_bytes = exchange->sent_bytes,
    };
    metrics_count_request(exchange->service->metrics, exchange->call.route->endpoint, access.status, access.ns);
    access_log_write(&access);
}

void exchange_end(void *cls, struct MHD_Connection *connection, void **context, enum MHD_RequestTerminationCode code)
{
    (void)cls, (void)connection;
    struct exchange *exchange = *context;
    if (!exchange)
        return;
    *context = NULL;
    struct service *service = exchange->service;
    if (exchange->counted)
        note(exchange, code);
    if (exchange->reply.stream)
        stream_close(exchange->reply.stream);
    service_release_bytes(service, exchange->held);
    exchange->held = 0;
    buffer_free(&exchange->body);
    reply_free(&exchange->reply);
    connection_enter(exchange->deadlines, PHASE_IDLE, clock_now_ns());
    if (exchange->counted)
        atomic_fetch_sub(&service->in_flight, 1);
    exchange->counted = false;
}
