#include "pipeline/batch.h"

#include <assert.h>
#include <errno.h>
#include <pthread.h>
#include <stdlib.h>

#include "batch_internal.h"

#define BUFFER_KEEP ((size_t)256 << 10)

/* The reader fills slots in order, workers take them in order, the writer empties them in order; so a
 * slow job holds up the writer and, when the ring is full, the reader: memory stays bounded. */

enum slot_state { SLOT_FREE, SLOT_READ, SLOT_TAKEN, SLOT_DONE };

struct slot {
    enum slot_state state;
    bool unanswered; /* a record that is no page */
    enum err err;    /* what the answer says */
    struct task task;
    struct buffer answer;
};

struct ring {
    const struct batch_options *options;
    FILE *out;
    pthread_mutex_t lock;
    pthread_cond_t changed;
    struct slot *slots;
    size_t slot_count;
    uint64_t read, taken, written; /* slots so far: number % slot_count is the place */
    uint64_t unanswered;
    struct batch_progress progress;
    bool ended, failed;
    int error; /* errno of the failure */
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

/* Keeps the memory of an ordinary job, not that of a giant. */
static void empty_buffer(struct buffer *buffer)
{
    if (buffer->capacity > BUFFER_KEEP)
        buffer_free(buffer);
    buffer_clear(buffer);
}

static void *work(void *argument)
{
    struct ring *ring = argument;
    struct arena *arena = arena_create();
    for (struct slot *slot; (slot = take_slot(ring));) {
        slot->unanswered = !task_answer(ring->options, arena, &slot->task, &slot->answer, &slot->err);
        if (!slot->unanswered)
            buffer_append_byte(&slot->answer, '\n');
        empty_buffer(&slot->task.bytes);
        arena_reset(arena, BATCH_ARENA_KEEP);
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

/* The first failure is the last: nothing is written after it. */
static void note_error(struct ring *ring, int error)
{
    if (!error || ring->failed)
        return;
    ring->failed = true;
    ring->error = error;
}

static void count_answer(struct ring *ring, const struct slot *slot, int error)
{
    note_error(ring, error);
    ring->unanswered += slot->unanswered;
    if (slot->unanswered || ring->failed)
        return;
    ring->progress.answers++;
    ring->progress.problems += slot->err != ERR_NONE;
}

static void report(const struct ring *ring, const struct batch_progress *progress)
{
    if (ring->options->report)
        ring->options->report(ring->options->report_context, progress);
}

static void *write_answers(void *argument)
{
    struct ring *ring = argument;
    struct batch_progress progress = ring->progress;
    pthread_mutex_lock(&ring->lock);
    for (struct slot *slot; (slot = next_done(ring));) {
        pthread_mutex_unlock(&ring->lock);
        bool skip = ring->failed || slot->unanswered;
        int error = skip || fwrite(slot->answer.ptr, slot->answer.len, 1, ring->out) == 1 ? 0 : errno;
        empty_buffer(&slot->answer);
        report(ring, &progress);
        pthread_mutex_lock(&ring->lock);
        count_answer(ring, slot, error);
        progress = ring->progress;
        release_slot(ring, slot);
        if (ring->written == ring->read)
            note_error(ring, fflush(ring->out) ? errno : 0); /* nothing else is ready: hand it over */
    }
    pthread_mutex_unlock(&ring->lock);
    return NULL;
}

/* ------------------------------------------------------------------ reading */

/* A free slot; NULL when nothing can be written any more. */
static struct slot *wait_for_room(struct ring *ring)
{
    pthread_mutex_lock(&ring->lock);
    while (ring->read - ring->written == ring->slot_count && !ring->failed)
        pthread_cond_wait(&ring->changed, &ring->lock);
    struct slot *slot = ring->failed ? NULL : &ring->slots[ring->read % ring->slot_count];
    pthread_mutex_unlock(&ring->lock);
    return slot;
}

static void read_tasks(struct ring *ring, struct batch_source *source)
{
    bool more = true;
    while (more) {
        struct slot *slot = wait_for_room(ring);
        more = slot && batch_source_next(source, &slot->task);
        pthread_mutex_lock(&ring->lock);
        if (more) {
            slot->state = SLOT_READ;
            ring->read++;
            ring->progress.bytes = batch_source_bytes(source);
        }
        ring->ended = !more;
        pthread_cond_broadcast(&ring->changed);
        pthread_mutex_unlock(&ring->lock);
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
        ring->slots[i].task = task_make();
        ring->slots[i].answer = buffer_make(BATCH_MAX_ANSWER);
    }
}

static void ring_free(struct ring *ring)
{
    for (size_t i = 0; i < ring->slot_count; i++) {
        task_free(&ring->slots[i].task);
        buffer_free(&ring->slots[i].answer);
    }
    free(ring->slots);
    pthread_cond_destroy(&ring->changed);
    pthread_mutex_destroy(&ring->lock);
}

static void run_threads(struct ring *ring, struct batch_source *source, int jobs)
{
    pthread_t writer, *workers = calloc((size_t)jobs, sizeof *workers);
    assert(workers);
    int started = 0;
    bool writes = pthread_create(&writer, NULL, write_answers, ring) == 0;
    while (started < jobs && pthread_create(&workers[started], NULL, work, ring) == 0)
        started++;
    if (!writes || !started) {
        fputs("newsmeta: no thread can be started\n", stderr);
        abort();
    }
    read_tasks(ring, source);
    for (int i = 0; i < started; i++)
        pthread_join(workers[i], NULL);
    pthread_join(writer, NULL);
    free(workers);
}

/* Passes over what is done; false: that is not of this input. */
static bool resume(struct ring *ring, struct batch_source *source)
{
    struct batch_progress *progress = &ring->progress;
    if (ring->options->done.answers && !batch_source_skip(source, ring->options))
        return false;
    progress->answers = progress->answers_before = ring->options->done.answers;
    progress->bytes = progress->bytes_before = batch_source_bytes(source);
    return true;
}

struct batch_result batch_run(const struct batch_options *options, const struct batch_input *input, FILE *out)
{
    struct ring ring;
    struct batch_source source;
    ring_init(&ring, options, out);
    batch_source_open(&source, input);
    bool fits = resume(&ring, &source);
    if (fits)
        run_threads(&ring, &source, options->jobs);
    batch_source_close(&source);
    note_error(&ring, !ring.failed && fflush(out) ? errno : 0);
    struct batch_result result = {.written = !ring.failed,
                                  .error = ring.error,
                                  .stopped = source.stopped,
                                  .other_input = !fits,
                                  .progress = ring.progress,
                                  .passed_over = source.passed_over + ring.unanswered};
    ring_free(&ring);
    return result;
}
