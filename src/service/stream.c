#include "service/stream.h"

#include <pthread.h>
#include <stdlib.h>

#include "base/media_type.h"
#include "output/answer.h"
#include "pipeline/request.h"
#include "service/task.h"

enum slot_state { SLOT_FREE, SLOT_RUNNING, SLOT_READY };

struct slot {
    struct task task; /* first: the workers hand it back */
    struct stream *stream;
    enum slot_state state;
    struct slice line;
    struct buffer answer;
    bool written; /* the answer, whole */
};

struct stream {
    struct service *service;
    struct trace trace;
    struct configuration *configuration; /* held: jobs may outlive the request */
    struct stream_reader reader;
    bool unordered;
    struct buffer body; /* the jobs */
    size_t held, places; /* reserved */

    pthread_mutex_t lock; /* for all below */
    struct slice rest;    /* jobs not yet begun */
    struct slot slots[STREAM_WINDOW];
    size_t running;
    size_t begun, taken;  /* lines; in order, line n is in slot n % STREAM_WINDOW */
    struct buffer current; /* the line being read, */
    size_t current_at;     /* and how much of it has been */
    bool waiting;          /* the reader is held */
    bool closed;
};

static enum err read_line(struct task *task);
static void end_line(struct task *task);

/* ------------------------------------------------------------------ lifetime */

static bool reserve_places(struct service *service, size_t places)
{
    if (!workers_reserve(service->extractors, places))
        return false;
    if (workers_reserve(service->fetchers, places))
        return true;
    workers_release(service->extractors, places);
    return false;
}

static void release_places(struct service *service, size_t places)
{
    workers_release(service->extractors, places);
    workers_release(service->fetchers, places);
}

/* As many as its lines can fill at a time. */
static size_t places_for(struct slice jobs)
{
    size_t places = 0;
    struct slice line;
    while (places < STREAM_WINDOW && slice_split(&jobs, '\n', &line))
        places++;
    return places;
}

static enum err read_parameters(const struct call *call, bool *unordered, const char **detail)
{
    *unordered = false;
    for (size_t i = 0; i < call->parameter_count && i < CALL_MAX_PARAMETERS; i++) {
        const struct parameter *parameter = &call->parameters[i];
        bool yes = slice_equals(parameter->value, SLICE("1")) || slice_equals(parameter->value, SLICE("true"));
        bool no = slice_equals(parameter->value, SLICE("0")) || slice_equals(parameter->value, SLICE("false"));
        *detail = "the only query parameter of a batch is unordered, 1 or 0";
        if (!slice_equals(parameter->name, SLICE("unordered")) || (!yes && !no))
            return ERR_BAD_PARAMETER;
        *unordered = yes;
    }
    return ERR_NONE;
}

/* NDJSON under the names in use; what clients send that name no type of their own is taken as it is. */
static bool is_ndjson(struct slice content_type)
{
    static const char *const types[] = {"application/x-ndjson", "application/ndjson", "application/jsonl",
                                        "application/x-jsonlines", "application/x-www-form-urlencoded",
                                        "application/octet-stream", "", NULL};
    return media_type_is_among(content_type, types);
}

static struct slot make_slot(struct stream *stream)
{
    return (struct slot){
        .stream = stream,
        .answer = buffer_make(REPLY_MAX_BYTES),
        .task = {.service = stream->service,
                 .configuration = stream->configuration,
                 .traceparent = trace_for_others(&stream->trace),
                 .has_places = true,
                 .read = read_line,
                 .end = end_line},
    };
}

enum err stream_create(struct service *service, const struct call *call, struct buffer *body, size_t held,
                      struct stream_reader reader, struct stream **stream, const char **detail)
{
    bool unordered;
    enum err err = read_parameters(call, &unordered, detail);
    if (err != ERR_NONE)
        return err;
    *detail = NULL;
    if (!is_ndjson(call->content_type)) {
        *detail = "a batch is application/x-ndjson";
        return ERR_UNSUPPORTED_MEDIA;
    }
    size_t places = places_for(buffer_slice(body));
    if (!reserve_places(service, places))
        return ERR_QUEUE_FULL;
    struct stream *made = calloc(1, sizeof *made);
    if (!made) {
        release_places(service, places);
        return ERR_EXHAUSTED;
    }
    *made = (struct stream){.service = service, .reader = reader, .unordered = unordered, .body = *body, .held = held,
                            .places = places};
    made->configuration = configuration_hold(call->configuration);
    made->trace = call->trace;
    atomic_fetch_add(&service->streams, 1);
    made->rest = buffer_slice(body);
    made->current = buffer_make(REPLY_MAX_BYTES);
    for (size_t i = 0; i < STREAM_WINDOW; i++)
        made->slots[i] = make_slot(made);
    pthread_mutex_init(&made->lock, NULL);
    *body = buffer_make(body->max);
    *stream = made;
    return ERR_NONE;
}

static void destroy(struct stream *stream)
{
    release_places(stream->service, stream->places);
    service_release_bytes(stream->service, stream->held);
    for (size_t i = 0; i < STREAM_WINDOW; i++)
        buffer_free(&stream->slots[i].answer);
    buffer_free(&stream->current);
    buffer_free(&stream->body);
    pthread_mutex_destroy(&stream->lock);
    configuration_release(stream->configuration);
    struct service *service = stream->service;
    free(stream);
    atomic_fetch_sub(&service->streams, 1); /* last: who waits for it may end the service */
}

void stream_close(struct stream *stream)
{
    pthread_mutex_lock(&stream->lock);
    stream->closed = true;
    stream->waiting = false;
    bool last = stream->running == 0;
    pthread_mutex_unlock(&stream->lock);
    if (last)
        destroy(stream);
}

/* ------------------------------------------------- jobs to the workers (locked) */

static bool next_line(struct stream *stream, struct slice *line)
{
    while (slice_split(&stream->rest, '\n', line)) {
        *line = slice_trim(*line);
        if (line->len)
            return true;
    }
    return false;
}

/* In order only the slot of the line with this number will do. */
static struct slot *find_slot(struct stream *stream, enum slot_state state, size_t line)
{
    size_t first = stream->unordered ? 0 : line % STREAM_WINDOW, count = stream->unordered ? STREAM_WINDOW : 1;
    for (size_t i = first; i < first + count; i++)
        if (stream->slots[i].state == state)
            return &stream->slots[i];
    return NULL;
}

static void begin_lines(struct stream *stream)
{
    struct slot *slot;
    while ((slot = find_slot(stream, SLOT_FREE, stream->begun)) && next_line(stream, &slot->line)) {
        slot->state = SLOT_RUNNING;
        slot->task.waited_ns = slot->task.begun_ns = 0;
        stream->begun++;
        stream->running++;
        task_push_reserved(&slot->task);
    }
}

/* --------------------------------------------------------- on a worker's thread */

static bool is_next_to_read(const struct stream *stream, const struct slot *slot)
{
    return stream->unordered || slot == &stream->slots[stream->taken % STREAM_WINDOW];
}

static void finish_line(struct slot *slot)
{
    struct stream *stream = slot->stream;
    pthread_mutex_lock(&stream->lock);
    slot->state = SLOT_READY;
    stream->running--;
    bool last = stream->closed && stream->running == 0;
    if (stream->waiting && is_next_to_read(stream, slot)) {
        stream->waiting = false;
        stream->reader.wake(stream->reader.context);
    }
    pthread_mutex_unlock(&stream->lock);
    if (last)
        destroy(stream);
}

static void write_line(void *context)
{
    struct slot *slot = context;
    buffer_clear(&slot->answer);
    slot->written = answer_write_line(&slot->task.job, &slot->answer);
}

static void write_answer(struct slot *slot)
{
    struct job *job = &slot->task.job;
    if (!arena_try(job->arena, write_line, slot) || !slot->written) {
        job_fail(job, ERR_EXHAUSTED, NULL);
        buffer_clear(&slot->answer);
        answer_write_line(job, &slot->answer);
    }
    buffer_append_byte(&slot->answer, '\n');
    metrics_count_line(slot->stream->service->metrics, job->err);
    arenas_give(slot->stream->service->arenas, job->arena);
}

static void end_line(struct task *task)
{
    struct slot *slot = (struct slot *)task;
    write_answer(slot);
    finish_line(slot);
}

static enum err read_line(struct task *task)
{
    return request_from_json(&task->job, ((struct slot *)task)->line, NULL);
}

/* --------------------------------------------------------- on the reader's thread */

/* The answer changes places with the line that has been read: both keep their memory for the next. */
static bool take_ready(struct stream *stream)
{
    struct slot *slot = find_slot(stream, SLOT_READY, stream->taken);
    if (!slot)
        return false;
    struct buffer read = stream->current;
    stream->current = slot->answer;
    stream->current_at = 0;
    slot->answer = read;
    slot->state = SLOT_FREE;
    stream->taken++;
    return true;
}

static size_t copy_current(struct stream *stream, char *to, size_t room)
{
    size_t left = stream->current.len - stream->current_at;
    size_t len = left < room ? left : room;
    if (len)
        memcpy(to, stream->current.ptr + stream->current_at, len);
    stream->current_at += len;
    return len;
}

ssize_t stream_read(struct stream *stream, char *to, size_t room)
{
    size_t len = 0;
    pthread_mutex_lock(&stream->lock);
    do {
        len += copy_current(stream, to + len, room - len);
        begin_lines(stream);
    } while (len < room && take_ready(stream));
    bool ended = len == 0 && stream->taken == stream->begun; /* nothing ready, in work, or left to begin */
    if (len == 0 && !ended) {
        stream->waiting = true;
        stream->reader.hold(stream->reader.context);
    }
    pthread_mutex_unlock(&stream->lock);
    return ended ? -1 : (ssize_t)len;
}
