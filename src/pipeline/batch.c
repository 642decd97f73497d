#include "pipeline/batch.h"

#include <assert.h>
#include <pthread.h>
#include <stdlib.h>

#include "base/clock.h"
#include "output/answer.h"
#include "pipeline/input_file.h"
#include "pipeline/pipeline.h"
#include "pipeline/request.h"

#define ANSWER_MAX ((size_t)256 << 20)
#define ARENA_KEEP ((size_t)8 << 20)

/* ---------------------------------------------------------------- one line */

static enum err run_line(const struct batch_options *options, struct job *job, struct slice line)
{
    struct slice path;
    int64_t start = clock_now_ns();
    enum err err = request_from_json(job, line, options->allow_file, &path);
    int64_t latest = start + options->timeout_ms * CLOCK_NS_PER_MS;
    if (options->timeout_ms && (job->deadline_ns == 0 || job->deadline_ns > latest))
        job->deadline_ns = latest;
    if (!err && !slice_is_null(path))
        err = input_file_read(job, arena_cstr(job->arena, path));
    return err ? err : pipeline_run(job);
}

void batch_answer_line(const struct batch_options *options, struct arena *arena, struct slice line,
                       struct buffer *out)
{
    struct job job;
    request_init(&job, arena, options->knowledge, options->fetcher);
    run_line(options, &job, line);
    size_t start = out->len;
    if (answer_write_line(&job, out))
        return;
    out->len = start; /* an answer that does not fit must not leave half a line */
    out->overflow = false;
    job_fail(&job, ERR_INTERNAL, "the answer is too large");
    answer_write_line(&job, out);
}

/* ------------------------------------------------------------------- a ring
 *
 * The reader fills slots in order, workers take them in order, the writer empties them in order; so a
 * slow job holds up the writer and, when the ring is full, the reader: memory stays bounded. */

enum slot_state { SLOT_FREE, SLOT_READ, SLOT_TAKEN, SLOT_DONE };

struct slot {
    enum slot_state state;
    struct buffer line, answer;
};

struct ring {
    const struct batch_options *options;
    FILE *out;
    pthread_mutex_t lock;
    pthread_cond_t changed;
    struct slot *slots;
    size_t slot_count;
    uint64_t read, taken, written; /* slots so far: number % slot_count is the place */
    bool ended, failed;
};

static struct slot *take_slot(struct ring *ring)
{
    pthread_mutex_lock(&ring->lock);
    while (ring->taken == ring->read && !ring->ended)
        pthread_cond_wait(&ring->changed, &ring->lock);
    struct slot *slot = NULL;
    if (ring->taken < ring->read) {
        slot = &ring->slots[ring->taken++ % ring->slot_count];
        slot->state = SLOT_TAKEN;
    }
    pthread_mutex_unlock(&ring->lock);
    return slot;
}

static void finish_slot(struct ring *ring, struct slot *slot)
{
    pthread_mutex_lock(&ring->lock);
    slot->state = SLOT_DONE;
    pthread_cond_broadcast(&ring->changed);
    pthread_mutex_unlock(&ring->lock);
}

static void *work(void *argument)
{
    struct ring *ring = argument;
    struct arena *arena = arena_create();
    for (struct slot *slot; (slot = take_slot(ring));) {
        batch_answer_line(ring->options, arena, buffer_slice(&slot->line), &slot->answer);
        buffer_append_byte(&slot->answer, '\n');
        arena_reset(arena, ARENA_KEEP);
        finish_slot(ring, slot);
    }
    arena_destroy(arena);
    return NULL;
}

/* The next slot to write: the oldest, or with `unordered` any that is done. NULL at the end. */
static struct slot *next_done(struct ring *ring)
{
    for (;;) {
        uint64_t last = ring->options->unordered ? ring->read : ring->written + 1;
        for (uint64_t i = ring->written; i < last && i < ring->read; i++)
            if (ring->slots[i % ring->slot_count].state == SLOT_DONE)
                return &ring->slots[i % ring->slot_count];
        if (ring->ended && ring->written == ring->read)
            return NULL;
        pthread_cond_wait(&ring->changed, &ring->lock);
    }
}

static void release_slot(struct ring *ring, struct slot *slot)
{
    slot->state = SLOT_FREE;
    while (ring->written < ring->read && ring->slots[ring->written % ring->slot_count].state == SLOT_FREE)
        ring->written++;
    pthread_cond_broadcast(&ring->changed);
}

static void *write_answers(void *argument)
{
    struct ring *ring = argument;
    pthread_mutex_lock(&ring->lock);
    for (struct slot *slot; (slot = next_done(ring));) {
        pthread_mutex_unlock(&ring->lock);
        bool good = fwrite(slot->answer.ptr, 1, slot->answer.len, ring->out) == slot->answer.len;
        buffer_clear(&slot->answer);
        pthread_mutex_lock(&ring->lock);
        ring->failed |= !good;
        release_slot(ring, slot);
        if (ring->written == ring->read)
            fflush(ring->out); /* nothing else is ready: let the reader of the stream have it */
    }
    pthread_mutex_unlock(&ring->lock);
    return NULL;
}

/* ------------------------------------------------------------------ reading */

/* A line without its end into `line`; false at the end of the input. What does not fit is skipped: the
 * cut line is not valid JSON and so becomes a problem of its own. */
static bool read_line(FILE *in, struct buffer *line)
{
    int c;
    bool any = false;
    buffer_clear(line);
    while ((c = getc_unlocked(in)) != EOF && c != '\n') {
        buffer_append_byte(line, (char)c);
        any = true;
    }
    return any || c == '\n';
}

static bool is_blank(struct slice line)
{
    return slice_trim(line).len == 0;
}

static void read_lines(struct ring *ring, FILE *in)
{
    for (;;) {
        pthread_mutex_lock(&ring->lock);
        while (ring->read - ring->written == ring->slot_count)
            pthread_cond_wait(&ring->changed, &ring->lock);
        struct slot *slot = &ring->slots[ring->read % ring->slot_count];
        bool failed = ring->failed;
        pthread_mutex_unlock(&ring->lock);
        bool more = !failed;
        do
            more = more && read_line(in, &slot->line);
        while (more && is_blank(buffer_slice(&slot->line)) && !slot->line.overflow);
        pthread_mutex_lock(&ring->lock);
        if (more) {
            slot->state = SLOT_READ;
            ring->read++;
        }
        ring->ended = !more;
        pthread_cond_broadcast(&ring->changed);
        pthread_mutex_unlock(&ring->lock);
        if (!more)
            return;
    }
}

static void ring_init(struct ring *ring, const struct batch_options *options, FILE *out)
{
    *ring = (struct ring){.options = options, .out = out, .slot_count = (size_t)options->jobs * 4};
    pthread_mutex_init(&ring->lock, NULL);
    pthread_cond_init(&ring->changed, NULL);
    ring->slots = calloc(ring->slot_count, sizeof *ring->slots);
    assert(ring->slots);
    for (size_t i = 0; i < ring->slot_count; i++) {
        ring->slots[i].line = buffer_make(BATCH_MAX_LINE);
        ring->slots[i].answer = buffer_make(ANSWER_MAX);
    }
}

static void ring_free(struct ring *ring)
{
    for (size_t i = 0; i < ring->slot_count; i++) {
        buffer_free(&ring->slots[i].line);
        buffer_free(&ring->slots[i].answer);
    }
    free(ring->slots);
    pthread_cond_destroy(&ring->changed);
    pthread_mutex_destroy(&ring->lock);
}

bool batch_run(const struct batch_options *options, FILE *in, FILE *out)
{
    struct ring ring;
    ring_init(&ring, options, out);
    pthread_t writer, *workers = calloc((size_t)options->jobs, sizeof *workers);
    assert(workers);
    int started = 0;
    pthread_create(&writer, NULL, write_answers, &ring);
    while (started < options->jobs && pthread_create(&workers[started], NULL, work, &ring) == 0)
        started++;
    assert(started > 0);
    read_lines(&ring, in);
    for (int i = 0; i < started; i++)
        pthread_join(workers[i], NULL);
    pthread_join(writer, NULL);
    free(workers);
    bool good = !ring.failed && fflush(out) == 0;
    ring_free(&ring);
    return good;
}
