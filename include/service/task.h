/* task: a job on its way through the service, a single request or a line of a batch: read, fetched where it names a
 * URL, extracted, ended. Which thread does what is settled here; what is read and what is made of the result, by the
 * owner, who embeds a task in a record of his own. */
#ifndef NEWSMETA_SERVICE_TASK_H
#define NEWSMETA_SERVICE_TASK_H

#include "article/job.h"
#include "service/service.h"

struct task {
    struct work work; /* first: the workers hand it back */

    /* the owner's, set before anything is done */
    struct service *service;
    const struct configuration *configuration; /* held by the owner */
    struct slice traceparent;                  /* null: none */
    bool has_places;  /* reserved with extractors and fetchers: the task is never refused on its way */
    int64_t begun_ns; /* its time counts from here; 0: from when it is read */
    enum err (*read)(struct task *task); /* fills in the job; within arena_try */
    void (*end)(struct task *task);      /* the job is done or has failed. The last use of the task */

    struct job job;
    int64_t waited_ns; /* in queues */
    size_t held;       /* bytes of a fetched page, counted in service->bytes_held */
};

/* On this thread: makes the job and reads it; what is wrong with it is in job.err. */
void task_read(struct task *task);
/* After task_read: does it have to wait for an origin? */
bool task_needs_fetch(const struct task *task);
/* After task_read: the rest, on this thread, or, where it needs a fetch, on others. `end` may have been called when
 * this returns. */
void task_go_on(struct task *task);

/* All of it on an extractor's thread: false when they are full; only where one is idle (workers_push_if_idle); with the
 * task's own place. */
bool task_push(struct task *task);
bool task_push_if_idle(struct task *task, size_t elsewhere);
void task_push_reserved(struct task *task);

#endif
