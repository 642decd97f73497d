#include "service/workers.h"

#include <assert.h>
#include <pthread.h>
#include <stdlib.h>

#include "base/clock.h"

/* Stack of a worker: no stage recurses on its input, so a fixed, modest size is enough; the default of
 * 8 MB a thread would only count against a container's limits. */
#define STACK_BYTES ((size_t)1 << 20)

struct workers {
    pthread_mutex_t lock;
    pthread_cond_t more;
    struct work *first, **last;
    size_t waiting;        /* in the queue, those on reserved places included */
    size_t reserved, capacity, busy;
    bool ending;
    int thread_count;
    pthread_t threads[];
};

static struct work *take(struct workers *workers)
{
    struct work *work = workers->first;
    workers->first = work->next;
    if (!workers->first)
        workers->last = &workers->first;
    workers->waiting--;
    workers->busy++;
    return work;
}

static void *work_until_ended(void *context)
{
    struct workers *workers = context;
    pthread_mutex_lock(&workers->lock);
    for (;;) {
        while (!workers->first && !workers->ending)
            pthread_cond_wait(&workers->more, &workers->lock);
        if (!workers->first)
            break;
        struct work *work = take(workers);
        pthread_mutex_unlock(&workers->lock);
        work->run(work);
        pthread_mutex_lock(&workers->lock);
        workers->busy--;
    }
    pthread_mutex_unlock(&workers->lock);
    return NULL;
}

static bool start_thread(struct workers *workers)
{
    pthread_attr_t attributes;
    pthread_attr_init(&attributes);
    pthread_attr_setstacksize(&attributes, STACK_BYTES);
    int failed = pthread_create(&workers->threads[workers->thread_count], &attributes, work_until_ended, workers);
    pthread_attr_destroy(&attributes);
    if (!failed)
        workers->thread_count++;
    return !failed;
}

struct workers *workers_create(int threads, size_t capacity)
{
    assert(threads > 0);
    struct workers *workers = calloc(1, sizeof *workers + (size_t)threads * sizeof workers->threads[0]);
    if (!workers)
        return NULL;
    pthread_mutex_init(&workers->lock, NULL);
    pthread_cond_init(&workers->more, NULL);
    workers->last = &workers->first;
    workers->capacity = capacity;
    for (int i = 0; i < threads; i++)
        if (!start_thread(workers)) {
            workers_destroy(workers);
            return NULL;
        }
    return workers;
}

void workers_destroy(struct workers *workers)
{
    if (!workers)
        return;
    pthread_mutex_lock(&workers->lock);
    workers->ending = true;
    pthread_cond_broadcast(&workers->more);
    pthread_mutex_unlock(&workers->lock);
    for (int i = 0; i < workers->thread_count; i++)
        pthread_join(workers->threads[i], NULL);
    pthread_cond_destroy(&workers->more);
    pthread_mutex_destroy(&workers->lock);
    free(workers);
}

static void append(struct workers *workers, struct work *work)
{
    work->next = NULL;
    work->queued_ns = clock_now_ns();
    *workers->last = work;
    workers->last = &work->next;
    workers->waiting++;
    pthread_cond_signal(&workers->more);
}

/* Reserved places count although nothing may wait in them at the moment, and again when something does:
 * that errs on the side of refusing, by no more than what is reserved. */
static bool has_room(const struct workers *workers, size_t count)
{
    return workers->waiting + workers->reserved + count <= workers->capacity;
}

bool workers_push(struct workers *workers, struct work *work)
{
    pthread_mutex_lock(&workers->lock);
    bool room = has_room(workers, 1);
    if (room)
        append(workers, work);
    pthread_mutex_unlock(&workers->lock);
    return room;
}

bool workers_are_full(struct workers *workers)
{
    pthread_mutex_lock(&workers->lock);
    bool full = !has_room(workers, 1);
    pthread_mutex_unlock(&workers->lock);
    return full;
}

bool workers_reserve(struct workers *workers, size_t count)
{
    pthread_mutex_lock(&workers->lock);
    bool room = has_room(workers, count);
    if (room)
        workers->reserved += count;
    pthread_mutex_unlock(&workers->lock);
    return room;
}

void workers_release(struct workers *workers, size_t count)
{
    pthread_mutex_lock(&workers->lock);
    assert(workers->reserved >= count);
    workers->reserved -= count;
    pthread_mutex_unlock(&workers->lock);
}

void workers_push_reserved(struct workers *workers, struct work *work)
{
    pthread_mutex_lock(&workers->lock);
    append(workers, work);
    pthread_mutex_unlock(&workers->lock);
}

size_t workers_waiting(struct workers *workers)
{
    pthread_mutex_lock(&workers->lock);
    size_t waiting = workers->waiting;
    pthread_mutex_unlock(&workers->lock);
    return waiting;
}

size_t workers_busy(struct workers *workers)
{
    pthread_mutex_lock(&workers->lock);
    size_t busy = workers->busy;
    pthread_mutex_unlock(&workers->lock);
    return busy;
}
