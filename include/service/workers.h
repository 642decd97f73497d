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
 * A queue that never empties only adds to everybody's time. Once the first lane has held something for WORKERS_BURST_NS
 * without a break, it refuses whatever would wait longer than `target_ns`, as the mean time of a unit tells, and goes
 * on so until nothing has had to be refused for WORKERS_STRAIN_NS. Bursts shorter than that may fill the whole
 * capacity (after Maurer, 'Fail at Scale', ACM Queue 13(8), 2015, and Nichols and Jacobson, 'Controlling Queue
 * Delay', ACM Queue 10(5), 2012). */
#ifndef NEWSMETA_SERVICE_WORKERS_H
#define NEWSMETA_SERVICE_WORKERS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define WORKERS_BURST_NS 50000000
#define WORKERS_STRAIN_NS 100000000

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
/* True when a push would be refused now: a cheap look before more is done. */
bool workers_are_full(struct workers *workers);

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
