#include "exchange_internal.h"

#include <stdlib.h>

#include "base/clock.h"
#include "service/access_log.h"
#include "service/stream.h"

#define TARGET_READ_BYTES                                                                                              \
    ((size_t)16 << 10) /* of targets that are let in as far as the answer that they are too long */
#define PARAMETERS_READ 100                  /* nobody has a use for more than a dozen */
#define SMALL_BODY_BYTES 65536u /* of a refused request: read, so that the connection can stay */

/* --------------------------------------------------------------- connections */

static void read_peer(struct exchange *exchange)
{
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(exchange->connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
    if (info && info->client_addr)
        client_address_from_socket(info->client_addr, &exchange->peer);
}

static struct exchange *exchange_create(struct http_loop *loop, struct MHD_Connection *connection)
{
    struct service *service = http_loop_service(loop);
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
    struct exchange *exchange = info ? calloc(1, sizeof *exchange) : NULL;
    if (!exchange)
        return NULL;
    exchange->service = service;
    exchange->loop = loop;
    exchange->connection = connection;
    read_peer(exchange);
    exchange->reply = reply_make();
    exchange->deadlines = connection_open(service->connections, info->connect_fd, &exchange->peer);
    if (!exchange->deadlines) {
        free(exchange);
        return NULL;
    }
    return exchange;
}

void exchange_notify_connection(void *cls, struct MHD_Connection *connection, void **socket_context,
                                enum MHD_ConnectionNotificationCode code)
{
    if (code == MHD_CONNECTION_NOTIFY_STARTED) {
        *socket_context = exchange_create(cls, connection);
    } else if (*socket_context) {
        struct exchange *exchange = *socket_context;
        connection_close(exchange->service->connections, exchange->deadlines);
        reply_free(&exchange->reply); /* of a request that the library gave up without a word of its end */
        free(exchange);
        *socket_context = NULL;
    }
}

/* -------------------------------------------------------------- the first line */

/* The path of origin-form (/healthz) and absolute-form (http://host/healthz; RFC 9112, 3.2). */
static struct slice path_of(struct slice target)
{
    struct slice path = slice_sub(target, 0, slice_find_byte(target, '?', 0));
    size_t scheme = slice_starts_nocase(path, SLICE("http://"))    ? 7
                    : slice_starts_nocase(path, SLICE("https://")) ? 8
                                                                   : 0;
    return scheme ? slice_sub(path, slice_find_byte(path, '/', scheme), path.len) : path;
}

static bool has_blanks_or_controls(struct slice target)
{
    for (size_t i = 0; i < target.len; i++)
        if ((unsigned char)target.ptr[i] <= ' ' || target.ptr[i] == 0x7F)
            return true;
    return false;
}

static void take_target(struct exchange *exchange, struct slice target)
{
    struct slice path = path_of(target);
    exchange->target = target.ptr;
    exchange->target_len = target.len;
    exchange->bad_target = has_blanks_or_controls(target);
    exchange->path_len = path.len < EXCHANGE_PATH_ROOM ? path.len : EXCHANGE_PATH_ROOM;
    memcpy(exchange->path, path.ptr, exchange->path_len);
}

/* Past the library, which cannot. */
static void refuse_head(struct exchange *exchange, enum err err)
{
    struct call *call = &exchange->call;
    if (exchange->step == STEP_BEGUN)
        call->request_id = request_id_make(call->request_id_room);
    reply_set_problem(&exchange->reply, err, SLICE_NULL, call->request_id, 0);
    if (!connection_send(exchange->deadlines, &exchange->reply, call->request_id))
        return; /* it was the connection that failed */
    exchange->step = STEP_REFUSED;
    exchange->sent_bytes = exchange->reply.body.len;
}

/* Every parameter takes as much of the connection's memory as a field, but where that runs out over them, the library
 * forgets to answer; behind a target that takes nearly all of it, too. */
static bool is_past_reading(struct slice target)
{
    size_t parameters = 0;
    for (size_t i = 0; i < target.len; i++)
        parameters += target.ptr[i] == '&';
    return target.len > TARGET_READ_BYTES || parameters > PARAMETERS_READ;
}

void *exchange_begin(void *cls, const char *uri, struct MHD_Connection *connection)
{
    http_loop_note_call(cls);
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
    struct exchange *exchange = info ? info->socket_context : NULL;
    if (!exchange)
        return NULL;
    exchange->begun_ns = clock_now_ns();
    exchange->ended = !connection_enter(exchange->deadlines, PHASE_HEAD, exchange->begun_ns);
    exchange->step = STEP_BEGUN;
    exchange->method_name[0] = '\0';
    take_target(exchange, slice_from_cstr(uri ? uri : ""));
    exchange->sent_bytes = exchange->let_by = 0;
    if (is_past_reading(slice_of(exchange->target, exchange->target_len))) {
        refuse_head(exchange, ERR_URI_TOO_LONG);
        exchange->ended = true;
    }
    return exchange;
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
        uint64_t most = exchange->call.configuration->settings.max_inflight_bytes;
        if (!service_hold_bytes(exchange->service, needed - exchange->held, most))
            return ERR_QUEUE_FULL;
        exchange->held = needed;
    }
    return buffer_append(&exchange->body, slice_of(upload, size)) ? ERR_NONE : ERR_EXHAUSTED;
}

/* ------------------------------------------------------------------ the callback */

/* The library queues no reply while a body is coming, so the refusal goes straight to the socket. The rest
 * of the body is let go by, within bounds: closing now would make the kernel take the refusal back before
 * the client has read it. */
static enum MHD_Result refuse_upload(struct exchange *exchange)
{
    exchange->step = STEP_REFUSED;
    exchange->sent_bytes = exchange->reply.body.len;
    (void)connection_send(exchange->deadlines, &exchange->reply,
                          exchange->call.request_id); /* who has gone will not miss it */
    buffer_free(&exchange->body);
    return MHD_YES;
}

/* A reply to a request whose body is still to come. Where the client waits for 100 Continue, it is sent
 * now and the body never; else a small body is read first, and a large one let go by. */
static enum MHD_Result respond_before_body(struct exchange *exchange, const struct head *head, bool trusted)
{
    if (!trusted || head->expects_continue)
        return exchange_respond(exchange); /* the library closes the connection afterwards */
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
    exchange->call.configuration = configuration_take(&exchange->service->configurations);
    struct head head;
    bool trusted = exchange_take_head(exchange, method, version, &head);
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
    exchange_refuse(exchange, err, NULL);
    return refuse_upload(exchange);
}

static enum MHD_Result skip_upload(struct exchange *exchange, size_t *size)
{
    if (*size == 0)
        return exchange_respond(exchange);
    *size = 0;
    return MHD_YES;
}

static enum MHD_Result let_go_by(struct exchange *exchange, size_t *size)
{
    exchange->let_by += *size;
    bool more = *size > 0 && exchange->let_by <= exchange->call.configuration->settings.max_body_bytes;
    *size = 0;
    return more ? MHD_YES : MHD_NO;
}

enum MHD_Result exchange_handle(void *cls, struct MHD_Connection *connection, const char *url, const char *method,
                                const char *version, const char *upload, size_t *upload_size, void **context)
{
    (void)connection, (void)url;
    struct exchange *exchange = *context;
    http_loop_note_call(cls);
    if (!exchange || exchange->ended)
        return MHD_NO;
    switch (exchange->step) {
    case STEP_BEGUN: return handle_head(exchange, method, version);
    case STEP_BODY: return *upload_size ? handle_upload(exchange, upload, upload_size) : exchange_start_work(exchange);
    case STEP_WAITING: return exchange_take_turn(exchange);
    case STEP_READY: return exchange_respond(exchange);
    case STEP_SKIPPING: return skip_upload(exchange, upload_size);
    case STEP_REFUSED: return let_go_by(exchange, upload_size);
    default: return MHD_NO;
    }
}

/* ----------------------------------------------------------------------- the end */

/* What a head leaves of the connection's memory is for the head of the answer, ours or the library's own. Where that
 * was too little, the library closes the connection without a word. */
static bool lacked_room(const struct exchange *exchange, enum MHD_RequestTerminationCode code)
{
    return code == MHD_REQUEST_TERMINATED_WITH_ERROR && !exchange->reply.stream &&
           (exchange->step == STEP_BEGUN || exchange->step == STEP_SENT);
}

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
    (void)connection;
    http_loop_note_call(cls);
    struct exchange *exchange = *context;
    if (!exchange)
        return;
    *context = NULL;
    struct service *service = exchange->service;
    if (lacked_room(exchange, code))
        refuse_head(exchange, ERR_HEAD_TOO_LARGE);
    if (exchange->counted)
        note(exchange, code);
    if (exchange->step == STEP_WAITING)
        exchange_leave_backlog(exchange);
    if (exchange->reply.stream)
        stream_close(exchange->reply.stream);
    service_release_bytes(service, exchange->held);
    exchange->held = 0;
    buffer_free(&exchange->body);
    reply_free(&exchange->reply);
    connection_enter(exchange->deadlines, PHASE_IDLE, clock_now_ns());
    configuration_release(exchange->call.configuration);
    exchange->call.configuration = NULL;
    if (exchange->counted)
        atomic_fetch_sub(&service->in_flight, 1);
    exchange->counted = false;
}
