#include "service/workers.h"

#include <assert.h>
#include <pthread.h>
#include <stdlib.h>

#include "base/clock.h"

/* Stack of a worker: no stage recurses on its input, so a fixed, modest size is enough; the default of
 * 8 MB a thread would only count against a container's limits. */
#define STACK_BYTES ((size_t)1 << 20)

#define RESERVED_EVERY 4u /* of the units that are taken while both lanes have some */

struct lane {
    struct work *first, **last;
};

struct workers {
    pthread_mutex_t lock;
    pthread_cond_t more;
    struct lane prompt, bulk;
    struct backlog backlog; /* of the prompt lane */
    size_t bulk_waiting;
    size_t reservable, reserved, busy;
    unsigned turn;
    bool ending;
    int thread_count;
    pthread_t threads[];
};

/* --------------------------------------------------------------------- lanes */

static void lane_append(struct lane *lane, struct work *work, int64_t now_ns)
{
    work->next = NULL;
    work->queued_ns = now_ns;
    *lane->last = work;
    lane->last = &work->next;
}

static struct work *lane_take(struct lane *lane)
{
    struct work *work = lane->first;
    lane->first = work->next;
    if (!lane->first)
        lane->last = &lane->first;
    return work;
}

/* ------------------------------------------------------------------- threads */

static bool has_work(const struct workers *workers)
{
    return workers->prompt.first || workers->bulk.first;
}

static struct work *take(struct workers *workers)
{
    bool both = workers->prompt.first && workers->bulk.first;
    bool reserved = both ? ++workers->turn % RESERVED_EVERY == 0 : !workers->prompt.first;
    workers->busy++;
    if (reserved)
        workers->bulk_waiting--;
    else
        backlog_leave(&workers->backlog);
    return lane_take(reserved ? &workers->bulk : &workers->prompt);
}

static void *work_until_ended(void *context)
{
    struct workers *workers = context;
    pthread_mutex_lock(&workers->lock);
    for (;;) {
        while (!has_work(workers) && !workers->ending)
            pthread_cond_wait(&workers->more, &workers->lock);
        if (!has_work(workers))
            break;
        struct work *work = take(workers);
        pthread_mutex_unlock(&workers->lock);
        int64_t start_ns = clock_now_ns();
        work->run(work); /* it may be gone afterwards */
        int64_t spent_ns = clock_now_ns() - start_ns;
        pthread_mutex_lock(&workers->lock);
        backlog_note_unit(&workers->backlog, spent_ns);
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

struct workers *workers_create(struct workers_plan plan)
{
    assert(plan.threads > 0);
    struct workers *workers = calloc(1, sizeof *workers + (size_t)plan.threads * sizeof workers->threads[0]);
    if (!workers)
        return NULL;
    pthread_mutex_init(&workers->lock, NULL);
    pthread_cond_init(&workers->more, NULL);
    workers->prompt.last = &workers->prompt.first;
    workers->bulk.last = &workers->bulk.first;
    workers->reservable = plan.reservable;
    workers->backlog = (struct backlog){
        .servers = (size_t)plan.threads, .capacity = plan.capacity, .target_ns = plan.target_ns};
    for (int i = 0; i < plan.threads; i++)
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

/* -------------------------------------------------------------------- pushing */

static void append_prompt(struct workers *workers, struct work *work, int64_t now_ns)
{
    backlog_enter(&workers->backlog, now_ns);
    lane_append(&workers->prompt, work, now_ns);
    pthread_cond_signal(&workers->more);
}

bool workers_push(struct workers *workers, struct work *work)
{
    int64_t now_ns = clock_now_ns();
    pthread_mutex_lock(&workers->lock);
    bool room = backlog_admits(&workers->backlog, now_ns);
    if (room)
        append_prompt(workers, work, now_ns);
    pthread_mutex_unlock(&workers->lock);
    return room;
}

static bool has_idle(const struct workers *workers, size_t elsewhere)
{
    return workers->busy + workers->backlog.waiting + workers->bulk_waiting + elsewhere < workers->backlog.servers;
}

bool workers_have_idle(struct workers *workers, size_t elsewhere)
{
    pthread_mutex_lock(&workers->lock);
    bool idle = has_idle(workers, elsewhere);
    pthread_mutex_unlock(&workers->lock);
    return idle;
}

bool workers_push_if_idle(struct workers *workers, struct work *work, size_t elsewhere)
{
    pthread_mutex_lock(&workers->lock);
    bool idle = has_idle(workers, elsewhere);
    if (idle)
        append_prompt(workers, work, clock_now_ns());
    pthread_mutex_unlock(&workers->lock);
    return idle;
}

bool workers_are_full(struct workers *workers)
{
    int64_t now_ns = clock_now_ns();
    pthread_mutex_lock(&workers->lock);
    bool full = !backlog_admits(&workers->backlog, now_ns);
    pthread_mutex_unlock(&workers->lock);
    return full;
}

bool workers_reserve(struct workers *workers, size_t count)
{
    pthread_mutex_lock(&workers->lock);
    bool room = workers->reserved + count <= workers->reservable;
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
    workers->bulk_waiting++;
    lane_append(&workers->bulk, work, clock_now_ns());
    pthread_cond_signal(&workers->more);
    pthread_mutex_unlock(&workers->lock);
}

void workers_push_returning(struct workers *workers, struct work *work)
{
    pthread_mutex_lock(&workers->lock);
    assert(workers->reserved >= 1);
    workers->reserved--;
    append_prompt(workers, work, clock_now_ns());
    pthread_mutex_unlock(&workers->lock);
}

size_t workers_waiting(struct workers *workers)
{
    pthread_mutex_lock(&workers->lock);
    size_t waiting = workers->backlog.waiting + workers->bulk_waiting;
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
