/* workers: a bounded queue and the threads that take from it. Knows nothing of HTTP or news.
 *
 * A unit of work is intrusive: the caller embeds struct work in a record of its own, pushes it and leaves
 * it alone until `run` is called on a worker's thread; `run` may free the record or push it elsewhere.
 *
 * What is full refuses: workers_push returns false and has not taken the work. Work that comes in a stream
 * (the lines of a batch) reserves its share once and then pushes without being refused.
 *
 * There are two lanes. What is pushed without a reservation goes first, but of every four units that are taken
 * while both lanes have some, one is reserved work: a batch does not hold up single requests, nor they it.
 *
 * A first lane that never empties refuses what would wait too long (backlog.h). */
#ifndef NEWSMETA_SERVICE_WORKERS_H
#define NEWSMETA_SERVICE_WORKERS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "service/backlog.h"

struct work {
    struct work *next;
    void (*run)(struct work *work);
    int64_t queued_ns;     /* clock_now_ns() of the push */
};

struct workers;

struct workers_plan {
    int threads;
    size_t capacity;   /* units that wait in the first lane at most */
    size_t reservable; /* places of the other lane */
    int64_t target_ns; /* 0: a queue may stand */
};

/* NULL when threads cannot be started. */
struct workers *workers_create(struct workers_plan plan);
/* Finishes what waits, ends the threads. NULL is allowed. */
void workers_destroy(struct workers *workers);

bool workers_push(struct workers *workers, struct work *work);
/* Only where a thread has nothing to do, `elsewhere` of them counting as busy: those of the caller's that stand in for
 * them at the moment. */
bool workers_push_if_idle(struct workers *workers, struct work *work, size_t elsewhere);
/* True when a push would be refused now, or one for the idle taken: a cheap look before more is done. */
bool workers_are_full(struct workers *workers);
bool workers_have_idle(struct workers *workers, size_t elsewhere);

/* Takes `count` places of the reserved lane; false when they are not free. */
bool workers_reserve(struct workers *workers, size_t count);
void workers_release(struct workers *workers, size_t count);
/* Never refused; the caller has reserved a place that none of its other work waits in. */
void workers_push_reserved(struct workers *workers, struct work *work);
/* The same for a single request that was held up elsewhere (a fetch): it waits in the first lane, and gives its place
 * back. */
void workers_push_returning(struct workers *workers, struct work *work);

/* Units that wait; units being worked on. */
size_t workers_waiting(struct workers *workers);
size_t workers_busy(struct workers *workers);

#endif
