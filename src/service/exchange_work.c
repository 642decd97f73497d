#include "exchange_internal.h"

#include "base/clock.h"
#include "service/gate.h"
#include "service/stream.h"

/* On any thread. Once it is resumed the exchange may be gone; its loop is not. */
static void wake(struct exchange *exchange)
{
    struct http_loop *loop = exchange->loop;
    MHD_resume_connection(exchange->connection);
    http_loop_wake(loop);
}

static void wake_ready(void *context)
{
    struct exchange *exchange = context;
    exchange->step = STEP_READY;
    wake(exchange);
}

static void note_ready(void *context)
{
    ((struct exchange *)context)->step = STEP_READY;
}

/* To be done before the work is handed to another thread, which may be through with it before this one goes on: from
 * then on nothing of the exchange may be touched here. */
static void leave(struct exchange *exchange)
{
    exchange->extraction.done = wake_ready;
    exchange->step = STEP_WORKING;
    MHD_suspend_connection(exchange->connection);
}

/* --------------------------------------------------------------------- batches */

static void hold_stream(void *context)
{
    MHD_suspend_connection(((struct exchange *)context)->connection);
}

static void wake_stream(void *context)
{
    wake(context);
}

static enum MHD_Result start_batch(struct exchange *exchange)
{
    const char *detail = NULL;
    gate_charge(exchange->call.configuration->gate, &exchange->call, buffer_slice(&exchange->body));
    struct stream_reader reader = {hold_stream, wake_stream, exchange};
    enum err err = stream_create(exchange->service, &exchange->call, &exchange->body, exchange->held, reader,
                                &exchange->reply.stream, &detail);
    if (err != ERR_NONE) {
        exchange_refuse(exchange, err, detail);
    } else {
        exchange->held = 0; /* the batch's now */
        reply_set_body(&exchange->reply, 200, "application/x-ndjson");
    }
    return exchange_respond(exchange);
}

/* ------------------------------------------------------------- single requests */

/* Here and now; where an origin has to be waited for, elsewhere. */
static enum MHD_Result work(struct exchange *exchange)
{
    struct task *task = &exchange->extraction.task;
    task_read(task);
    bool leaves = task_needs_fetch(task);
    if (leaves)
        leave(exchange);
    task_go_on(task);
    return leaves ? MHD_YES : exchange_respond(exchange);
}

static enum MHD_Result hand_over(struct exchange *exchange)
{
    leave(exchange);
    if (!task_push(&exchange->extraction.task)) {
        exchange_refuse(exchange, ERR_QUEUE_FULL, NULL);
        wake(exchange);
    }
    return MHD_YES;
}

/* Worked on by the loop itself. */
static bool is_short(const struct exchange *exchange, uint64_t body_len)
{
    const struct call *call = &exchange->call;
    return call->route->endpoint == ENDPOINT_EXTRACT && call->method == METHOD_POST && body_len <= EXTRACT_SHORT_BYTES;
}

bool exchange_must_refuse(struct exchange *exchange, uint64_t body_len)
{
    if (!is_short(exchange, body_len))
        return workers_are_full(exchange->service->extractors);
    return !http_loop_has_turn(exchange->loop) && !backlog_admits(http_loop_backlog(exchange->loop), clock_now_ns());
}

static void enter_backlog(struct exchange *exchange)
{
    exchange->step = STEP_WAITING;
    backlog_enter(http_loop_backlog(exchange->loop), exchange->call.received_ns);
    atomic_fetch_add_explicit(&exchange->service->waiting, 1, memory_order_relaxed);
}

void exchange_leave_backlog(struct exchange *exchange)
{
    backlog_leave(http_loop_backlog(exchange->loop));
    atomic_fetch_sub_explicit(&exchange->service->waiting, 1, memory_order_relaxed);
}

/* To a worker, where one has nothing to do and a core is free for him. */
static void lend(struct exchange *exchange)
{
    size_t loops = atomic_load(&exchange->service->loops_awake);
    if (loops >= exchange->service->cores || !workers_have_idle(exchange->service->extractors, loops))
        return;
    exchange_leave_backlog(exchange);
    leave(exchange);
    if (task_push_if_idle(&exchange->extraction.task, loops))
        return;
    exchange->extraction.done = note_ready;
    enter_backlog(exchange);
    wake(exchange);
}

enum MHD_Result exchange_take_turn(struct exchange *exchange)
{
    struct http_loop *loop = exchange->loop;
    if (!http_loop_begin_turn(loop)) {
        lend(exchange);
        return MHD_YES;
    }
    exchange_leave_backlog(exchange);
    enum MHD_Result result = work(exchange); /* it may be gone afterwards */
    http_loop_end_turn(loop);
    return result;
}

static enum MHD_Result start_single(struct exchange *exchange)
{
    struct call *call = &exchange->call;
    struct extraction *extraction = &exchange->extraction;
    extraction->call = call;
    extraction->reply = &exchange->reply;
    extraction->done = note_ready;
    extraction->context = exchange;
    extract_begin(exchange->service, extraction);
    if (call->method != METHOD_POST) /* a URL: read here, fetched elsewhere */
        return work(exchange);
    if (!is_short(exchange, call->body.len))
        return hand_over(exchange);
    enter_backlog(exchange);
    return exchange_take_turn(exchange);
}

enum MHD_Result exchange_start_work(struct exchange *exchange)
{
    struct call *call = &exchange->call;
    call->received_ns = clock_now_ns();
    call->body = buffer_slice(&exchange->body);
    if (!connection_enter(exchange->deadlines, PHASE_WORK, call->received_ns))
        return MHD_NO;
    if (call->route->endpoint == ENDPOINT_BATCH)
        return start_batch(exchange);
    if (!exchange_must_refuse(exchange, call->body.len))
        return start_single(exchange);
    exchange_refuse(exchange, ERR_QUEUE_FULL, NULL);
    return exchange_respond(exchange);
}
