/* extract: a call -> a task -> a reply. */
#ifndef NEWSMETA_SERVICE_EXTRACT_H
#define NEWSMETA_SERVICE_EXTRACT_H

#include "service/call.h"
#include "service/task.h"

/* One extraction. Embedded in the exchange; `reply` is filled before `done` is called, which happens on the thread
 * that has done the work, once, as the last use of the record. */
struct extraction {
    struct task task; /* first: the workers hand it back */
    const struct call *call;
    struct reply *reply;
    void (*done)(void *context);
    void *context;
    bool written; /* the answer, whole */
};

/* Sets up the task; call, reply, done and context have been set. */
void extract_begin(struct service *service, struct extraction *extraction);

/* A body up to this is short work, that may be done between the reading and writing of others: a millisecond or two of
 * prose; the worst that scripts/hostile makes of it took 11. */
#define EXTRACT_SHORT_BYTES ((uint64_t)16 << 10)

#endif
