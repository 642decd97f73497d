#include "exchange_internal.h"

#include "base/clock.h"
#include "service/fields.h"
#include "service/stream.h"

#define STREAM_BLOCK_BYTES ((size_t)32 << 10)

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

enum MHD_Result exchange_respond(struct exchange *exchange)
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
